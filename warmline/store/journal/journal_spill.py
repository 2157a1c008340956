"""Stores journal entries in the spill file while the database is late: a thread that the writer hands them to."""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import Enum
from queue import SimpleQueue

from warmline.store.journal import spilled_entries
from warmline.store.journal.journal_entry import ChainHead, JournalEntry
from warmline.store.journal.spill_file import Frame, SpillFile

log = logging.getLogger("warmline.store.journal")

RETRY = 0.05  # seconds between two attempts while the file cannot be written

Entries = tuple[int, tuple[JournalEntry, ...]]  # the number of the first one in the journal, and the entries


class _Order(Enum):
    CHECK = 1
    CLEAR = 2
    END = 3


class JournalSpill:
    """The spill file of a journal. Call all methods on one event loop; a thread does the writing.

    `written` returns the last row in the database. `start` is the last entry in the file at the start, 0 if it is
    empty. Entries in the file count as on disk while `confirms` returns True.
    """

    def __init__(
        self,
        file: SpillFile,
        written: Callable[[], ChainHead],
        start: int = 0,
        confirms: Callable[[], bool] = lambda: True,
    ) -> None:
        self._file, self._written, self._confirms = file, written, confirms
        self._orders: SimpleQueue[Entries | _Order] = SimpleQueue()
        self._handed = self._kept = start  # the numbers of the last entries handed to the thread, and in the file
        self._used = start > 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._is_checking = False
        self._closing = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.problem = ""  # why the file cannot be written; empty if it can
        self._thread = threading.Thread(target=self._run, name="spill", daemon=True)
        self._thread.start()

    @property
    def is_used(self) -> bool:
        """Return whether the file has entries, or is about to have some."""
        return self._used

    @property
    def entries(self) -> int:
        """Return the number of entries in the file that the database does not have."""
        return max(0, self._kept - self._written().seq) if self._used else 0

    @property
    def size(self) -> int:
        """Return the bytes of the file that are in use."""
        return self._file.size

    def check(self) -> None:
        """Find out whether the file can be written; `problem` tells it soon."""
        if not self._is_checking:
            self._is_checking = True
            self._orders.put(_Order.CHECK)

    def keep(self, pending: Iterable[Entries], last: int) -> "asyncio.Future[None]":
        """Store the entries that wait for the database; return a future that is done when all are on disk.

        `pending` are all batches that wait, in order, and `last` is the number of the last entry. The future is also
        done when the database has the entries.
        """
        self.hand_over(pending)
        self._loop = asyncio.get_running_loop()
        done = self._loop.create_future()
        self._waiting.append((last, done))
        self._advance()
        return done

    def hand_over(self, pending: Iterable[Entries]) -> None:
        """Hand the entries that the file does not have to the thread."""
        for first, entries in pending:
            fresh = entries[max(0, self._handed + 1 - first) :]
            if fresh:
                self._orders.put((first + len(entries) - len(fresh), fresh))
                self._handed = first + len(entries) - 1
                self._used = True

    def database_grew(self) -> None:
        """Note that the database has more entries. The file is cleared once the database has all of them."""
        if self._used and self._written().seq >= self._handed:
            self._used = False
            self._orders.put(_Order.CLEAR)
        self._advance()

    def close(self) -> int:
        """End the thread after a last attempt; return the number of the last entry that is on disk."""
        self.database_grew()
        self._closing.set()
        self._orders.put(_Order.END)
        self._thread.join()
        return max(self._kept, self._written().seq)

    def _advance(self) -> None:
        safe = max(self._kept if self._confirms() else 0, self._written().seq)
        while self._waiting and self._waiting[0][0] <= safe:
            done = self._waiting.popleft()[1]
            if not done.done():
                done.set_result(None)

    def _run(self) -> None:
        while True:
            match self._orders.get():
                case _Order.END:
                    return
                case _Order.CHECK:
                    self._try(self._file.check)
                    self._is_checking = False
                case _Order.CLEAR:
                    self._try(self._file.clear)
                case first, entries:
                    self._store(first, entries)

    def _store(self, first: int, entries: tuple[JournalEntry, ...]) -> None:
        """Write the entries, and retry until the file or the database has them."""
        last = first + len(entries) - 1
        frame: Frame | None = None
        while self._written().seq < last:
            frame = frame or spilled_entries.frame(first, entries, self._written())
            if self._try(self._file.append, frame):
                self._kept = last
                break
            if self._closing.wait(RETRY):
                return
        with suppress(RuntimeError):  # the loop is closed, and no task waits
            if self._loop:
                self._loop.call_soon_threadsafe(self._advance)

    def _try(self, write: Callable[..., None], *arguments: Frame) -> bool:
        """Return whether the file could be written; log the first of several errors."""
        try:
            write(*arguments)
        except OSError as error:
            why = error.strerror or str(error)
            if not self.problem:
                log.warning("journal: the spill file cannot be written: %s", why)
            self.problem = why
            return False
        self.problem = ""
        return True
