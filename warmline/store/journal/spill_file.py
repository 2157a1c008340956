"""The spill file: journal entries that the database could not take in time, stored beside it until it has them.

The call process alone writes the file, in frames. Each frame is on disk (fdatasync) before a command in it is
confirmed. The file's space is reserved beforehand, so that a full disk can still take the first RESERVED bytes. Once
the database has all entries, the used bytes are overwritten with zeros.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from warmline.store.database.private_file import opened
from warmline.system.database_address import files_of

RESERVED = 2 * 1024 * 1024  # bytes; about 3,000 turns
LARGEST = 64 * 1024 * 1024  # bytes; with more, commands wait for the database
SECTOR = 512  # bytes; each frame starts at a multiple, so that a torn write harms no earlier frame

_HEADER = struct.Struct(">4sQII")  # MAGIC, number of the first entry, length and checksum of the body
_MAGIC = b"wls1"


def path_of(database: str | Path) -> Path:
    """Return the path of a database's spill file."""
    return Path(f"{files_of(database)}-spill")


class Storage(Protocol):
    """The bytes of a spill file. All methods raise OSError."""

    def reserve(self, size: int) -> None:
        """Reserve the space of the first `size` bytes."""

    def read(self) -> bytes:
        """Return all bytes."""

    def write(self, offset: int, data: bytes) -> None:
        """Write all of the data."""

    def sync(self) -> None:
        """Wait until all written data is on disk."""

    def shorten(self, size: int) -> None:
        """Cut off the bytes after `size`."""


class StoredFile:
    """The storage of a file of mode 0600; the file is created at the first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = -1

    def _opened(self) -> int:
        if self._file < 0:
            new = not self.path.exists()
            self._file = opened(self.path)
            if new:
                _sync_folder(self.path.parent)
        return self._file

    def reserve(self, size: int) -> None:
        """Reserve the space of the first `size` bytes. Raises OSError."""
        if os.fstat(self._opened()).st_size < size:
            os.posix_fallocate(self._file, 0, size)

    def read(self) -> bytes:
        """Return all bytes. Raises OSError."""
        return os.pread(self._opened(), os.fstat(self._opened()).st_size, 0)

    def write(self, offset: int, data: bytes) -> None:
        """Write all of the data. Raises OSError."""
        while data:
            count = os.pwrite(self._opened(), data, offset)
            offset, data = offset + count, data[count:]

    def sync(self) -> None:
        """Wait until all written data is on disk. Raises OSError."""
        os.fdatasync(self._opened())

    def shorten(self, size: int) -> None:
        """Cut off the bytes after `size`. Raises OSError."""
        if os.fstat(self._opened()).st_size > size:
            os.ftruncate(self._file, size)

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class Frame(NamedTuple):
    """Entries of the journal: the number that the first one has there, and their text as spilled_entries writes it."""

    first: int
    body: bytes


class SpillFile:
    """Writes frames to a storage, one after the other, and removes them together."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._end = 0  # of the frames
        self._used = 0  # the bytes that the next clear overwrites

    def append(self, frame: Frame) -> None:
        """Store a frame on disk. After an error, append it again: earlier frames are not affected.

        Raises OSError: the frame is not stored, or the file would be larger than LARGEST.
        """
        data = _encoded(frame)
        if self._end + len(data) > LARGEST:
            raise OSError(f"the spill file has {self._end} bytes; allowed: at most {LARGEST}")
        self._used = max(self._used, self._end + len(data))
        self._storage.write(self._end, data)
        self._storage.sync()
        self._end += len(data)

    @property
    def size(self) -> int:
        """Return the bytes that the frames take."""
        return self._end

    def check(self) -> None:
        """Write a sector of zeros after the frames, which shows whether the file can be written. Raises OSError."""
        self._storage.write(self._end, bytes(SECTOR))
        self._storage.sync()

    def clear(self) -> None:
        """Overwrite all frames with zeros and reserve the space for the next ones.

        The next frame is the first one, even after an error: frames with lower numbers after it are not read.
        Raises OSError.
        """
        self._end = 0
        self._storage.shorten(max(RESERVED, SECTOR))
        self._storage.write(0, bytes(min(self._used, RESERVED)))
        self._storage.reserve(RESERVED)
        self._storage.sync()
        self._used = 0

    def frames(self) -> list[Frame]:
        """Return the stored frames in order, and continue after them. Raises OSError."""
        found = list(_frames(self._storage.read()))
        self._end = self._used = sum(len(_encoded(frame)) for frame in found)
        return found

    def damaged(self) -> list[Frame]:
        """Return the whole frames behind a damaged one: see read_damaged. Raises OSError."""
        return list(_behind_damage(self._storage.read()))


def read(path: Path) -> list[Frame]:
    """Return the frames of a file, without changing it; none if there is no file. Raises OSError."""
    try:
        return list(_frames(path.read_bytes()))
    except FileNotFoundError:
        return []


def read_damaged(path: Path) -> list[Frame]:
    """Return the whole frames behind a damaged one, which a start cannot write. Raises OSError.

    A frame that was not stored completely is the last one, and is not damage.
    """
    try:
        return list(_behind_damage(path.read_bytes()))
    except FileNotFoundError:
        return []


def remove(path: Path) -> None:
    """Delete the file, if it exists. Raises OSError."""
    with suppress(FileNotFoundError):
        path.unlink()
        _sync_folder(path.parent)


def set_aside(path: Path, at: int) -> Path:
    """Rename a file whose entries cannot be written; return the new path. `at` is the time in microseconds UTC.

    Raises OSError.
    """
    aside = path.with_name(f"{path.name}.{at}")
    path.rename(aside)
    _sync_folder(path.parent)
    return aside


def _encoded(frame: Frame) -> bytes:
    head = _HEADER.pack(_MAGIC, frame.first, len(frame.body), _checksum(frame.first, frame.body))
    return (head + frame.body).ljust(-(-(_HEADER.size + len(frame.body)) // SECTOR) * SECTOR, b"\0")


def _frames(data: bytes) -> Iterator[Frame]:
    """Yield the frames up to the first one that is damaged, because it was not stored completely."""
    start, latest = 0, 0
    while start + _HEADER.size <= len(data):
        magic, first, length, checksum = _HEADER.unpack_from(data, start)
        body = data[start + _HEADER.size : start + _HEADER.size + length]
        if magic != _MAGIC or first <= latest or len(body) != length or checksum != _checksum(first, body):
            return
        yield Frame(first, body)
        start += len(_encoded(Frame(first, body)))
        latest = first


def _behind_damage(data: bytes) -> Iterator[Frame]:
    latest = 0
    end = sum(len(_encoded(frame)) for frame in _frames(data))
    while (end := data.find(_MAGIC, end)) >= 0:
        found = list(_frames(data[end:])) if end % SECTOR == 0 else []
        yield from (frame for frame in found if frame.first > latest)
        latest = max([latest, *(frame.first for frame in found)])
        end += sum(len(_encoded(frame)) for frame in found) or 1


def _checksum(first: int, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(first.to_bytes(8, "big")))


def _sync_folder(folder: Path) -> None:
    """Store the folder's entries on disk. Raises OSError."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
