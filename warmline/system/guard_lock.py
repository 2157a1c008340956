"""Whether a guard runs: it holds a shared lock on the settings file that it has read, however it may end."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mark(file: Path) -> Iterator[None]:
    """While in here, a guard runs with this file's settings. Without a file, all of them are in the environment."""
    try:
        handle = os.open(file, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def is_guarded(file: Path) -> bool:
    """Whether a guard runs that has read this file: not another one that was here before. Raises OSError."""
    handle = os.open(file, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
