"""The key of signed links to recordings: a file beside the database, which only the process of the calls reads."""

import fcntl
import os
import secrets
from functools import cache
from pathlib import Path

from warmline.store.database import private_file

ENDING = "-link-key"  # of the file's name, behind the name of the database
SIZE = 32  # bytes


@cache
def of(path: str | Path) -> bytes:
    """Return the key of a database. Its file is made at the first use, and has mode 0600. Raises OSError."""
    with os.fdopen(private_file.opened(f"{path}{ENDING}"), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if len(key := file.read()) < SIZE:
            key = secrets.token_bytes(SIZE)
            file.seek(0)
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return key


def remove(path: str | Path) -> None:
    """End all links: a database that replaces another one does not know which were revoked. Raises OSError."""
    Path(f"{path}{ENDING}").unlink(missing_ok=True)
    of.cache_clear()
