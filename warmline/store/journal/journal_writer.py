"""The only writer of the journal: a thread that commits all entries handed over since its last commit.

While the database is late, the entries are stored in the spill file, too (see spill_file.py). A start writes the
entries of that file first.
"""

import asyncio
import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import FileIO
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.model.receipt import Receipt
from warmline.core.world.world import OpenRecord
from warmline.store.database import leader_lock_file
from warmline.store.database.database import StatementFailed, StoreError, connect, unreadable
from warmline.store.database.database_fault import PASSING, Fault, fault_of
from warmline.store.database.reading import reading
from warmline.store.journal import open_state, spill_contents, spill_file, spilled_entries
from warmline.store.journal.journal_entry import BUSY, JournalEntry, Known, append, commit_function, head
from warmline.store.journal.journal_spill import JournalSpill
from warmline.store.journal.spill_file import Frame, SpillFile, SpillScan, StoredFile
from warmline.store.journal.spilled_entries import SpillError
from warmline.store.journal.written_history import HistoryLostError, WrittenHistory
from warmline.store.postgresql.server_mark import OfServer

__all__ = ["JournalEntry", "JournalWriter"]

log = logging.getLogger("warmline.store.journal")

T = TypeVar("T")

RETRY = 0.05  # seconds between two attempts while the file cannot be written


@dataclass(slots=True)
class _Handed:
    """Entries handed over together, or other work, with the future of the commit; `error` is why it failed.

    `first` is the number of the first entry in the journal. `at` is when they were handed over, in monotonic seconds.
    """

    entries: tuple[JournalEntry, ...]
    done: "asyncio.Future[Any]"
    first: int = 0
    at: float = field(default_factory=time.monotonic)
    work: Callable[[sqlite3.Connection], Any] | None = None
    answer: Any = None
    error: Exception | None = None


