"""A line of those who wait for one thing: few of them, and some go first."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 8  # wait behind the one who is served, those who go first not counted


class LineFull(Exception):
    """So many wait already."""


class WaitingLine:
    """One at a time, in order; who goes `first` is behind the others who do."""

    def __init__(self) -> None:
        self._is_taken = False
        self._first: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def place(self, *, first: bool) -> AsyncIterator[None]:
        """Wait, be served, and leave. Raises Crowded."""
        if self._is_taken:
            await self._wait(self._first if first else self._others)
        self._is_taken = True
        try:
            yield
        finally:
            self._next()

    async def _wait(self, line: deque[asyncio.Future[None]]) -> None:
        if line is self._others and len(line) >= MOST:
            raise LineFull
        turn = asyncio.get_running_loop().create_future()
        line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._next()  # it was this one's turn
            elif turn in line:
                line.remove(turn)
            raise

    def _next(self) -> None:
        for line in (self._first, self._others):
            while line:
                turn = line.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._is_taken = False
