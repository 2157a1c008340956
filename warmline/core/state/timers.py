"""When the core wants to be called again, and about what."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from warmline.core.state.undo_log import UndoLog

FEW = 100  # alarms that may lie about although what they were for is over


class TimerKind(StrEnum):
    """What an alarm can be about."""

    CALL = "call"
    LEG = "leg"
    RECEIPT = "receipt"
    RECORDING = "recording"
    SESSION = "session"
    WEBHOOK = "webhook"


class TimerKey(NamedTuple):
    """What an alarm is about: the id, of a session its agent, means nothing without the kind."""

    id: str
    kind: TimerKind


class Timers:
    """Alarms of records, by kind and id. They end with the record: a day's calls leave none behind.

    The alarms of a record that is over stay in the heap until they are its first, or half of it.
    """

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._heap: list[tuple[int, TimerKey]] = []
        self._times: dict[TimerKey, set[int]] = {}
        self._wanted = 0  # of those in the heap

    def set(self, at: int, key: TimerKey) -> None:
        """Ring at that time, microseconds UTC, for that record; twice the same is once."""
        if at not in self._times.get(key, ()):
            self._undo.add((self._take_back, (at, key)))
            self._bring_back(key, (at,))

    def forget(self, key: TimerKey) -> None:
        """The record is over."""
        if times := self._times.pop(key, None):
            self._undo.add((self._bring_back, (key, times)))
            self._wanted -= len(times)
        if len(self._heap) > 2 * self._wanted + FEW:
            self._heap = [(at, key) for key, times in self._times.items() for at in times]
            heapify(self._heap)

    def next(self) -> int | None:
        """When the first one rings."""
        while self._heap and not self._is_wanted(*self._heap[0]):
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def due(self, now: int) -> Iterator[TimerKey]:
        """Take the alarms until `now`, microseconds UTC, by time, then by id; yield the keys. Each alarm rings once."""
        while (first := self.next()) is not None and first <= now:
            at, key = heappop(self._heap)
            self._undo.add((self._bring_back, (key, (at,))))
            self._take_back(at, key)
            yield key

    def __len__(self) -> int:
        return len(self._heap)

    def _bring_back(self, key: TimerKey, times: Iterable[int]) -> None:
        """What the heap still has of it is there twice, and rings once."""
        self._times.setdefault(key, set()).update(times)
        for at in times:
            self._wanted += 1
            heappush(self._heap, (at, key))

    def _take_back(self, at: int, key: TimerKey) -> None:
        """Its place in the heap stays, and means nothing."""
        self._wanted -= 1
        self._times[key].remove(at)
        if not self._times[key]:
            del self._times[key]

    def _is_wanted(self, at: int, key: TimerKey) -> bool:
        return at in self._times.get(key, ())
