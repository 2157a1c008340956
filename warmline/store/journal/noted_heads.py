"""The last rows of both hash chains, noted in a file next to the database: a shorter or another history is then seen.

The call process notes the journal's last row after each commit, and that of the configuration every few seconds. So the
file may be older than the database. If it names a row that the database does not have, rows are missing. The file also
keeps each such finding, because the next rows hide it.
"""

import errno
import os
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct

from warmline.store.database.database import StoreError
from warmline.store.database.private_file import opened
from warmline.store.database.reading import reading
from warmline.store.journal import hash_chain
from warmline.system.database_address import files_of

SIZE = 512  # bytes of the heads: one sector, so that a loss of power leaves the former ones or the new ones
MAX_GAPS = 50  # kept findings
SINCE = {"start": "since the start at ", "running": "since ", "restore": "since `db restore` at ", "now": "at "}
CHAINS = ("journal", "config_journal")
LAST = "SELECT seq, hash FROM {} ORDER BY seq DESC LIMIT 1"
HASH = "SELECT hash FROM {} WHERE seq = ?"

Cause = Literal["start", "running", "restore", "now"]


Number = Annotated[int, Meta(ge=0, le=(1 << 63) - 1)]  # what a database can hold
At = Annotated[int, Meta(ge=0, le=1 << 57)]  # microseconds that a calendar has


class Head(NamedTuple):
    """The number and the hash of a row."""

    seq: Number = 0
    hash: str = hash_chain.START


class Heads(Struct, frozen=True):
    """The last rows of both chains, and the `mark` of the database's file (see open_files.py)."""

    journal: Head = Head()
    config_journal: Head = Head()
    mark: int = 0


class ChainGap(Struct, frozen=True):
    """A noted row that a database did not have at `at` (microseconds UTC); `last` was its last row then.

    `cause`: a start or the running app found it, `db restore` made it, or it is so now.
    """

    at: At
    cause: Cause
    chain: str
    noted: Head
    last: Head

    def text(self) -> str:
        """Return the finding in words."""
        since = SINCE[self.cause] + datetime.fromtimestamp(self.at / 1e6, UTC).isoformat(" ", "seconds")
        if self.last.seq < self.noted.seq:
            return f"rows {self.last.seq + 1} to {self.noted.seq} were there before, and are missing {since}"
        return f"row {self.noted.seq} was another one before: the history was replaced {since}"


class Noted(NamedTuple):
    """The content of the file."""

    heads: Heads
    gaps: tuple[ChainGap, ...] = ()


def path_of(database: str | Path) -> Path:
    """Return the path of the file of a database."""
    return Path(f"{files_of(database)}-heads")


def read(database: str | Path) -> Noted | None:
    """Return what is noted; None if nothing is. Raises StoreError if the file cannot be read."""
    path = path_of(database)
    try:
        while (data := path.read_bytes()) != path.read_bytes():
            pass  # the call process is writing it
        return _decoded(data)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise StoreError("heads_not_read", "{path} cannot be read: {why}", path=path, why=why) from None


def look(database: str | Path) -> list[ChainGap]:
    """Return the kept findings, and which noted rows are missing now. Raises StoreError.

    The file is read before the database, which gets rows first.
    """
    if (noted := read(database)) is None:
        return []
    with reading(database) as connection:
        return [*noted.gaps, *gaps_in(connection, noted.heads, time.time_ns() // 1000, "now")]


def heads_of(connection: sqlite3.Connection, mark: int = 0) -> Heads:
    """Return the last rows of an open database. Raises sqlite3.Error."""
    return Heads(last_of(connection, "journal"), last_of(connection, "config_journal"), mark)


def gaps_in(connection: sqlite3.Connection, heads: Heads, at: int, cause: Cause) -> list[ChainGap]:
    """Return which noted rows an open database does not have. Raises sqlite3.Error."""
    found = []
    for chain in CHAINS:
        noted: Head = getattr(heads, chain)
        if noted.seq and hash_of(connection, chain, noted.seq) != noted.hash:
            found.append(ChainGap(at, cause, chain, noted, last_of(connection, chain)))
    return found


class HeadsFile:
    """The file, open to be written. One thread uses it; an error of the disk is kept in `problem`."""

    def __init__(self, database: str | Path, heads: Heads, gaps: Sequence[ChainGap] = ()) -> None:
        """Write the file. `heads` are what is noted last, and `gaps` the findings so far."""
        self._path = path_of(database)
        self.heads = heads
        self._gaps = tuple(gaps)
        self._file = -1
        self.problem = ""  # why the file cannot be written
        self.rewrite()

    def note(self, **changed: Head | int) -> None:
        """Note these fields of the last rows. They are on disk after `sync`; a kill of the program leaves them."""
        self.heads = msgspec.structs.replace(self.heads, **changed)
        try:
            os.pwrite(self._file, msgspec.json.encode(self.heads).ljust(SIZE), 0)
        except OSError as error:
            self.problem = error.strerror or str(error)

    def add(self, gaps: Sequence[ChainGap]) -> None:
        """Keep further findings."""
        self._gaps = (*self._gaps, *gaps)[-MAX_GAPS:]
        self.rewrite()

    def sync(self) -> None:
        """Wait until the file is on disk; write it again if it is no longer at its path."""
        try:
            if self._path.stat().st_ino != os.fstat(self._file).st_ino:
                raise FileNotFoundError
            os.fdatasync(self._file)
            self.problem = ""
        except OSError:
            self.rewrite()

    def rewrite(self) -> None:
        """Replace the file by a new one with all that is noted."""
        self.close()
        beside = self._path.with_name(f"{self._path.name}.new")
        try:
            beside.unlink(missing_ok=True)
            self._file = opened(beside)
            data = msgspec.json.encode(self.heads).ljust(SIZE) + msgspec.json.encode(self._gaps)
            if os.write(self._file, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file)
            beside.replace(self._path)
            self.problem = ""
        except OSError as error:
            self.problem = error.strerror or str(error)

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _decoded(data: bytes) -> Noted:
    gaps = msgspec.json.decode(data[SIZE:], type=tuple[ChainGap, ...])
    return Noted(msgspec.json.decode(data[:SIZE], type=Heads), gaps)


def last_of(connection: sqlite3.Connection, chain: str) -> Head:
    """Return the last row of a chain. Raises sqlite3.Error."""
    found = connection.execute(LAST.format(chain)).fetchone()
    return Head(*found) if found else Head()


def hash_of(connection: sqlite3.Connection, chain: str, seq: int) -> str | None:
    found = connection.execute(HASH.format(chain), (seq,)).fetchone()
    return str(found[0]) if found else None
