"""The timers of open records: when the core wants to be called again, and for which record."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from warmline.core.indexes.undo_log import UndoLog

MAX_STALE_TIMERS = 100  # timers of closed records that may stay in the heap


class TimerKind(StrEnum):
    """The kind of record that a timer belongs to."""

    CALL = "call"
    LEG = "leg"
    RECEIPT = "receipt"
    RECORDING = "recording"
    SESSION = "session"
    WEBHOOK = "webhook"


class TimerKey(NamedTuple):
    """The record of a timer. The id is meaningful only with the kind; for a session it is the agent."""

    id: str
    kind: TimerKind


class Timers:
    """Timers of records, by kind and id. They end with the record.

    Timers of a closed record stay in the heap until they are its first, or make up half of it.
    """

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._heap: list[tuple[int, TimerKey]] = []
        self._times: dict[TimerKey, set[int]] = {}
        self._wanted = 0  # how many timers in the heap are still set

    def set(self, at: int, key: TimerKey) -> None:
        """Set a timer for a record at a time in microseconds UTC. Setting the same timer twice has no effect."""
        if at not in self._times.get(key, ()):
            self._undo.add((Timers._take_back, self, at, key))
            self._bring_back(key, (at,))

    def forget(self, key: TimerKey) -> None:
        """Remove the timers of a closed record."""
        if times := self._times.pop(key, None):
            self._undo.add((Timers._bring_back, self, key, times))
            self._wanted -= len(times)
        if len(self._heap) > 2 * self._wanted + MAX_STALE_TIMERS:
            self._heap = [(at, key) for key, times in self._times.items() for at in times]
            heapify(self._heap)

    def get_next_us(self) -> int | None:
        """Return the time of the first timer, or None."""
        while self._heap and not self._is_wanted(*self._heap[0]):
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def take_due(self, now: int) -> Iterator[TimerKey]:
        """Remove the timers up to `now`, microseconds UTC, by time and then id, and yield their keys.

        Each timer fires once.
        """
        while (first := self.get_next_us()) is not None and first <= now:
            at, key = heappop(self._heap)
            self._undo.add((Timers._bring_back, self, key, (at,)))
            self._take_back(at, key)
            yield key

    def __len__(self) -> int:
        return len(self._heap)

    def _bring_back(self, key: TimerKey, times: Iterable[int]) -> None:
        """Add the timers of a key. A copy that is still in the heap has no second effect."""
        self._times.setdefault(key, set()).update(times)
        for at in times:
            self._wanted += 1
            heappush(self._heap, (at, key))

    def _take_back(self, at: int, key: TimerKey) -> None:
        """Remove a timer; its entry in the heap stays without effect."""
        self._wanted -= 1
        self._times[key].remove(at)
        if not self._times[key]:
            del self._times[key]

    def _is_wanted(self, at: int, key: TimerKey) -> bool:
        return at in self._times.get(key, ())
