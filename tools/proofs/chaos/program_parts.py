"""The parts of a lab's Warmline, and the two ways in which one is interrupted."""

import asyncio
import os
import signal
from contextlib import suppress

from lab import app_parts
from lab.lab_error import LabError
from tools.bench.tools.bench_lab import until

CALLS, API, AGI, WORKERS = "calls", "api", "agi", "workers"
BACK_WITHIN = 30.0  # seconds until a part must run again


async def kill(app: int, part: str) -> None:
    """Kill a part with -9, and wait until it runs again.

    `app` is the process of `warmline serve`. Raises LabError, CannotMeasureError.
    """
    before = app_parts.pid_of(app, part)
    os.kill(before, signal.SIGKILL)

    async def runs_again() -> bool | None:
        with suppress(LabError):  # there is none yet
            return app_parts.pid_of(app, part) != before or None
        return None

    await until(runs_again, f"{part} does not run again", BACK_WITHIN)


async def stop(app: int, part: str, seconds: float) -> None:
    """Stop a part with -STOP for some seconds.

    The supervisor kills a part that is stopped for longer than its limit, and starts it again.
    """
    process = os.pidfd_open(app_parts.pid_of(app, part))
    try:
        signal.pidfd_send_signal(process, signal.SIGSTOP)
        await asyncio.sleep(seconds)
    finally:
        with suppress(ProcessLookupError):  # it was killed
            signal.pidfd_send_signal(process, signal.SIGCONT)
        os.close(process)
