"""Writes a new file next to its place, and gives it its name only when it is complete and on disk."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from warmline.store.database.database import StoreError
from warmline.store.database.private_file import opened
from warmline.system.whole_file import to_disk, way_out


@contextmanager
def new_file(copy: Path) -> Iterator[Path]:
    """Yield the path of an empty file, which only its owner can read; after the block, it gets the name `copy`.

    If the block raises, there is no copy. Raises StoreError, also if `copy` exists.
    """
    beside = copy.with_name(copy.name + ".partial")
    try:
        must_be_new(copy)
        _remove(beside)
        os.close(opened(beside))
        yield beside
        to_disk(beside)
        beside.rename(copy)
        try:
            to_disk(copy.parent)
        except OSError:
            copy.unlink()
            raise
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            "copy_not_written",
            "{file} cannot be written: {why}{hint}",
            file=copy,
            why=reason(error),
            hint=way_out(error, copy),
        ) from None
    finally:
        with suppress(OSError):
            _remove(beside)


def must_be_new(copy: Path) -> None:
    """Raise StoreError if a file exists."""
    if copy.exists():
        raise StoreError("copy_exists", "{file} exists; choose another name", file=copy)


def _remove(beside: Path) -> None:
    """Remove an unfinished copy, with the files of SQLite that would be applied to the next one."""
    for ending in ("", "-journal", "-wal", "-shm"):
        beside.with_name(beside.name + ending).unlink(missing_ok=True)


def reason(error: Exception) -> str:
    """Return the error in words, without the file's name."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def unused(name: str) -> Path:
    """Return this name as a path, with a number behind it if files with the name exist."""
    paths = (Path(f"{name}-{number}" if number else name) for number in count())
    return next(path for path in paths if not path.exists())
