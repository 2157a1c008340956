"""Reads the rows of a statement as dictionaries. AGI scripts load this module too, so it imports little."""

from warmline.store.postgresql.server_mark import OfServer

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any


def rows(db: "sqlite3.Connection", sql: str, **values: str | int) -> "list[dict[str, Any]]":
    """Return all rows of a statement, each as a dict by column name."""
    return [dict(row) for row in db.execute(sql, values)]


def each(db: "sqlite3.Connection", sql: str, **values: str | int | None) -> "Iterator[dict[str, Any]]":
    """Yield the rows of a statement one by one, so that memory does not grow with their number."""
    for row in streamed(db, sql, values):
        yield dict(row)


def streamed(db: "Any", sql: str, values: "Sequence[Any] | Mapping[str, Any]" = ()) -> "Iterable[Any]":
    """Return the rows of a SELECT, which are read as they are needed, also from a server. Raises sqlite3.Error."""
    found: Iterable[Any] = db.stream(sql, values) if isinstance(db, OfServer) else db.execute(sql, values)  # type: ignore[attr-defined] # of its class
    return found
