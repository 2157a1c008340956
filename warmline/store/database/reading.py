"""Reads the database as it is at one moment."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from warmline.store.database.database import StoreError, connect, unreadable

STEPS = 10_000  # of SQLite's virtual machine, some 0.1 ms, between two looks at the clock

Row = dict[str, Any]

_until: ContextVar[float | None] = ContextVar("until", default=None)  # on the monotonic clock


class ReadInterrupted(StoreError):
    """It took longer than it may."""


@contextmanager
def within(until: float) -> Iterator[None]:
    """What is read in this thread from here on is interrupted at `until`, seconds of the monotonic clock.

    It raises Interrupted then.
    """
    before = _until.set(until)
    try:
        yield
    finally:
        _until.reset(before)


@contextmanager
def reading(path: str | Path) -> Iterator[sqlite3.Connection]:
    """The database in one transaction. Raises StoreError; Interrupted."""
    connection = connect(path)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("BEGIN")
        _interrupt_in_time(connection)
        yield connection
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise ReadInterrupted("read_interrupted", "database {path}: the query took too long", path=path) from None
        raise unreadable(path, error) from None
    finally:
        connection.close()


def _interrupt_in_time(connection: sqlite3.Connection) -> None:
    """SQLite asks now and then whether it may go on: a call from outside would miss what has not begun yet."""
    if (until := _until.get()) is not None:
        connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)


def rows(db: sqlite3.Connection, sql: str, **values: str | int) -> list[Row]:
    """Everything a statement finds, each row by its columns' names."""
    return [dict(row) for row in db.execute(sql, values)]


def each(db: sqlite3.Connection, sql: str, **values: str | int | None) -> Iterator[Row]:
    """The same one by one, so that many take no more memory than few."""
    for row in db.execute(sql, values):
        yield dict(row)
