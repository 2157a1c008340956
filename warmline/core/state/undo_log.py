"""The way back from a turn: the inverse of each change to the state, in order."""

from collections.abc import Callable
from typing import Any

_ABSENT = object()

Step = tuple[Callable[..., object], tuple[Any, ...]]


class UndoLog:
    """What the tables and indexes of a World have changed since the turn began.

    A step is noted before its change, and setting something back that has not changed does no harm: a change that
    breaks off in the middle can be taken back too. A change of a list is noted right after it.
    """

    __slots__ = ("_steps", "add")

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self.add: Callable[[Step], None] = self._steps.append
        """Note the inverse of one change: a function and its arguments. It is called dozens of times a turn."""

    def begin(self) -> None:
        """Forget the changes of the turn before: they stay."""
        self._steps.clear()

    def slot(self, table: dict[Any, Any], key: object) -> None:
        """Note what a table has under this key; the order of the table is nobody's concern."""
        self.add((_set_back, (table, key, table.get(key, _ABSENT))))

    def roll_back(self) -> None:
        """Take back every change since `begin`, the last one first."""
        while self._steps:
            step, args = self._steps.pop()
            step(*args)


def _set_back(table: dict[Any, Any], key: object, value: object) -> None:
    if value is _ABSENT:
        table.pop(key, None)
    else:
        table[key] = value
