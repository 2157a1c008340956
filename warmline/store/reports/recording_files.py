"""Opens and deletes the files of recordings by the paths in their rows.

The app writes these rows, and root often runs `warmline privacy` and `warmline audit`. An intruder in the app could put
the path of any file there. Therefore only files in the folder of recordings are used, and root accesses them with the
rights of the app.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warmline.store.database.reading import Row
from warmline.store.recordings.recording_places import Places, as_places
from warmline.system.database_address import folder_of

PIECE = 1 << 20  # bytes read in one step


@dataclass(frozen=True, slots=True)
class RecordingFiles:
    """The recordings at `places` of the app with the database `db`. Files of another server are asked for there."""

    places: Places
    db: str | Path

    def open(self, path: str) -> BinaryIO:
        """Open a file to read. Raises OSError, and PermissionError if the file is outside the folder."""
        if remote := as_places(self.places).remote(path):
            return remote[0].open(remote[1])
        with self._rights():
            return open(inside(self.places, path), "rb", opener=_no_link)

    def size(self, path: str) -> int:
        """Return the size of a file in bytes. Raises OSError; for root, PermissionError if it is outside the folder."""
        if remote := as_places(self.places).remote(path):
            return remote[0].piece(remote[1], 0, 0).size
        if os.geteuid() != 0:
            return Path(path).stat().st_size
        with self._rights():
            os.lstat(path)  # outside the folder, too: a missing file raises FileNotFoundError
            return inside(self.places, path).lstat().st_size

    def head(self, path: str, most: int) -> bytes:
        """Return the first bytes of a file. Raises the same errors as `size`."""
        if remote := as_places(self.places).remote(path):
            return remote[0].piece(remote[1], 0, most).data
        with self._opened(path) as file:
            return file.read(most)

    def _opened(self, path: str) -> BinaryIO:
        return self.open(path) if os.geteuid() == 0 else open(path, "rb")

    def sha256(self, path: str) -> str:
        """Return the SHA-256 of a file. Raises the same errors as `size`."""
        if remote := as_places(self.places).remote(path):
            return remote[0].sha256(remote[1])
        digest = hashlib.sha256()
        with self._opened(path) as file:
            while some := file.read(PIECE):
                digest.update(some)
        return digest.hexdigest()

    def delete(self, recording: Row) -> bool:
        """Delete a recording's files; return whether they no longer exist."""
        try:
            for name in ("path", "converted_path"):
                if recording[name]:
                    self._unlink(recording[name])
        except (OSError, ValueError):
            return False
        return True

    def _unlink(self, path: str) -> None:
        if remote := as_places(self.places).remote(path):
            remote[0].delete(remote[1])
            return
        with self._rights(), suppress(FileNotFoundError):
            os.lstat(path)  # outside the folder, too: an administrator may have deleted it
            inside(self.places, path).unlink()

    @contextmanager
    def _rights(self) -> Iterator[None]:
        """Reduce root's rights, within the block, to those of the app's user, who owns the database's folder."""
        owner = folder_of(self.db).absolute().stat()
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


def open_inside(places: Places, path: str) -> BinaryIO:
    """Open an ordinary file to read, with the rights of this process. Raises OSError, PermissionError as `inside`."""
    file = open(inside(places, path), "rb", opener=_no_link)  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise PermissionError(errno.EACCES, "the file is no ordinary file", path)
    return file


def inside(places: Places, path: str) -> Path:
    """Return the path of a file with links of folders resolved.

    Raises PermissionError if it is in no folder of `places`.
    """
    every = as_places(places).folders
    above, name = os.path.split(path)
    if "\0" not in path and name not in ("", ".", ".."):
        found = Path(os.path.realpath(above), name)
        if any(found.is_relative_to(os.path.realpath(folder)) for folder in every):
            return found
    raise PermissionError(errno.EACCES, f"the file is not in {' or '.join(map(str, every))}", path)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
