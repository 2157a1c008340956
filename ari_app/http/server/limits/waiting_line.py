"""A short queue for one resource, with priorities, and fair to addresses."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 64  # waiting tasks of ranks above 0: a shift that logs in at once
MOST_FIRST = 100  # waiting tasks of rank 0

Turn = asyncio.Future[None]


class LineFull(Exception):
    """Too many tasks wait already."""


class WaitingLine:
    """Admits one task at a time. A lower rank goes first; within a rank, the hosts take turns."""

    def __init__(self) -> None:
        self._is_taken = False
        self._ranks: dict[int, dict[str, deque[Turn]]] = {}

    @asynccontextmanager
    async def place(self, rank: int, host: str) -> AsyncIterator[None]:
        """Wait, hold the resource for the block, and release it. Raises LineFull, also while waiting."""
        if self._is_taken:
            await self._wait(rank, host)
        self._is_taken = True
        try:
            yield
        finally:
            self._next()

    async def _wait(self, rank: int, host: str) -> None:
        if self._is_full(rank):
            self._make_room(rank, host)
        turn = asyncio.get_running_loop().create_future()
        self._ranks.setdefault(rank, {}).setdefault(host, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._remove(rank, host, turn)
            elif turn.exception() is None:
                self._next()  # this task had the turn
            raise

    def _is_full(self, rank: int) -> bool:
        if rank == 0:
            return self._count(0) >= MOST_FIRST
        return sum(self._count(one) for one in self._ranks if one) >= MOST

    def _count(self, rank: int) -> int:
        return sum(map(len, self._ranks.get(rank, {}).values()))

    def _make_room(self, rank: int, host: str) -> None:
        """Send a task away that has a higher rank, or whose host has two more than this one. Raises LineFull."""
        last = max(self._ranks) if rank else 0
        lines = self._ranks[last]
        busiest = max(lines, key=lambda one: len(lines[one]))
        if last < rank or (last == rank and len(lines[busiest]) < len(lines.get(host, ())) + 2):
            raise LineFull
        turn = lines[busiest][-1]
        self._remove(last, busiest, turn)
        turn.set_exception(LineFull())

    def _next(self) -> None:
        if not self._ranks:
            self._is_taken = False
            return
        rank = min(self._ranks)
        lines = self._ranks[rank]
        host = next(iter(lines))
        turn = lines[host][0]
        lines[host] = lines.pop(host)  # behind the others
        self._remove(rank, host, turn)
        turn.set_result(None)

    def _remove(self, rank: int, host: str, turn: Turn) -> None:
        """Remove a waiting task, and what is empty then."""
        lines = self._ranks[rank]
        lines[host].remove(turn)
        if not lines[host]:
            del lines[host]
        if not lines:
            del self._ranks[rank]
