"""The only writer of the journal: a thread that commits all entries handed over since its last commit."""

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from warmline.core.state.world import OpenRecord
from warmline.store.database import lock
from warmline.store.database.database import StoreError, connect, unreadable
from warmline.store.database.reading import reading
from warmline.store.journal import open_state
from warmline.store.journal.journal_entry import JournalEntry, Known, append, head

__all__ = ["JournalEntry", "JournalWriter"]

log = logging.getLogger("warmline.store.journal")

T = TypeVar("T")

RETRY = 0.05  # seconds between two attempts while the file cannot be written
BUSY = 1.0  # seconds that SQLite itself waits for a lock

# A later attempt may succeed after these errors. Any other error is a fault of the entries.
PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
}


@dataclass(slots=True)
class _Handed:
    """Entries handed over together, or other work, with the future of the commit; `error` is why it failed."""

    entries: tuple[JournalEntry, ...]
    done: "asyncio.Future[Any]"
    work: Callable[[sqlite3.Connection], Any] | None = None
    answer: Any = None
    error: Exception | None = None


class JournalWriter:
    """The only writer of calls to the database. Call `record` on one event loop; a thread does the writing."""

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._handed: SimpleQueue[_Handed | None] = SimpleQueue()
        self._given_up = threading.Event()
        self._rows: Known = {}
        self._recorded = 0
        self._written = 0

    def open(self) -> None:
        """Take the database's lock and start the writer. Raises StoreError."""
        self._lock: FileIO = lock.hold(self._path)
        try:
            self._connection = connect(self._path, busy=BUSY)
            self._connection.row_factory = sqlite3.Row
            self._head = head(self._connection)
            self._opened_at = self._head.seq
        except sqlite3.Error as error:
            self._lock.close()
            raise unreadable(self._path, error) from None
        except StoreError:
            self._lock.close()
            raise
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def record(self, entries: Sequence[JournalEntry]) -> "asyncio.Future[None]":
        """Hand over entries; the future is done when they, and all earlier ones, are on disk.

        If the file is locked or the disk full, the entries wait in order. If they can never be written, the future has
        the error.
        """
        done = asyncio.get_running_loop().create_future()
        if not entries:
            done.set_result(None)
            return done
        self._recorded += len(entries)
        self._handed.put(_Handed(tuple(entries), done))
        return done

    def do(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        """Run other short work in the transaction of the next commit.

        The future has the result of `work`, or its error; after an error, its changes are rolled back. `work` runs
        again if the file could not be written.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._handed.put(_Handed((), done, work))
        return done

    @property
    def last_row(self) -> int:
        """Return the number that the last entry handed over has on disk, or will have."""
        return self._opened_at + self._recorded

    @property
    def backlog(self) -> int:
        """Return the number of entries that are handed over and not yet on disk."""
        return self._recorded - self._written

    def load_open(self) -> list[OpenRecord]:
        """Return the records that were open at the last commit. Raises StoreError."""
        with reading(self._path) as connection:
            return open_state.load(connection)

    def last_time(self) -> int:
        """Return the time of the last entry on disk in microseconds UTC; 0 if there is none."""
        return self._head.at

    def close(self, timeout: float = 5.0) -> None:
        """Write the remaining entries, for at most `timeout` seconds, and release the database."""
        self._handed.put(None)
        self._thread.join(timeout)
        self._given_up.set()
        self._thread.join()
        self._connection.close()
        self._lock.close()

    def _run(self) -> None:
        going_on = True
        while going_on:
            batch = [self._handed.get()]
            with suppress(Empty):
                while True:
                    batch.append(self._handed.get_nowait())
            going_on = None not in batch
            if handed := [one for one in batch if one]:
                self._write(handed)

    def _write(self, batch: list[_Handed]) -> None:
        """Commit a batch in one transaction. If a part of it is faulty, commit each part alone."""
        error = self._commit(batch)
        if error and len(batch) > 1:
            for handed in batch:
                self._write([handed])
            return
        if error:
            log.error("journal: %d entries are lost: %s", len(batch[0].entries), error)
            batch[0].error = error
        self._written += sum(len(handed.entries) for handed in batch)
        with suppress(RuntimeError):  # the loop is closed, and no task waits
            batch[0].done.get_loop().call_soon_threadsafe(_settle, batch)

    def _commit(self, batch: list[_Handed]) -> Exception | None:
        """Write the entries, and retry until the file can be written; return the error of faulty entries."""
        entries = [entry for handed in batch for entry in handed.entries]
        told = 0.0
        while True:
            try:
                self._head = append(
                    self._connection, self._head, entries, self._rows, lambda db: _do_other_work(db, batch)
                )
                return None
            except Exception as error:  # no entry may end the thread
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                if not _passing(error) or self._given_up.is_set():
                    return error
                if time.monotonic() - told >= 1:
                    told = time.monotonic()
                    log.warning("journal: %d entries wait for database %s: %s", self.backlog, self._path, error)
            self._given_up.wait(RETRY)


def _passing(error: Exception) -> bool:
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in PASSING


def _do_other_work(connection: sqlite3.Connection, batch: list[_Handed]) -> None:
    """Run the other work of a batch; an error in one rolls back only its own changes, unless the file failed."""
    for handed in batch:
        if handed.work is None:
            continue
        handed.error = None
        connection.execute("SAVEPOINT work")
        try:
            handed.answer = handed.work(connection)
        except Exception as error:  # its future gets the error
            if _passing(error):
                raise
            connection.execute("ROLLBACK TO work")
            handed.error = error
        connection.execute("RELEASE work")


def _settle(batch: list[_Handed]) -> None:
    for handed in batch:
        if handed.done.done():
            continue
        if handed.error:
            handed.done.set_exception(handed.error)
        else:
            handed.done.set_result(handed.answer)
