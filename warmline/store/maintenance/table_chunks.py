"""Reads tables of a database of either engine in chunks, in the order of their keys, and compares two of them."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache

from warmline.store.database.database import StoreError
from warmline.store.postgresql.commit_message import NO_TEXT, NUL
from warmline.store.postgresql.schema import columns, keys

CHUNK = 5000  # rows

Key = tuple[str | int, ...]
TableRow = tuple[str | int | float | None, ...]


def chunks(db: sqlite3.Connection, table: str, after: Key | None = None) -> Iterator[list[TableRow]]:
    """Yield the rows of a table that follow the key `after`; None for all. Raises sqlite3.Error."""
    first, following = _statements(table)
    while True:
        found = db.execute(following, (*after, CHUNK)) if after else db.execute(first, (CHUNK,))
        rows = [tuple(row) for row in found]
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        after = key(table, rows[-1])


def key(table: str, row: TableRow) -> Key:
    """Return the values of a row's primary key."""
    names = list(columns()[table])
    return tuple(value for name in keys()[table] if isinstance(value := row[names.index(name)], str | int))


def size(db: sqlite3.Connection, table: str) -> int:
    """Return how many rows a table has. Raises sqlite3.Error."""
    return int(db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - a table of schema.sql


def storable(row: TableRow) -> TableRow:
    """Return a row as PostgreSQL stores it: its texts have no NUL."""
    if any(isinstance(value, str) and NUL in value for value in row):
        return tuple(value.replace(NUL, NO_TEXT) if isinstance(value, str) else value for value in row)
    return row


def compare(one: sqlite3.Connection, other: sqlite3.Connection, table: str, tell: Callable[[int], None]) -> None:
    """Check that a table has the same rows in both databases; `tell` gets the number of each chunk's rows.

    Raises:
        StoreError: a row differs, which the text names by its key.
        sqlite3.Error: a database cannot be read.
    """
    left, right = chunks(one, table), chunks(other, table)
    while True:
        ours, theirs = next(left, []), next(right, [])
        pairs = () if ours == theirs else zip(ours, theirs, strict=False)  # a whole chunk takes less time than its rows
        for mine, its in pairs:
            if storable(mine) != storable(its):
                raise differs(table, min(key(table, mine), key(table, its)))
        if len(ours) != len(theirs):
            longer = max(ours, theirs, key=len)
            raise differs(table, key(table, longer[min(len(ours), len(theirs))]))
        if not ours:
            return
        tell(len(ours))


def differs(table: str, row: Key) -> StoreError:
    """Make the error for a row that only one of two databases has."""
    return StoreError(
        "moved_table_differs",
        "table {table} differs from the row {row} on, because a program changed the database during the move",
        table=table,
        row=" ".join(map(str, row)),
    )


@cache
def _statements(table: str) -> tuple[str, str]:
    names = ", ".join(f'"{name}"' for name in columns()[table])
    ordered = ", ".join(f'"{name}"' for name in keys()[table])
    marks = ", ".join("?" * len(keys()[table]))
    read = f'SELECT {names} FROM "{table}"'  # noqa: S608 - names of schema.sql
    end = f" ORDER BY {ordered} LIMIT ?"
    return f"{read}{end}", f"{read} WHERE ({ordered}) > ({marks}){end}"
