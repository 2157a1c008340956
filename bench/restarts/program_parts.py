"""The parts of a lab's Warmline, and the three ways in which one is interrupted."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench.tools.bench_lab import until
from lab import description, instance
from lab.description import Lab

CALLS = "calls"  # the call process
PARTS = ("api", "agi", CALLS, "workers")
STOPPED = 2.0  # seconds
BACK_WITHIN = 30.0  # seconds until a part must run again


def running(lab: Lab) -> dict[str, int]:
    """Return the process of each part that runs."""
    return {"calls": lab.pids["warmline"]}


async def kill(folder: Path, part: str) -> float:
    """Kill a part with -9, and wait until it runs again; return when it was killed (CLOCK_MONOTONIC)."""
    return await _ended(folder, part, signal.SIGKILL)


async def restart(folder: Path, part: str) -> float:
    """Tell a part to end, and wait until it runs again; return when it was told."""
    return await _ended(folder, part, signal.SIGTERM)


async def stop(folder: Path, part: str) -> float:
    """Stop a part with -STOP for 2 s; return when it was continued."""
    pid = running(description.read(folder))[part]
    os.kill(pid, signal.SIGSTOP)
    try:
        await asyncio.sleep(STOPPED)
    finally:
        os.kill(pid, signal.SIGCONT)
    return time.monotonic()


Interrupt = Callable[[Path, str], Awaitable[float]]
INTERRUPTS: dict[str, Interrupt] = {"kill": kill, "stop": stop, "restart": restart}


async def _ended(folder: Path, part: str, number: signal.Signals) -> float:
    before = running(description.read(folder))[part]
    begun = time.monotonic()
    os.kill(before, number)
    if part == CALLS:
        await asyncio.to_thread(instance.restart_app, folder)

    async def runs_again() -> bool | None:
        return running(description.read(folder)).get(part, before) != before or None

    await until(runs_again, f"{part} does not run again", BACK_WITHIN)
    return begun
