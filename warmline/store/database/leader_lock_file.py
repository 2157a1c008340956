"""The lock file next to the database: only its holder may write the journal or change the schema."""

import fcntl
import os
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from warmline.store.database.database import StoreError
from warmline.store.database.private_file import opened
from warmline.system.database_address import DatabaseAddress
from warmline.system.settings import may_not

TRIES, PAUSE = 5, 0.01  # seconds between tries: is_held() of another process has the lock for some microseconds


if TYPE_CHECKING:
    from warmline.store.database.lease_renewal import HeldLease


def is_held(database: str | Path) -> bool:
    """Return whether a process holds the lock of a database in a file. Raises StoreError if that cannot be seen."""
    path = f"{database}.lock"
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _not_opened(path, error) from None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as error:
        raise _not_opened(path, error) from None
    finally:
        os.close(file)
    return False


def lead(database: str | Path) -> "FileIO | HeldLease":
    """Take the lock of a file, or the lease of a server, until the process ends. Raises StoreError."""
    if isinstance(database, DatabaseAddress):
        from warmline.store.database.lease_renewal import HeldLease

        return HeldLease(database)
    return hold(database)


def hold(database: str | Path) -> FileIO:
    """Take the database's lock, and return its open file.

    The lock is held until the file is closed or the process ends, even if the process is killed.

    Raises:
        StoreError: the lock file cannot be opened, or another process, which the text names, holds the lock.
    """
    path = f"{database}.lock"
    try:
        file = FileIO(opened(path), "r+")
    except OSError as error:
        raise _not_opened(path, error) from None
    if not _is_taken(file):
        holder = file.read(20).decode(errors="replace")
        file.close()
        raise StoreError(
            "database_in_use",
            "database {path} is in use by process {process}; stop that process first",
            path=database,
            process=holder or "?",
        ) from None
    with suppress(OSError):  # on a full disk, the error of the next process shows no number
        file.truncate(0)
        file.write(str(os.getpid()).encode())
    return file


def _is_taken(file: FileIO) -> bool:
    """Take the lock of an open file, and return whether that was possible."""
    for _ in range(TRIES):
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(PAUSE)
    return False


def _not_opened(path: str, error: OSError) -> StoreError:
    way_out = f"; {may_not()}" if isinstance(error, PermissionError) else ""
    return StoreError(
        "lock_file_not_opened",
        "lock file {path} cannot be opened, so it is unknown whether the database is in use: {why}{way_out}",
        path=path,
        why=error.strerror,
        way_out=way_out,
    )
