"""Reads the database as it is at one moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from warmline.store.database import StoreError, connect

Row = dict[str, Any]


@contextmanager
def reading(path: str | Path) -> Iterator[sqlite3.Connection]:
    """The database in one transaction. Raises StoreError."""
    connection = connect(path)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("BEGIN")
        yield connection
    except sqlite3.Error as error:
        raise StoreError(f"database {path} cannot be read: {error}") from None
    finally:
        connection.close()


def rows(db: sqlite3.Connection, sql: str, **values: str | int) -> list[Row]:
    """Everything a statement finds, each row by its columns' names."""
    return [dict(row) for row in db.execute(sql, values)]


def each(db: sqlite3.Connection, sql: str, **values: str | int | None) -> Iterator[Row]:
    """The same one by one, so that many take no more memory than few."""
    for row in db.execute(sql, values):
        yield dict(row)
