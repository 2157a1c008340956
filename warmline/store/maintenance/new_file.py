"""Writes a new file beside its place, and gives it its name only when it is complete and on disk."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warmline.store.database.database import StoreError
from warmline.store.database.private_file import opened


@contextmanager
def new_file(copy: Path) -> Iterator[Path]:
    """Yield the path of an empty file, which only its owner can read; after the block, it gets the name `copy`.

    If the block raises, there is no copy. Raises StoreError, also if `copy` exists.
    """
    beside = copy.with_name(copy.name + ".partial")
    try:
        if copy.exists():
            raise StoreError("copy_exists", "{file} exists; choose another name", file=copy)
        beside.unlink(missing_ok=True)
        os.close(opened(beside))
        yield beside
        to_disk(beside)
        beside.rename(copy)
        to_disk(copy.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreError("copy_not_written", "{file} cannot be written: {why}", file=copy, why=reason(error)) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Wait until a file or folder is on disk. Raises OSError."""
    opened_path = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened_path)
    finally:
        os.close(opened_path)


def reason(error: Exception) -> str:
    """Return the error in words, without the file's name."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
