"""A short queue for one resource, with priority for some tasks."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 8  # waiting tasks without priority


class LineFull(Exception):
    """Too many tasks wait already."""


class WaitingLine:
    """Admits one task at a time, in order; tasks with `first` go before the others."""

    def __init__(self) -> None:
        self._is_taken = False
        self._first: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def place(self, *, first: bool) -> AsyncIterator[None]:
        """Wait, hold the resource for the block, and release it. Raises LineFull."""
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
                self._next()  # this task had the turn
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
