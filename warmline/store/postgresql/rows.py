"""Rows that are read by position and by the name of the column, as those of SQLite are."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from psycopg import Cursor
from psycopg.rows import tuple_row


class NamedRow(tuple[Any, ...]):
    """A row of a result; `columns` has the position of each name."""

    __slots__ = ()

    columns: ClassVar[dict[str, int]] = {}

    def keys(self) -> list[str]:
        """Return the names of the columns, in order."""
        return list(self.columns)

    def __getitem__(self, wanted: Any) -> Any:
        """Return a value by its position or name. Raises IndexError for an unknown one, as sqlite3.Row does."""
        if isinstance(wanted, str):
            place = self.columns.get(wanted)
            if place is None:
                raise IndexError(f"no column {wanted!r}")
            wanted = place
        return tuple.__getitem__(self, wanted)


@lru_cache(maxsize=1000)
def _row_of(names: tuple[str, ...]) -> type[NamedRow]:
    """Return the class for rows with these columns."""
    columns = {name: place for place, name in reversed(list(enumerate(names)))}
    ordered = {name: columns[name] for name in names}
    return type("NamedRow", (NamedRow,), {"__slots__": (), "columns": ordered})


def by_name(cursor: "Cursor[Any]") -> Callable[[Sequence[Any]], Any]:
    """Return what makes the rows of a result."""
    if not (described := cursor.description):
        return tuple_row(cursor)
    return _row_of(tuple(column.name for column in described))
