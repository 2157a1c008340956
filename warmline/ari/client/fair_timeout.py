"""A time limit for an answer that does not count time in which this process was stopped."""

import asyncio
from types import TracebackType

LATE = 0.25  # seconds: if a limit fires so much too late, the event loop was stopped


class within:
    """Limit the time of a block, as `asyncio.timeout` does. Raises TimeoutError.

    If the process was stopped when the limit ran out (SIGSTOP, a frozen machine), the limit starts again when the
    process continues. The request may not have been sent, or its answer may have arrived unread.
    """

    __slots__ = ("_limit", "_loop", "_seconds", "_timer")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def __aenter__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._limit = asyncio.timeout(None)
        await self._limit.__aenter__()
        self._begin()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        await self._limit.__aexit__(kind, error, trace)

    def _begin(self) -> None:
        due = self._loop.time() + self._seconds
        self._timer = self._loop.call_at(due, self._over, due)

    def _over(self, due: float) -> None:
        if self._loop.time() - due > LATE:
            self._begin()
        else:
            self._limit.reschedule(due)