class JournalWriter:
    """The only writer of calls to the database. Call `record` on one event loop; a thread does the writing."""

    def __init__(self, path: str | Path, spill: Path | None = None) -> None:
        """`spill` is the place of the spill file; by default, it is next to the database."""
        self._path = path
        self._spill_path = spill
        self._handed: SimpleQueue[_Handed | None] = SimpleQueue()
        self._pending: deque[_Handed] = deque()  # entries and work that the database does not have, in order
        self._given_up = threading.Event()
        self._rows: Known = {}
        self._recorded = 0
        self._written = 0
        self._looks_back = False
        self.problem = ""  # why the database cannot be written, in SQLite's words; empty if no attempt has failed

    def open(self) -> None:
        """Take the database's lock, write the entries of the spill file, and start the writer. Raises StoreError."""
        self._lock = leader_lock_file.lead(self._path)
        try:
            self._connection = self._connected()
            self._head = head(self._connection)
            self._history = WrittenHistory(self._path, self._connection, self._head)
            self._storage = StoredFile(self._spill_path or spill_file.path_of(self._path))
            self._spill_file = SpillFile(self._storage)
            self._spilled = self._recover()
            if not isinstance(self._connection, OfServer):  # a server tells immediately that its lock is free
                self._connection.execute("PRAGMA busy_timeout = 0")  # `append` waits by itself
            self._opened_at = self._head.seq
        except sqlite3.Error as error:
            self._lock.close()
            raise unreadable(self._path, error) from None
        except StoreError:
            self._lock.close()
            raise
        self._recorded = len(self._spilled)
        self._unhanded = tuple(self._spilled)  # handed over with the next entries, which have an event loop
        start = self.last_row if self._spilled else 0
        self._spill = JournalSpill(self._spill_file, lambda: self._head, start, lambda: not self.history_lost)
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def _connected(self) -> sqlite3.Connection:
        """Open the database to write. Raises StoreError, sqlite3.Error."""
        connection = connect(self._path, busy=BUSY)
        connection.row_factory = sqlite3.Row
        if isinstance(connection, OfServer) and not isinstance(self._lock, FileIO):
            connection.execute(commit_function())  # another version may have left its own
            self._lock.use(connection)
        return connection

    def record(self, entries: Sequence[JournalEntry]) -> "asyncio.Future[None]":
        """Hand over entries; the future is done when they, and all earlier ones, are on disk.

        If the file is locked or the disk full, the entries wait in order. If they can never be written, the future has
        the error.
        """
        done = asyncio.get_running_loop().create_future()
        if not entries:
            done.set_result(None)
            return done
        first = self.last_row + 1 - len(self._unhanded)
        self._recorded += len(entries)
        self._hand_over(_Handed((*self._unhanded, *entries), done, first))
        self._unhanded = ()
        return done

    def durable(self) -> "asyncio.Future[None]":
        """Return a future that is done when the database or the spill file has all entries handed over so far."""
        pending = ((one.first, one.entries) for one in self._pending)
        return self._spill.keep(pending, self.last_row)

    def do(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        """Run other short work in the transaction of the next commit.

        The future has the result of `work`, or its error; after an error, its changes are rolled back. `work` runs
        again if the file could not be written.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._hand_over(_Handed((), done, work=work))
        return done

    def _hand_over(self, handed: _Handed) -> None:
        self._pending.append(handed)
        self._handed.put(handed)

    def look_back(self) -> None:
        """Let the next attempt to write begin with a look whether all rows of this process are there."""
        self._looks_back = True

    @property
    def history_lost(self) -> bool:
        """Return whether the database lacks what this process wrote, so that nothing is written or confirmed."""
        return bool(self._history.lost)

    @property
    def is_spilling(self) -> bool:
        """Return whether entries are in the spill file that the database does not have."""
        return self._spill.is_used

    def check_spill_file(self) -> None:
        """Find out whether the spill file can be written; `spill_problem` tells it soon."""
        self._spill.check()

    @property
    def spilled(self) -> tuple[int, int]:
        """Return the number of entries in the spill file that the database does not have, and the bytes in use."""
        return self._spill.entries, self._spill.size

    @property
    def spill_problem(self) -> str:
        """Return why the spill file cannot be written; empty if it can."""
        return self._spill.problem

    @property
    def pending_since(self) -> float | None:
        """Return when the oldest pending entry or work was handed over, in monotonic seconds; None if there is none."""
        return self._pending[0].at if self._pending else None

    @property
    def last_row(self) -> int:
        """Return the number that the last entry handed over has on disk, or will have."""
        return self._opened_at + self._recorded

    @property
    def backlog(self) -> int:
        """Return the number of entries that are handed over and not yet on disk."""
        return self._recorded - self._written

    def spilled_receipts(self) -> list[Receipt]:
        """Return the commands that ended in entries which the database could not take at the start."""
        changes = (change for entry in self._spilled for change in entry.changes)
        return [record for record, is_open in changes if isinstance(record, Receipt) and not is_open]

    def load_open(self) -> list[OpenRecord]:
        """Return the records that are open after the last entry, also one in the spill file. Raises StoreError."""
        with reading(self._path) as connection:
            found = {(type(record), record.id): record for record in open_state.load(connection)}
        for record, is_open in (change for entry in self._spilled for change in entry.changes):
            if isinstance(record, FallbackTaken):
                continue
            if is_open:
                found[type(record), record.id] = record
            else:
                found.pop((type(record), record.id), None)
        return open_state.in_order(found.values())

    def last_time(self) -> int:
        """Return the time of the last entry on disk in microseconds UTC; 0 if there is none."""
        return self._spilled[-1].at if self._spilled else self._head.at

    def close(self, timeout: float = 5.0) -> None:
        """Write the remaining entries, for at most `timeout` seconds, and release the database.

        Entries that the database does not take stay in the spill file for the next start.
        """
        self._handed.put(None)
        self._thread.join(0 if self._history.lost else timeout)
        if self._thread.is_alive():
            self._spill.hand_over((one.first, one.entries) for one in self._pending)
        self._given_up.set()
        self._thread.join()
        if left := self.last_row - self._head.seq:
            kept = self._spill.close() - self._head.seq
            log.warning("journal: the database does not have %d entries; %d are in the spill file", left, kept)
        else:
            self._spill.close()
        self._storage.close()
        self._history.close(self._connection)
        self._lock.close()

    def _recover(self) -> list[JournalEntry]:
        """Write the entries of the spill file; return those that the database cannot take now. Raises StoreError."""
        try:
            scan = self._spill_file.scan()
            found = spilled_entries.unwritten(scan.frames, self._connection, self._head)
        except OSError as error:
            raise spill_contents.unreadable(self._storage.path, error) from None
        except (SpillError, StoreError) as error:
            self._set_aside(error)
            scan, found = spill_file.NOTHING, []
        failure = self._attempt(found, []) if found else None
        if failure and fault_of(failure) in PASSING:
            text = "journal: %d entries of the spill file wait for database %s: %s"
            log.warning(text, len(found), self._path, failure)
            self._keep_damaged(scan, self._head.seq + len(found), scan.frames)
            return found
        if failure:
            self._set_aside(failure)
            scan = spill_file.NOTHING
        elif found:
            log.warning("journal: %d entries of the spill file are now in database %s", len(found), self._path)
        self._keep_damaged(scan, self._head.seq)
        try:
            self._spill_file.clear()
        except OSError as error:
            log.warning("journal: no space can be reserved for the spill file: %s", error.strerror or error)
        return []

    def _keep_damaged(self, scan: SpillScan, last: int, waiting: Sequence[Frame] = ()) -> None:
        """Set a damaged file aside. The frames in it that still wait for the database go to a new one.

        `last` is the row that the whole frames reach. Raises StoreError: the new file cannot be written. The entries
        are in the file that was set aside.
        """
        lost = spilled_entries.losses(scan, last)
        if not lost and not any(one.first > last for one in scan.behind):
            return
        self._set_aside(SpillError("spill_damaged", "{why}", why="; ".join(lost)))
        with suppress(OSError):
            self._spill_file.clear()
        try:
            for one in waiting:
                self._spill_file.append(one)
        except OSError as error:
            raise StoreError(
                "spill_not_written",
                "spill file {path} cannot be written: {why}",
                path=self._storage.path,
                why=error.strerror or str(error),
            ) from None

    def _set_aside(self, error: Exception) -> None:
        """Keep a spill file whose entries cannot be written under another name."""
        self._storage.close()
        kept = spill_file.set_aside(self._storage.path, time.time_ns() // 1000)
        log.error("journal: the entries of the spill file are lost: %s; the file is now %s", error, kept)

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
        if error and batch[0].entries:
            log.error("journal: %d entries cannot be written: %s", len(batch[0].entries), error)
        if error:
            batch[0].error = error
        self._written += sum(len(handed.entries) for handed in batch)
        with suppress(RuntimeError):  # the loop is closed, and no task waits
            batch[0].done.get_loop().call_soon_threadsafe(self._settle, batch)

    def _settle(self, batch: list[_Handed]) -> None:
        for handed in batch:
            self._pending.popleft()
            if handed.done.done():
                continue
            if handed.error:
                handed.done.set_exception(_as_raised(handed.error))
            else:
                handed.done.set_result(handed.answer)
        self._spill.database_grew()

    def _commit(self, batch: list[_Handed]) -> Exception | None:
        """Write the entries, and retry until the file can be written; return the error of faulty entries."""
        entries = [entry for handed in batch for entry in handed.entries]
        told = 0.0
        while error := self._attempt(entries, batch):
            if fault_of(error) not in PASSING or self._given_up.is_set():
                return error
            self.problem = str(error)
            if time.monotonic() - told >= 1 and not self._history.lost:
                told = time.monotonic()
                log.warning("journal: %d entries wait for database %s: %s", self.backlog, self._path, error)
            self._given_up.wait(RETRY)
        self.problem = ""
        return None

    def _attempt(self, entries: Sequence[JournalEntry], batch: list[_Handed]) -> Exception | None:
        """Write the entries and do the other work of the batch, in one transaction; return the error of a failure."""
        if self._history.lost:
            return HistoryLostError(self._history.lost)
        try:
            if self._looks_back:
                self._write_forgotten()
            more = partial(_do_other_work, batch) if any(handed.work for handed in batch) else None
            written = append(self._connection, self._head, entries, self._rows, more)
            self._history.wrote(written, entries)
        except Exception as error:  # no entry may end the thread
            try:
                self._connection.execute("ROLLBACK")
            except sqlite3.Error as other:
                self._connect_again(other)
            self._history.failed(error)
            self._looks_back = True
            return HistoryLostError(self._history.lost) if self._history.lost else error
        if self._history.lost:
            return HistoryLostError(self._history.lost)
        self._head = written
        return None

    def _write_forgotten(self) -> None:
        """Write again what a server has forgotten. Raises sqlite3.Error, or HistoryLostError if that is impossible."""
        missing = self._history.forgotten(self._connection)
        if self._history.lost:
            raise HistoryLostError(self._history.lost)
        if missing:
            found, entries = missing
            self._rows.clear()
            append(self._connection, found, entries, self._rows)
            log.warning("journal: %d entries that database %s had forgotten are there again", len(entries), self._path)
        self._looks_back = False

    def _connect_again(self, error: sqlite3.Error) -> None:
        """Open another connection, if the one to a server is lost."""
        if not isinstance(self._connection, OfServer) or fault_of(error) is not Fault.UNAVAILABLE:
            return
        with suppress(StoreError, sqlite3.Error):
            again = self._connected()
            self._connection.close()
            self._connection = again


def _as_raised(error: Exception) -> Exception:
    return StatementFailed(error) if isinstance(error, sqlite3.Error) else error


def _do_other_work(batch: list[_Handed], connection: sqlite3.Connection) -> None:
    """Run the other work of a batch; an error in one rolls back only its own changes, unless the file failed."""
    for handed in batch:
        if handed.work is None:
            continue
        handed.error = None
        connection.execute("SAVEPOINT work")
        try:
            handed.answer = handed.work(connection)
        except Exception as error:  # its future gets the error
            if fault_of(error) in PASSING:
                raise
            connection.execute("ROLLBACK TO work")
            handed.error = error
        connection.execute("RELEASE work")
