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

    def __init__(self, undo_log: UndoLog | None = None) -> None:
        self._undo = undo_log or UndoLog()
        self._heap: list[tuple[int, TimerKey]] = []
        self._times_us: dict[TimerKey, set[int]] = {}
        self._set_count = 0  # how many timers in the heap are still set

    def set(self, time_us: int, key: TimerKey) -> None:
        """Set a timer for a record at a time in microseconds UTC. Setting the same timer twice has no effect."""
        if time_us not in self._times_us.get(key, ()):
            self._undo.add((Timers._remove, self, time_us, key))
            self._add(key, (time_us,))

    def forget(self, key: TimerKey) -> None:
        """Remove the timers of a closed record."""
        if times_us := self._times_us.pop(key, None):
            self._undo.add((Timers._add, self, key, times_us))
            self._set_count -= len(times_us)
        if len(self._heap) > 2 * self._set_count + MAX_STALE_TIMERS:
            self._heap = [(time_us, key) for key, times_us in self._times_us.items() for time_us in times_us]
            heapify(self._heap)

    def get_next_us(self) -> int | None:
        """Return the time of the first timer, or None."""
        while self._heap and not self._is_set(*self._heap[0]):
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def take_due(self, now_us: int) -> Iterator[TimerKey]:
        """Remove the timers up to `now_us` (microseconds UTC), by time and then id, and yield their keys.

        Each timer fires once.
        """
        while (next_us := self.get_next_us()) is not None and next_us <= now_us:
            time_us, key = heappop(self._heap)
            self._undo.add((Timers._add, self, key, (time_us,)))
            self._remove(time_us, key)
            yield key

    def __len__(self) -> int:
        return len(self._heap)

    def _add(self, key: TimerKey, times_us: Iterable[int]) -> None:
        """Add the timers of a key. A copy that is still in the heap has no second effect."""
        self._times_us.setdefault(key, set()).update(times_us)
        for time_us in times_us:
            self._set_count += 1
            heappush(self._heap, (time_us, key))

    def _remove(self, time_us: int, key: TimerKey) -> None:
        """Remove a timer; its entry in the heap stays without effect."""
        self._set_count -= 1
        self._times_us[key].remove(time_us)
        if not self._times_us[key]:
            del self._times_us[key]

    def _is_set(self, time_us: int, key: TimerKey) -> bool:
        return time_us in self._times_us.get(key, ())
