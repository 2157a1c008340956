"""Reads the database in one transaction, so that all rows are of one moment."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from warmline.store.database.database import StoreError, connect, unreadable

# Of SQLite's virtual machine, about 1 ms, between two checks of the time. Each check takes Python's lock, and the event
# loop would have to wait for a thread of lower priority that holds it.
STEPS = 100_000

Row = dict[str, Any]

_is_over: ContextVar[Callable[[], bool] | None] = ContextVar("is_over", default=None)


class ReadInterrupted(StoreError):
    """A read took longer than allowed, or its reader has gone."""


@contextmanager
def within(until: float) -> Iterator[None]:
    """Interrupt reads in this thread at `until`, in seconds of the monotonic clock.

    An interrupted read raises ReadInterrupted.
    """
    with _unless(lambda: time.monotonic() > until):
        yield


@contextmanager
def for_reader(has_gone: Callable[[], bool]) -> Iterator[None]:
    """Interrupt reads in this thread once their reader has gone, and as `within` does."""
    is_over = _is_over.get()
    with _unless(lambda: has_gone() or (is_over is not None and is_over())):
        yield


@contextmanager
def _unless(is_over: Callable[[], bool]) -> Iterator[None]:
    before = _is_over.set(is_over)
    try:
        yield
    finally:
        _is_over.reset(before)


@contextmanager
def reading(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Open the database in one transaction. Raises StoreError, or ReadInterrupted after the time of `within`."""
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


class Reader:
    """Reads the database for one thread and keeps it open, because SQLite reads the whole schema at each opening."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._file = 0, 0  # device and inode of the open file
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Begin one transaction. Raises StoreError. After an error, the next read opens the database again."""
        try:
            connection = self._open()
            connection.execute("BEGIN")
            yield connection
            connection.execute("ROLLBACK")
        except BaseException as error:
            self.close()
            if isinstance(error, sqlite3.Error):
                raise unreadable(self._path, error) from None
            raise

    def _open(self) -> sqlite3.Connection:
        """Return a connection to the file that has the path now."""
        found = self._path.stat() if self._path.exists() else None
        file = (found.st_dev, found.st_ino) if found else (0, 0)
        if self._connection is None or file != self._file:
            self.close()
            self._connection, self._file = connect(self._path), file
            self._connection.row_factory = sqlite3.Row
        return self._connection

    def close(self) -> None:
        """Close the database."""
        if self._connection:
            self._connection.close()
            self._connection = None


def _interrupt_in_time(connection: sqlite3.Connection) -> None:
    """Let SQLite ask while it runs; an interrupt from outside would miss a statement not yet begun."""
    if is_over := _is_over.get():
        connection.set_progress_handler(is_over, STEPS)


def rows(db: sqlite3.Connection, sql: str, **values: str | int) -> list[Row]:
    """Return all rows of a statement, each as a dict by column name."""
    return [dict(row) for row in db.execute(sql, values)]


def each(db: sqlite3.Connection, sql: str, **values: str | int | None) -> Iterator[Row]:
    """Yield the rows of a statement one by one, so that memory does not grow with their number."""
    for row in db.execute(sql, values):
        yield dict(row)
