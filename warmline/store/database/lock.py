"""The lock file beside the database: only its holder may write the journal or change the schema."""

import fcntl
import os
import sqlite3
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from warmline.store.database.address import Address
from warmline.store.database.database import StoreError, unreadable
from warmline.store.database.private_file import opened

TRIES, PAUSE = 5, 0.01  # seconds between tries: is_held() of another process has the lock for some microseconds


class Held(Protocol):
    """A lock that is held until it is closed, or the process ends."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...


def is_held(database: str | Path) -> bool:
    """Return whether a process holds the database's lock, or may hold it because the file cannot be opened."""
    if isinstance(database, Address):
        from warmline.store.postgresql import app_lock  # loads psycopg, which only an address needs

        return app_lock.is_held(database)
    try:
        file = os.open(f"{database}.lock", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def hold(database: str | Path) -> Held:
    """Take the database's lock, and return its open file, or the connection to a server.

    The lock is held until that is closed or the process ends, even if the process is killed.

    Raises:
        StoreError: the lock file cannot be opened, or another process, which the text names, holds the lock.
    """
    if isinstance(database, Address):
        return _hold_at_server(database)
    path = f"{database}.lock"
    try:
        file = FileIO(opened(path), "r+")
    except OSError as error:
        raise StoreError(
            "lock_file_not_opened", "lock file {path} cannot be opened: {why}", path=path, why=error.strerror
        ) from None
    if not _is_taken(file):
        holder = file.read(20).decode(errors="replace")
        file.close()
        raise _in_use(database, holder) from None
    with suppress(OSError):  # on a full disk, the error of the next process shows no number
        file.truncate(0)
        file.write(str(os.getpid()).encode())
    return file


def _hold_at_server(address: Address) -> Held:
    from warmline.store.postgresql import app_lock  # loads psycopg, which only an address needs

    try:
        held, holder = app_lock.hold(address)
    except sqlite3.Error as error:
        raise unreadable(address, error) from error
    if held is None:
        raise _in_use(address, holder)
    return held


def _in_use(database: str | Path, holder: str) -> StoreError:
    return StoreError(
        "database_in_use",
        "database {path} is in use by process {process}; stop that process first",
        path=database,
        process=holder or "?",
    )


def _is_taken(file: FileIO) -> bool:
    """Take the lock of an open file, and return whether that was possible."""
    for _ in range(TRIES):
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(PAUSE)
    return False
