"""When the machine itself stood still.

On each processor a small program that goes before all others looks at the clock (`processor_watch`). What even it did
not get, a virtual machine's processor that its host gave to somebody else, nobody on that processor got.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bench.chaos import processor_stalls
from bench.tools.background import Background

STILL = 0.02  # seconds: one packet
BEFORE = 0.3  # seconds from a standstill until what is lost by it is missed


class Standstills:
    """Those so far; none where real-time priority is not allowed."""

    def __init__(self) -> None:
        self._ended: list[tuple[float, float]] = []  # from, until

    def before(self, when: float) -> float:
        """How long the longest of the last 0.3 s before that time was, in seconds; 0.0: there was none."""
        spans = [until - since for since, until in self._ended if until > when - BEFORE and since < when]
        return max(spans, default=0.0)

    def between(self, since: float, until: float) -> int:
        """How many began in this time."""
        return sum(since <= began < until for began, _ in self._ended)

    async def follow(self, told: asyncio.StreamReader) -> None:
        """Note what one program tells, to its end."""
        async for line in told:
            since, until = map(float, line.split())
            self._ended.append((since, until))


@asynccontextmanager
async def standstills(still: float = STILL) -> AsyncIterator[Standstills]:
    """Watch, while in here, for those that are longer than `still`, in seconds."""
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
