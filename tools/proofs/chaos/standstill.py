"""Detects times when the machine itself was suspended.

On each processor, a small program with real-time priority reads the clock (`processor_stalls`). If even that program
did not run, no program on that processor did; a virtual machine's host may have used the processor.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tools.bench.tools.background import Background
from tools.proofs.chaos import processor_stalls

STILL = 0.02  # seconds; one packet
BEFORE = 0.3  # seconds from a stall until its losses are detected


class Standstills:
    """The stalls so far; none if real-time priority is not allowed."""

    def __init__(self) -> None:
        self._ended: list[tuple[float, float]] = []  # from, until

    def before(self, when: float) -> float:
        """Return the longest stall in the 0.3 s before that time, in seconds; 0.0 for none."""
        spans = [until - since for since, until in self._ended if until > when - BEFORE and since < when]
        return max(spans, default=0.0)

    def between(self, since: float, until: float) -> int:
        """Return how many stalls began in this time."""
        return sum(since <= began < until for began, _ in self._ended)

    async def follow(self, told: asyncio.StreamReader) -> None:
        """Store the stalls that one program prints, until it ends."""
        async for line in told:
            since, until = map(float, line.split())
            self._ended.append((since, until))


@asynccontextmanager
async def standstills(still: float = STILL) -> AsyncIterator[Standstills]:
    """Watch for stalls longer than `still` seconds, within the block."""
    found = Standstills()
    async with AsyncExitStack() as stack:
        work = await stack.enter_async_context(Background())
        for processor in os.sched_getaffinity(0):
            told = await stack.enter_async_context(_watching(processor, still))
            work.start(found.follow(told))
        yield found


@asynccontextmanager
async def _watching(processor: int, still: float) -> AsyncIterator[asyncio.StreamReader]:
    watch = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", processor_stalls.__file__, str(processor), str(still)),
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert watch.stdout
        yield watch.stdout
    finally:
        if watch.returncode is None:
            watch.kill()
        await watch.wait()
