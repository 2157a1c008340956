"""The memory of the journal's writer of its rows, with which it finds out whether the database still has them.

A database can lose confirmed rows: another program deletes or replaces its files, or a server forgets its last commits.
A server gets the rows again if all of them are in memory. Otherwise the history is lost: nothing more is written there.
"""

import logging
import sqlite3
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from warmline.store.database.database import StoreError, unreadable
from warmline.store.database.database_fault import Fault, fault_of
from warmline.store.database.open_files import OpenFiles
from warmline.store.journal import noted_heads
from warmline.store.journal.journal_entry import ChainHead, JournalEntry, head
from warmline.store.journal.noted_heads import ChainGap, Head, HeadsFile, Noted
from warmline.system.database_address import is_address

KEPT_SECONDS = 60.0  # for which written entries stay in memory, in case that a server forgets them
MAX_KEPT = 20_000  # entries in memory
LOOK_AT_ALL = 2**31 - 1  # no file has this mark
WAY_OUT = "stop all of Warmline, bring the right database back, and start Warmline; then see: warmline audit verify"

log = logging.getLogger("warmline.store.journal")


class HistoryLostError(sqlite3.OperationalError):
    """Nothing may be written, because the database does not have what this process wrote."""

    sqlite_errorcode = sqlite3.SQLITE_IOERR  # entries wait for the next start


class WrittenHistory:
    """The memory of one process. The thread of the writer calls all methods."""

    def __init__(self, database: str | Path, connection: sqlite3.Connection, last: ChainHead) -> None:
        """Compare the database, whose last row is `last`, with what is noted next to it; log and note what is missing.

        Raises:
            StoreError: rows are missing, and the file is damaged.
            sqlite3.Error: the database cannot be read.
        """
        self.lost = ""  # why nothing may be written; "" while every row is there
        self._database = database
        self._kept: deque[tuple[float, ChainHead, tuple[JournalEntry, ...]]] = deque()  # with the row before them
        self._entries = 0  # in `_kept`
        self._last = last
        try:
            self._files = None if is_address(database) else OpenFiles(database)
        except OSError as error:
            raise unreadable(database, error.strerror) from None
        noted = self._noted()
        gaps = noted_heads.gaps_in(connection, noted.heads, _now(), "start") if noted else []
        if noted and self._files and (gaps or self._files.mark < noted.heads.mark):
            _must_be_whole(database, connection)
        self._heads = HeadsFile(database, noted_heads.heads_of(connection, self._mark), noted.gaps if noted else ())
        self._found(gaps)

    def _noted(self) -> Noted | None:
        try:
            return noted_heads.read(self._database)
        except StoreError as error:
            log.error("journal: whether rows are missing is not known: %s", error)
            return None

    @property
    def _mark(self) -> int:
        return self._files.mark if self._files else 0

    def check_files(self) -> None:
        """Find out whether the database's files are those that are open; set `lost` if not."""
        if self._files and not self.lost and (fault := self._files.fault()):
            self.lose(fault)

    def failed(self, error: Exception) -> None:
        """Find out whether an attempt to write failed because of lost rows."""
        self.check_files()
        if fault_of(error) is Fault.DAMAGED and not self.lost:
            self.lose(f"{self._database}: {error}")

    def lose(self, why: str) -> None:
        """Let nothing more be written, and let the next start look at the whole file."""
        self.lost = f"{why}; {WAY_OUT}"
        self._heads.note(mark=LOOK_AT_ALL)
        self._heads.sync()
        log.error("journal: nothing more is written, and nothing is confirmed: %s", self.lost)

    def wrote(self, last: ChainHead, entries: Sequence[JournalEntry]) -> None:
        """Note that these entries are in the database, whose last row is `last`; set `lost` if the files are gone."""
        self.check_files()
        if self.lost:
            return
        if entries and not self._files:
            self._keep(entries)
        self._last = last
        self._heads.note(journal=Head(last.seq, last.hash), mark=self._mark)

    def _keep(self, entries: Sequence[JournalEntry]) -> None:
        now = time.monotonic()
        self._kept.append((now, self._last, tuple(entries)))
        self._entries += len(entries)
        while self._kept[0][0] < now - KEPT_SECONDS or self._entries > MAX_KEPT:
            self._entries -= len(self._kept.popleft()[2])

    def forgotten(self, connection: sqlite3.Connection) -> tuple[ChainHead, list[JournalEntry]] | None:
        """Return the entries that a server has forgotten, and the row before them; None if it has all.

        If it has another history, or a file has rows of another program, or not all entries are in memory, set `lost`.
        Raises sqlite3.Error.
        """
        self._compare_configuration(connection)
        found = head(connection)
        if found.seq >= self._last.seq:
            if self._last.seq and noted_heads.hash_of(connection, "journal", self._last.seq) != self._last.hash:
                self.lose(f"row {self._last.seq} of {self._database} is not the one that this app wrote")
            elif self._files and found.seq > self._last.seq:
                self.lose(f"another program writes the journal of {self._database}, up to row {found.seq}")
            return None
        missing: list[JournalEntry] = []
        for _, before, entries in reversed(self._kept):
            missing[:0] = entries
            if before == found:
                return found, missing
        self.lose(f"{self._database} ends with row {found.seq}, and this app wrote rows up to {self._last.seq}")
        return None

    def _compare_configuration(self, connection: sqlite3.Connection) -> None:
        """Note the last row of the configuration's history, and what is missing there. Raises sqlite3.Error."""
        found = noted_heads.gaps_in(connection, self._heads.heads, _now(), "running")
        self._found([gap for gap in found if gap.chain == "config_journal"])
        self._heads.note(config_journal=noted_heads.last_of(connection, "config_journal"))
        self._heads.sync()

    def _found(self, gaps: list[ChainGap]) -> None:
        for gap in gaps:
            log.error("journal: %s of %s: %s; see: warmline audit verify", gap.chain, self._database, gap.text())
        if gaps:
            self._heads.add(gaps)

    def close(self, connection: sqlite3.Connection) -> None:
        """Note the last rows, and close the files and the connection."""
        if not self.lost:
            with suppress(sqlite3.Error):
                self._heads.note(config_journal=noted_heads.last_of(connection, "config_journal"))
        self._heads.sync()
        self._heads.close()
        connection.close()
        if self._files:
            self._files.close()


def _must_be_whole(database: str | Path, connection: sqlite3.Connection) -> None:
    """Raise StoreError if a file is damaged from which rows are missing. A large one takes minutes."""
    [found] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise StoreError(
            "database_replaced",
            "database {path} is damaged, because its files were replaced or deleted: {why}; "
            "stop all of Warmline, and bring a backup back: warmline db restore FILE",
            path=database,
            why=found,
        )


def _now() -> int:
    return time.time_ns() // 1000
