"""Open records of one kind by id, in the order in which they were added."""

from typing import TypeVar

from warmline.core.indexes.undo_log import UndoLog

R = TypeVar("R")


class RecordTable(dict[str, R]):
    """A table that can be rolled back to its state before the turn.

    The order is restored too, because turns go through the table in order.
    """

    __slots__ = ("_last", "_note", "_numbers", "_unsorted")

    def __init__(self, undo: UndoLog) -> None:
        super().__init__()
        self._note = undo.add
        self._numbers: dict[str, int] = {}  # each record's number in the order
        self._last = 0
        self._unsorted = False

    def put(self, key: str, record: R) -> R | None:
        """Add or replace a record. Return the previous one, or None."""
        before = self.get(key)
        if before is None:
            self._note((_take_back, self, key, None))
            self._last += 1
            self._numbers[key] = self._last
        else:
            self._note((dict.__setitem__, self, key, before))
        self[key] = record
        return before

    def take(self, key: str) -> R | None:
        """Remove a record and return it, or None if there is none."""
        before = self.pop(key, None)
        if before is not None:
            self._note((_bring_back, self, key, (before, self._numbers.pop(key, 0))))
        return before

    def sort(self) -> None:
        """Sort the table after records have been restored."""
        if self._unsorted:
            self._unsorted = False
            records = sorted(self.items(), key=lambda item: self._numbers.get(item[0], 0))
            self.clear()
            self.update(records)


def _take_back(table: RecordTable[R], key: str, _: None) -> None:
    table.pop(key, None)
    table._numbers.pop(key, None)


def _bring_back(table: RecordTable[R], key: str, kept: tuple[R, int]) -> None:
    table[key], table._numbers[key] = kept
    table._unsorted = True
