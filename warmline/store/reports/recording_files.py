"""The files of recordings, reached by what their rows say.

The rows are the app's, and `warmline privacy` and `audit` are often root's: whoever broke into the app could name any
file in them.
So only files in the folder of recordings count, and root looks at them with no more rights than the app has.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warmline.store.database.reading import Row

PIECE = 1 << 20  # bytes that are read at once


@dataclass(frozen=True, slots=True)
class RecordingFiles:
    """Those in `folder`, of the app whose database is `db`."""

    folder: str | Path
    db: str | Path

    def open(self, path: str) -> BinaryIO:
        """A file, to be read. Raises OSError; PermissionError if it is elsewhere."""
        with self._rights():
            return open(inside(self.folder, path), "rb", opener=_no_link)

    def size(self, path: str) -> int:
        """How many bytes a file has. Raises OSError; of root PermissionError if it is elsewhere."""
        if os.geteuid() != 0:
            return Path(path).stat().st_size
        with self._rights():
            os.lstat(path)  # also elsewhere: what is gone is gone
            return inside(self.folder, path).lstat().st_size

    def sha256(self, path: str) -> str:
        """The digest of a file's bytes. Raises as `size` does."""
        opened: BinaryIO = self.open(path) if os.geteuid() == 0 else open(path, "rb")  # noqa: SIM115 - closed below
        digest = hashlib.sha256()
        with opened as file:
            while some := file.read(PIECE):
                digest.update(some)
        return digest.hexdigest()

    def delete(self, recording: Row) -> bool:
        """Delete a recording's files; whether they are gone now."""
        try:
            for name in ("path", "converted_path"):
                if recording[name]:
                    self._unlink(recording[name])
        except (OSError, ValueError):
            return False
        return True

    def _unlink(self, path: str) -> None:
        with self._rights(), suppress(FileNotFoundError):
            os.lstat(path)  # also elsewhere: it may have been deleted by hand
            inside(self.folder, path).unlink()

    @contextmanager
    def _rights(self) -> Iterator[None]:
        """Of root, for a moment, only those of the user whose the database's folder is: as whom the app runs."""
        owner = Path(self.db).absolute().parent.stat()
        if os.geteuid() != 0 or owner.st_uid == 0:
            yield
            return
        groups, group = os.getgroups(), os.getegid()
        os.setgroups([])
        os.setegid(owner.st_gid)
        os.seteuid(owner.st_uid)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(group)
            os.setgroups(groups)


def inside(folder: str | Path, path: str) -> Path:
    """The file's place in the folder, past all links but the file itself. Raises PermissionError if it is elsewhere."""
    above, name = os.path.split(path)
    if "\0" not in path and name not in ("", ".", ".."):
        found = Path(os.path.realpath(above), name)
        if found.is_relative_to(os.path.realpath(folder)):
            return found
    raise PermissionError(errno.EACCES, f"it is not in {folder}", path)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
