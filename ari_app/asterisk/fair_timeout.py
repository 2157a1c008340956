"""A time limit for an answer that counts no time in which we stood still ourselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LATE = 0.25  # seconds: a limit that is noticed so much later ran out while nothing of ours turned


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """As `asyncio.timeout`. Raises TimeoutError.

    But a program that was stopped (SIGSTOP, a frozen machine) while the limit ran out gets it once more from when it
    goes on: what it was about to ask has not been sent, or the answer is there and has not been read.
    """
    loop = asyncio.get_running_loop()
    timers: list[asyncio.TimerHandle] = []

    def begin() -> None:
        due = loop.time() + seconds
        timers.append(loop.call_at(due, over, due))

    def over(due: float) -> None:
        if loop.time() - due > LATE:
            begin()
        else:
            limit.reschedule(due)

    async with asyncio.timeout(None) as limit:
        begin()
        try:
            yield
        finally:
            timers[-1].cancel()
