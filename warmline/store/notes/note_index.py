"""The index of the words in agents' notes: a file next to the database, which the worker process fills.

It is behind the commits by a few seconds, so that no call waits for it. The file is no record: it can be removed, and
is filled again. Privacy erasures delete the notes of a call from it.
"""

import os
import re
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import takewhile
from pathlib import Path
from threading import Event
from typing import NamedTuple

from warmline.store.database.database import StoreError
from warmline.store.database.database_fault import Fault, fault_of
from warmline.store.database.private_file import opened
from warmline.store.database.reading import ReadInterrupted, interrupt_in_time, reading, rows
from warmline.system.database_address import files_of, is_address

ENDING = "-notes"  # of the file's name, behind the name of the database
PAGE = 1000  # notes that are read and written in one step
MOST = 10_000  # calls that a search finds, the newest
WORDS = 20  # of a search
LATE = 60_000_000  # microseconds: younger notes may still change
WAIT = 5.0  # seconds for another program that writes the file
# `noted` has the call of each row of the full-text table. A row of its own makes a deletion quick. The index has each
# first letter like a word, because a search for a letter would otherwise join the notes of thousands of words.
SCHEMA = """
    CREATE VIRTUAL TABLE IF NOT EXISTS notes
        USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2', prefix = '1');
    CREATE TABLE IF NOT EXISTS noted (id INTEGER PRIMARY KEY, call TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS noted_call ON noted (call);
    CREATE TABLE IF NOT EXISTS filled (entry TEXT NOT NULL) STRICT;
"""
NEW = """
    SELECT id, call, notes, undo_until FROM disposition_entry WHERE id > :last AND at < :before ORDER BY id LIMIT :most
"""
FOUND = """
    SELECT noted.call FROM notes JOIN noted ON noted.id = notes.rowid WHERE notes MATCH ?
    ORDER BY notes.rowid DESC LIMIT ?
"""


class FilledIndex(NamedTuple):
    """The number of notes that an index got, and whether all notes are in it."""

    notes: int
    complete: bool


def place(path: str | Path) -> Path:
    """Return the path of the index of a database."""
    return Path(f"{files_of(path)}{ENDING}")


def fill(path: str | Path, now: int, stop: Event | None = None) -> FilledIndex:
    """Add the notes of a database that its index lacks. `now` is in microseconds UTC.

    The file is made if it is missing. After `stop` is set, it ends within a moment. Raises StoreError.
    """
    count = 0
    with _writing(path) as index:
        while not (stop and stop.is_set()):
            last = index.execute("SELECT ifnull(max(entry), '') FROM filled").fetchone()[0]
            with reading(path) as db:
                page = rows(db, NEW, last=last, before=now - LATE, most=PAGE)
            # An entry that the agent can take back is read when it counts, and those after it later.
            found = list(takewhile(lambda row: not row["undo_until"], page))
            if not found:
                return FilledIndex(count, True)
            with index:
                count += _add(index, ((row["call"], row["notes"]) for row in found if row["notes"].strip()))
                index.execute("DELETE FROM filled")
                index.execute("INSERT INTO filled VALUES (?)", [found[-1]["id"]])
    return FilledIndex(count, False)


def rebuild(path: str | Path, now: int) -> FilledIndex:
    """Make the index of a database again, and return it filled. Raises StoreError."""
    remove(path)
    return fill(path, now)


def remove(path: str | Path) -> None:
    """Remove the index, such as when its database is replaced. Raises StoreError."""
    try:
        for ending in ("", "-journal"):
            Path(f"{place(path)}{ending}").unlink(missing_ok=True)
    except OSError as error:
        raise _failed(path, error) from None


def erase(path: str | Path, calls: Iterable[str]) -> None:
    """Delete the notes of calls from the index, also from its file. Raises StoreError."""
    if not place(path).exists():
        return
    with _writing(path) as index, index:
        known = [rowid for call in calls for rowid in index.execute("SELECT id FROM noted WHERE call = ?", [call])]
        index.executemany("DELETE FROM notes WHERE rowid = ?", known)
        index.executemany("DELETE FROM noted WHERE id = ?", known)
        if known:  # a deleted note stays in the table's segments until these are merged
            index.execute("INSERT INTO notes (notes) VALUES ('optimize')")


def search(path: str | Path, text: str) -> list[str]:
    """Return the calls in whose notes all words of a text are, the newest first; at most 10,000.

    Each word may go on in the note: `deliver` finds `delivery`. Accents and case do not matter. Raises StoreError, also
    if nothing has filled the index yet, and ReadInterrupted after the time of `reading.within`.
    """
    words = re.findall(r"[^\W_]+", text)[:WORDS]  # as the index parts words
    if not words:
        return []
    if not place(path).exists():
        raise StoreError(
            "notes_not_indexed", "the notes of calls are not indexed yet; to do it now: warmline db index-notes"
        )
    wanted = " AND ".join(f'"{word}" *' for word in words)
    try:
        with closing(sqlite3.connect(f"{place(path).absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)) as index:
            interrupt_in_time(index)
            return list(dict.fromkeys(call for (call,) in index.execute(FOUND, [wanted, MOST])))
    except sqlite3.Error as error:
        if fault_of(error) is Fault.INTERRUPTED:
            raise ReadInterrupted("notes_search_long", "the search for {text!r} took too long", text=text) from None
        raise _failed(path, error) from None


def _add(index: sqlite3.Connection, notes: Iterator[tuple[str, str]]) -> int:
    count = 0
    for call, text in notes:
        rowid = index.execute("INSERT INTO noted (call) VALUES (?)", [call]).lastrowid
        index.execute("INSERT INTO notes (rowid, text) VALUES (?, ?)", [rowid, text])
        count += 1
    return count


@contextmanager
def _writing(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Open the index to write; whoever may read the database may read it, too. Raises StoreError."""
    try:
        if not place(path).exists():
            _make(path)
        with closing(sqlite3.connect(place(path), timeout=WAIT)) as index:
            index.execute("PRAGMA secure_delete = ON")  # an erased note does not stay in a free page
            index.executescript(SCHEMA)
            yield index
    except (OSError, sqlite3.Error) as error:
        raise _failed(path, error) from None


def _make(path: str | Path) -> None:
    known = None if is_address(path) else Path(path).stat()
    file = opened(place(path))
    try:
        if known is None:  # it is as open as the folder of the files
            os.fchmod(file, 0o640)
            return
        if known.st_gid != os.fstat(file).st_gid:
            os.fchown(file, -1, known.st_gid)
        os.fchmod(file, stat.S_IMODE(known.st_mode))
    finally:
        os.close(file)


def _failed(path: str | Path, error: Exception) -> StoreError:
    return StoreError(
        "notes_index_failed",
        "the index of notes {file} cannot be used: {why}; to make it again: warmline db index-notes",
        file=place(path),
        why=error,
    )
