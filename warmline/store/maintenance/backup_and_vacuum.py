"""Backs up, checks and shrinks the database file; database_restore.py brings a copy back."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from warmline.store.database import database
from warmline.store.database.database import FINGERPRINT, SCHEMA_VERSION, StoreError
from warmline.store.database.leader_lock_file import hold
from warmline.store.maintenance import schema_check, server_database
from warmline.store.maintenance.new_file import new_file, reason
from warmline.store.postgresql.server_mark import OfServer
from warmline.system.whole_file import way_out

CURRENT = (SCHEMA_VERSION, FINGERPRINT)
PAGES = 2000  # pages copied between two reports of progress, 8 MB
FINDINGS = 100  # faults of a damaged file that are listed

Progress = Callable[[int, int], None]  # pages left, all pages


class DatabaseSize(NamedTuple):
    """The size of the database file in bytes."""

    before: int
    after: int


def backup(path: str | Path, copy: str | Path, say: Progress | None = None) -> int:
    """Copy the database as it is now, even while other programs write to it; return the size of the copy in bytes.

    The database may be one of another Warmline. The copy is checked and on disk before it gets its name. Raises
    StoreError; then there is no copy.
    """
    server_database.refuse(path, "backed up", server_database.BACK_UP)
    with new_file(Path(copy)) as beside:
        with closing(database.connect(path, any_schema=True)) as source:
            _copy(source, beside, say)
        must_be_whole(beside)
    return Path(copy).stat().st_size


def check(path: str | Path, *, quick: bool = False) -> list[str]:
    """Return the faults in the file's structure and its differences from schema.sql. Raises StoreError.

    `hash_chain.verify` checks the journals. `quick` leaves out the checks of indexes and references, which take minutes
    for a large file.
    """
    with closing(database.connect(path)) as connection:
        try:
            if isinstance(connection, OfServer):
                return list(server_database.differences(connection))
            faults = _faults(connection, quick=quick)
            return faults or list(schema_check.differences(connection, SCHEMA_VERSION))
        except sqlite3.Error as error:
            return [str(error)]


def vacuum(path: str | Path) -> DatabaseSize:
    """Shrink the file to the size of its contents. The app must not be running. Raises StoreError."""
    server_database.refuse(path, "made smaller", server_database.SHRINK)
    with hold(path), closing(database.connect(path)) as connection:
        before = _bytes(connection)
        try:
            connection.execute("VACUUM")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # gives back the space of what was not committed
            raise StoreError(
                "vacuum_failed",
                "database {path} cannot be made smaller: {why}; the database was not changed{hint}",
                path=path,
                why=error,
                hint=way_out(error, path),
            ) from None
        with suppress(
            sqlite3.Error
        ):  # the smaller database is whole in the log of writes, and a later checkpoint copies it
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return DatabaseSize(before, _bytes(connection))


def _copy(source: sqlite3.Connection, target: Path, say: Progress | None) -> None:
    """Copy within one read transaction; otherwise every write of another program would restart the copy."""
    with closing(sqlite3.connect(target)) as written:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        source.backup(written, pages=PAGES, progress=progress(say))
        written.execute("PRAGMA journal_mode=DELETE")  # a copy is one file


def progress(say: Progress | None) -> Callable[[int, int, int], object]:
    """Return what SQLite calls after each part of a copy."""
    return lambda _status, left, pages: say and say(left, pages)


def must_be_whole(copy: str | Path, *, unchanged: bool = False) -> tuple[int, str]:
    """Return the version and the fingerprint of a copy's schema.

    Raises StoreError if the file is not a database or is damaged, and, with `unchanged`, if its schema was altered. A
    schema of a commit between releases is not known here. No program uses it before `migrate`, which drops triggers and
    views that are not Warmline's.
    """
    strange: list[str] = []
    try:
        _must_be_file(copy)  # SQLite does not report a missing permission
        with closing(read_only(copy)) as connection:
            connection.execute("SELECT value FROM meta LIMIT 0")
            found = database.schema_of(connection)
            faults = _faults(connection)
            if unchanged and found == CURRENT and not faults:
                strange = list(schema_check.differences(connection, found[0]))
    except FileNotFoundError:
        raise StoreError("copy_missing", "file {file} does not exist", file=copy) from None
    except OSError as error:
        raise StoreError("copy_unreadable", "{file} cannot be read: {why}", file=copy, why=reason(error)) from None
    except sqlite3.Error as error:
        raise StoreError(
            "copy_no_database", "{file} is not a database of Warmline: {why}", file=copy, why=error
        ) from None
    if faults or not found[0]:
        raise StoreError(
            "copy_damaged", "{file} is damaged: {why}", file=copy, why=faults[0] if faults else "it has no version"
        )
    if strange:
        raise StoreError(
            "copy_altered",
            "{file} differs from what Warmline writes: {why}; use a copy that was not altered",
            file=copy,
            why=strange[0],
        )
    return found


def _must_be_file(copy: str | Path) -> None:
    """Raise StoreError for a pipe, which would block, a device or a folder; or OSError if the file cannot be read."""
    number = os.open(copy, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise StoreError(
                "copy_not_a_file", "{file} is a pipe, device or folder; allowed: a regular file", file=copy
            )
    finally:
        os.close(number)


def _faults(connection: sqlite3.Connection, *, quick: bool = False) -> list[str]:
    pragma = "quick_check" if quick else "integrity_check"
    told = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}({FINDINGS})")]
    if quick:
        return [text for text in told if text != "ok"]
    torn = [
        f"a row of {table} names a row of {parent} that does not exist"
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(FINDINGS)
    ]
    return [text for text in told if text != "ok"] + torn


def read_only(path: str | Path) -> sqlite3.Connection:
    """Open a file without a change to it. Raises sqlite3.Error."""
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _bytes(connection: sqlite3.Connection) -> int:
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size)
