"""Open records of one kind by id, in the order in which they were added."""

from typing import TypeVar

from warmline.core.indexes.undo_log import UndoLog

R = TypeVar("R")


class RecordTable(dict[str, R]):
    """A table that can be rolled back to its state before the turn.

    The order is restored too, because turns go through the table in order.
    """

    __slots__ = ("_add_undo_step", "_is_unsorted", "_last_position", "_positions")

    def __init__(self, undo_log: UndoLog) -> None:
        super().__init__()
        self._add_undo_step = undo_log.add
        self._positions: dict[str, int] = {}  # of each record in the order
        self._last_position = 0
        self._is_unsorted = False

    def put(self, key: str, record: R) -> R | None:
        """Add or replace a record. Return the previous one, or None."""
        old_record = self.get(key)
        if old_record is None:
            self._add_undo_step((_undo_add, self, key, None))
            self._last_position += 1
            self._positions[key] = self._last_position
        else:
            self._add_undo_step((dict.__setitem__, self, key, old_record))
        self[key] = record
        return old_record

    def take(self, key: str) -> R | None:
        """Remove a record and return it, or None if there is none."""
        old_record = self.pop(key, None)
        if old_record is not None:
            self._add_undo_step((_undo_take, self, key, (old_record, self._positions.pop(key, 0))))
        return old_record

    def sort(self) -> None:
        """Sort the table after records have been restored."""
        if self._is_unsorted:
            self._is_unsorted = False
            records = sorted(self.items(), key=lambda row: self._positions.get(row[0], 0))
            self.clear()
            self.update(records)


def _undo_add(table: RecordTable[R], key: str, _: None) -> None:
    table.pop(key, None)
    table._positions.pop(key, None)


def _undo_take(table: RecordTable[R], key: str, record_and_position: tuple[R, int]) -> None:
    table[key], table._positions[key] = record_and_position
    table._is_unsorted = True
