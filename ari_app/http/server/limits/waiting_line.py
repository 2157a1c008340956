"""A short queue for a few places, with priorities, and fair to addresses."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 64  # waiting tasks of ranks above 0: a shift that logs in at once
MOST_FIRST = 100  # waiting tasks of rank 0
LAST_FREE = 1  # the last rank that may take every place; those behind it leave one, so that none waits for them

Turn = asyncio.Future[None]


class LineFull(Exception):
    """Too many tasks wait already."""


class WaitingLine:
    """Admits as many tasks at once as it has places. A lower rank goes first; within a rank, the hosts take turns.

    Of several places, tasks of ranks above LAST_FREE leave one.
    """

    def __init__(self, places: int = 1) -> None:
        self._free = places
        self._for_last = max(places - 1, 1)  # free places for ranks above LAST_FREE
        self._ranks: dict[int, dict[str, deque[Turn]]] = {}

    @asynccontextmanager
    async def place(self, rank: int, host: str) -> AsyncIterator[None]:
        """Wait, hold a place for the block, and release it. Raises LineFull, also while waiting."""
        if self._may_go(rank):
            self._take(rank)
        else:
            await self._wait(rank, host)
        try:
            yield
        finally:
            self._release(rank)

    def _may_go(self, rank: int) -> bool:
        return self._free > 0 and (rank <= LAST_FREE or self._for_last > 0)

    def _take(self, rank: int) -> None:
        self._free -= 1
        self._for_last -= rank > LAST_FREE

    def _release(self, rank: int) -> None:
        self._free += 1
        self._for_last += rank > LAST_FREE
        self._admit()

    async def _wait(self, rank: int, host: str) -> None:
        if self._is_full(rank):
            self._make_room(rank, host)
        turn = asyncio.get_running_loop().create_future()
        self._ranks.setdefault(rank, {}).setdefault(host, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                if turn in self._ranks.get(rank, {}).get(host, ()):
                    self._remove(rank, host, turn)
            elif turn.exception() is None:
                self._release(rank)  # this task had the turn
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

    def _admit(self) -> None:
        """Give the free places to those whose turn it is."""
        while self._ranks and self._may_go(rank := min(self._ranks)):
            lines = self._ranks[rank]
            host = next(iter(lines))
            turn = lines[host][0]
            lines[host] = lines.pop(host)  # behind the others
            self._remove(rank, host, turn)
            if not turn.cancelled():  # its task has not run since it was cancelled
                self._take(rank)
                turn.set_result(None)

    def _remove(self, rank: int, host: str, turn: Turn) -> None:
        """Remove a waiting task, and what is empty then."""
        lines = self._ranks[rank]
        lines[host].remove(turn)
        if not lines[host]:
            del lines[host]
        if not lines:
            del self._ranks[rank]
