"""The key of signed links to recordings: a file next to the database, which only the process of the calls reads."""

import fcntl
import os
import secrets
from functools import cache
from pathlib import Path

from warmline.store.database import private_file
from warmline.system.database_address import files_of

ENDING = "-link-key"  # of the file's name, behind the name of the database
SIZE = 32  # bytes


def file(path: str | Path) -> Path:
    """Return the file with the key of a database."""
    return Path(f"{files_of(path)}{ENDING}")


@cache
def of(path: str | Path) -> bytes:
    """Return the key of a database. Its file is made at the first use, and has mode 0600. Raises OSError."""
    with os.fdopen(private_file.opened(str(file(path))), "r+b") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        if len(key := kept.read()) < SIZE:
            key = secrets.token_bytes(SIZE)
            kept.seek(0)
            kept.write(key)
            kept.flush()
            os.fsync(kept.fileno())
        return key


def remove(path: str | Path) -> None:
    """End all links: a database that replaces another one does not know which were revoked. Raises OSError."""
    file(path).unlink(missing_ok=True)
    of.cache_clear()
