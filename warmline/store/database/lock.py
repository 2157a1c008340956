"""The lock file beside the database: only its holder may write the journal or change the schema."""

import fcntl
import os
from contextlib import suppress
from io import FileIO
from pathlib import Path

from warmline.store.database.database import StoreError
from warmline.store.database.private_file import opened


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
        raise StoreError(
            "lock_file_not_opened", "lock file {path} cannot be opened: {why}", path=path, why=error.strerror
        ) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
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
