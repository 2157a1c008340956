"""Puts a copy in the place of the database. If that fails, even on a full disk, the former database is as it was."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.database_fault import Fault
from warmline.store.database.private_file import opened
from warmline.store.maintenance.new_file import reason
from warmline.system.whole_file import to_disk, way_out

BESIDE = ("-wal", "-shm")  # endings of the files that SQLite keeps next to a database


def replace(path: Path, copy: str | Path, keep: Path | None, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Replace the database with a copy; keep the former file and its log of writes in `keep`.

    `fill` writes the copy into an open database, in one transaction. Raises StoreError; then the database was not
    changed, and no new file remains.
    """
    new = [] if path.exists() else _with_logs(path)
    try:
        if keep:
            new += _with_logs(keep)
            _keep(path, keep)
        _put_in_place(path, copy, fill)
    except (OSError, sqlite3.Error, StoreError) as error:
        for file in new:
            with suppress(OSError):
                file.unlink(missing_ok=True)
        cause = error.__context__ if isinstance(error, StoreError) else error
        if not isinstance(cause, OSError | sqlite3.Error):
            raise
        raise StoreError(
            "restore_failed",
            "database {path} cannot be restored: {why}; the database was not changed{hint}",
            path=path,
            why=reason(cause),
            hint=way_out(cause, path),
        ) from None
    to_disk(path.absolute().parent)


def _with_logs(path: Path) -> list[Path]:
    """Return the files of a database."""
    return [path.with_name(path.name + ending) for ending in ("", *BESIDE)]


def _keep(path: Path, keep: Path) -> None:
    """Copy the file and its write-ahead log to `keep`, so that they are on disk."""
    for ending in ("", "-wal"):
        part = path.with_name(path.name + ending)
        if part.exists():
            os.close(opened(kept := keep.with_name(keep.name + ending)))
            shutil.copyfile(part, kept)
            to_disk(kept)
    to_disk(keep.absolute().parent)


def _put_in_place(path: Path, copy: str | Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    try:
        target = database.create(path)
    except StoreError as error:
        if error.fault is not Fault.DAMAGED:  # other faults, such as a full disk, say nothing about the file
            raise
        _replace(path, copy)
        return
    with closing(target):
        try:
            fill(target)
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # gives back the space of what was not committed
            raise
        with suppress(sqlite3.Error):  # it is in effect already, unless the database was new
            target.execute("PRAGMA journal_mode=WAL")


def _replace(path: Path, copy: str | Path) -> None:
    """Replace a file that is not a database."""
    beside = path.with_name(path.name + ".partial")
    try:
        os.close(opened(beside))
        shutil.copyfile(copy, beside)
        shutil.copymode(path, beside)
        to_disk(beside)
        for ending in BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
