"""Whether the files of an open database are still those at its path.

SQLite writes on into a file that another program has deleted, moved away or replaced, and reports nothing.
"""

import os
import struct
from pathlib import Path

MARK_PLACE, MARK_SIZE = 60, 4  # the user version in the header of a database file

Identity = tuple[int, int]  # device and inode


class OpenFiles:
    """The file of a database that a connection of this process has open, and its write-ahead log.

    Make it when that connection has read, so that the log exists. Close it after the connection: closing any descriptor
    of the file ends this process's locks of it.
    """

    def __init__(self, path: str | Path) -> None:
        """Raises OSError."""
        self._named = Path(path)
        self._path = self._named.resolve()  # SQLite keeps the log next to the file itself, not next to a link to it
        self._file = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        found = os.fstat(self._file)
        self._database: Identity = found.st_dev, found.st_ino
        self._log_path = self._path.with_name(f"{self._path.name}-wal")
        self._log = _identity(self._log_path)  # None unless the database has a write-ahead log
        self._mark = _mark_of(self._file)

    @property
    def mark(self) -> int:
        """Return the number of the last test write that the file itself has, without the log; 0 for none."""
        return self._mark

    def fault(self) -> str:
        """Return what happened to the files; "" if they are those that are open, or the disk does not say."""
        try:
            found, log = self._named.stat(), self._log_path.stat() if self._log else None
            mark = _mark_of(self._file)
        except FileNotFoundError:
            return self._missing()
        except OSError:
            return ""
        if (found.st_dev, found.st_ino) != self._database:
            return f"{self._path} was replaced by another file while it was in use"
        if log and (log.st_dev, log.st_ino) != self._log:
            return f"{self._log_path} was replaced by another file while it was in use"
        if mark < self._mark:
            return f"{self._path} was overwritten by an older copy while it was in use"
        self._mark = mark
        return ""

    def _missing(self) -> str:
        if os.fstat(self._file).st_nlink == 0:
            return f"{self._path} was deleted while it was in use"
        gone = self._log_path if self._named.exists() else self._path
        return f"{gone} was deleted or moved away while it was in use"

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def _mark_of(file: int) -> int:
    found = os.pread(file, MARK_SIZE, MARK_PLACE)
    return int(struct.unpack(">i", found)[0]) if len(found) == MARK_SIZE else 0


def _identity(path: Path) -> Identity | None:
    """Return which file is at a path; None if there is none. Raises OSError."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
