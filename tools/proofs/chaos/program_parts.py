"""The parts of a lab's Warmline, and the three ways in which one is interrupted."""

import asyncio
import os
import signal
import time
from contextlib import suppress

from lab import app_parts
from lab.lab_error import LabError
from tools.bench.tools.bench_lab import until

CALLS, API, AGI, WORKERS = "calls", "api", "agi", "workers"
STOPPED = 2.0  # seconds
BACK_WITHIN = 30.0  # seconds until a part must run again


async def kill(app: int, part: str) -> float:
    """Kill a part with -9, and wait until it runs again; return when it was killed (CLOCK_MONOTONIC).

    `app` is the process of `warmline serve`. Raises LabError, CannotMeasureError.
    """
    return await _ended(app, part, signal.SIGKILL)


async def restart(app: int, part: str) -> float:
    """Tell a part to end, and wait until it runs again; return when it was told."""
    return await _ended(app, part, signal.SIGTERM)


async def stop(app: int, part: str, seconds: float = STOPPED) -> float:
    """Stop a part with -STOP for some seconds; return when it was continued.

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
    return time.monotonic()


async def _ended(app: int, part: str, number: signal.Signals) -> float:
    before = app_parts.pid_of(app, part)
    begun = time.monotonic()
    os.kill(before, number)

    async def runs_again() -> bool | None:
        with suppress(LabError):  # there is none yet
            return app_parts.pid_of(app, part) != before or None
        return None

    await until(runs_again, f"{part} does not run again", BACK_WITHIN)
    return begun
