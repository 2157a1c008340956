"""Reads the database in one transaction, so that all rows are of one moment."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from warmline.store.database import database
from warmline.store.database.database import StoreError, connect, unreadable
from warmline.store.database.database_fault import Fault, fault_of
from warmline.store.database.kept_connections import MOST, OpenConnections
from warmline.store.database.rows import each as each
from warmline.store.database.rows import rows as rows
from warmline.store.database.rows import streamed as streamed

# Of SQLite's virtual machine, about 1 ms, between two checks of the time. Each check takes Python's lock, and the event
# loop would have to wait for a thread of lower priority that holds it.
STEPS = 100_000

Row = dict[str, Any]

_is_over: ContextVar[Callable[[], bool] | None] = ContextVar("is_over", default=None)


MAX_READ_SECONDS = 5.0  # of a read for a client of the JSON API


class ReadInterrupted(StoreError):
    """A read took longer than allowed, or its reader has gone."""


class ReadTooLong(ReadInterrupted):
    """The same; the text says what was read, and what the reader can do."""


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
def keeping(most: int = MOST) -> Iterator[None]:
    """Keep up to `most` connections of this process open between its transactions, until the end of the block.

    Programs that run long use it. A short one would open the database as often, and then not close it.
    """
    global _connections
    before, _connections = _connections, OpenConnections(_opened, most)
    try:
        yield
    finally:
        of_block, _connections = _connections, before
        of_block.close()


def connections() -> OpenConnections:
    """Return the connections of this process, which reads and writes share."""
    return _connections


@contextmanager
def reading(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Read the database in one transaction. Raises StoreError, or ReadInterrupted after the time of `within`.

    The block must not change settings of the connection with PRAGMA, because a later block may use it too.
    """
    kept = _connections
    one = None
    try:
        one = kept.begin(str(path), database.mode())
        one.connection.row_factory = sqlite3.Row
        interrupt_in_time(one.connection)
        yield one.connection
    except sqlite3.Error as error:
        if one:
            one.close()
            one = None
        if fault_of(error) is Fault.INTERRUPTED:
            raise ReadInterrupted("read_interrupted", "database {path}: the query took too long", path=path) from None
        raise unreadable(path, error) from None
    finally:
        if one:
            kept.end(one)


def _opened(path: str, _: str) -> sqlite3.Connection:
    return connect(path)


_connections = OpenConnections(_opened)  # keeps none


def interrupt_in_time(connection: sqlite3.Connection) -> None:
    """Let a query of any database end as `within` says: it then raises sqlite3.OperationalError.

    SQLite asks while it runs; an interrupt from outside would miss a statement not yet begun.
    """
    if is_over := _is_over.get():
        connection.set_progress_handler(is_over, STEPS)
