"""Detects a running guard by its shared lock on the settings file; the kernel releases the lock when it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mark(file: Path) -> Iterator[None]:
    """Hold the lock of a guard within the block. Without a file, all settings are in the environment."""
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
    """Return whether a guard runs that read this file, and not a former file at this path. Raises OSError."""
    handle = os.open(file, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
