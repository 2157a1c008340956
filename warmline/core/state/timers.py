"""When the core wants to be called again, and about what."""

from collections.abc import Iterator
from enum import StrEnum
from heapq import heapify, heappop, heappush
from typing import NamedTuple

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

    def __init__(self) -> None:
        self._heap: list[tuple[int, TimerKey]] = []
        self._times: dict[TimerKey, set[int]] = {}
        self._wanted = 0  # of those in the heap

    def set(self, at: int, key: TimerKey) -> None:
        """Ring at that time, microseconds UTC, for that record; twice the same is once."""
        times = self._times.setdefault(key, set())
        if at not in times:
            times.add(at)
            self._wanted += 1
            heappush(self._heap, (at, key))

    def forget(self, key: TimerKey) -> None:
        """The record is over."""
        self._wanted -= len(self._times.pop(key, ()))
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
            self._wanted -= 1
            self._times[key].remove(at)
            if not self._times[key]:
                del self._times[key]
            yield key

    def __len__(self) -> int:
        return len(self._heap)

    def _is_wanted(self, at: int, key: TimerKey) -> bool:
        return at in self._times.get(key, ())
