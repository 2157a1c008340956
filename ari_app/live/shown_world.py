"""The live state as people and programs see it: with the machine's times in place of those of turns."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from warmline.core.indexes.record_table import RecordTable
from warmline.core.moment import correct_times
from warmline.core.world.world import World

R = TypeVar("R")


def shown(world: World) -> World:
    """Return a world whose records have the machine's times; the same one while both times are equal. Only read it."""
    if not world.correction:
        return world
    seen = object.__new__(World)
    tables = {name: table for name, table in vars(world).items() if isinstance(table, RecordTable)}
    vars(seen).update(vars(world), correction=0)
    vars(seen).update({name: _ShownTable(table, world.correction) for name, table in tables.items()})
    return seen


class _ShownTable(Mapping[str, R]):
    """A table of open records, each of them corrected when it is read."""

    def __init__(self, table: RecordTable[R], correction: int) -> None:
        self._table, self._correction = table, correction

    def __getitem__(self, key: str) -> R:
        return correct_times(self._table[key], self._correction)

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)
