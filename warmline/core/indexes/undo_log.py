"""The inverse of each change to the state in a turn, in order, for a rollback."""

from collections.abc import Callable
from typing import Any

_ABSENT = object()

Step = tuple[Callable[[Any, Any, Any], object], Any, Any, Any]
"""The inverse of one change: a function and its three arguments."""


class UndoLog:
    """The changes to the tables and indexes of a World since the turn began.

    A step is recorded before its change, so that a change that fails halfway can be rolled back too. Undoing a change
    that was not made has no effect. A change of a list is recorded right after it.
    """

    __slots__ = ("_steps", "add")

    def __init__(self) -> None:
        self._steps: list[Any] = []  # flat: a turn records dozens of steps, and each tuple is work for the collector
        self.add: Callable[[Step], None] = self._steps.extend
        """Record one step."""

    def begin(self) -> None:
        """Begin a turn; the changes of the previous turn become permanent."""
        self._steps.clear()

    def record_slot(self, table: dict[Any, Any], key: object) -> None:
        """Record the value of a table under this key. The order of such a table does not matter."""
        self.add((_set_back, table, key, table.get(key, _ABSENT)))

    def roll_back(self) -> None:
        """Undo every change since `begin`, the last one first."""
        steps = self._steps
        while steps:
            undo_function, argument_1, argument_2, argument_3 = steps[-4:]
            del steps[-4:]
            undo_function(argument_1, argument_2, argument_3)


def remove_at(rows: list[Any], list_position: int, _: None) -> None:
    """Undo an insertion into a list."""
    del rows[list_position]


def _set_back(table: dict[Any, Any], key: object, old_value: object) -> None:
    if old_value is _ABSENT:
        table.pop(key, None)
    else:
        table[key] = old_value
