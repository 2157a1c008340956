"""A time limit for an answer that does not count time in which this process was stopped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LATE = 0.25  # seconds: if a limit fires so much too late, the event loop was stopped


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Limit the time of a block, as `asyncio.timeout` does. Raises TimeoutError.

    If the process was stopped when the limit ran out (SIGSTOP, a frozen machine), the limit starts again when the
    process continues. The request may not have been sent, or its answer may have arrived unread.
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
