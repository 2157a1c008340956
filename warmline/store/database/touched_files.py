"""Notices that a database may have changed, without a transaction: two looks at files cost a fiftieth of one."""

import time
from pathlib import Path

MOMENT = 100_000_000  # ns; a file system may give two writes in so short a time the same time

Mark = tuple[int, int, int, int]
"""Device, inode, size and the time of the last write in ns of a file; zeros for one that is not there."""


class TouchedFiles:
    """The files of one database, as they were at the last look. Use it from one thread at a time."""

    def __init__(self, path: str) -> None:
        self._has_files = type(path) is str  # otherwise it is the address of a server
        self._files = Path(path), Path(f"{path}-wal")
        self._seen: list[Mark] = []

    def may_have_changed(self) -> bool:
        """Return whether the database may have changed since the last look; always true for that of a server.

        Read it after a True: a change that comes after the look is found by the next one. After an error of the
        reading, call `forget`.
        """
        if not self._has_files:
            return True
        found = [_mark(one) for one in self._files]
        if found == self._seen:
            return False
        is_settled = found[0][1] and max(mark[-1] for mark in found) + MOMENT < time.time_ns()
        self._seen = found if is_settled else []
        return True

    def forget(self) -> None:
        """Let the next look say that the database may have changed."""
        self._seen = []


def _mark(file: Path) -> Mark:
    try:
        found = file.stat()
    except OSError:
        return 0, 0, 0, 0
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
