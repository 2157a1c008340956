"""The spill file: journal entries that the database could not take in time, stored next to it until it has them.

The call process alone writes the file, in frames. Each frame is on disk (fdatasync) before a command in it is
confirmed. The file's space is reserved beforehand, so that a full disk can still take the first RESERVED bytes. Once
the database has all entries, the used bytes are overwritten with zeros.

A disk writes a sector completely or not at all, and a frame is not confirmed before all of its sectors are written. So
a reader can tell these apart:

- After a frame is on disk, a mark behind it says so. The next frame takes its place. All frames before a mark, or
  before another frame, are confirmed: what is not whole there is damaged.
- Without a mark, the last frame may be one that was not stored completely: some of its sectors are still zero. No
  sector of a frame is zero. If a frame is not whole and has none, it is damaged.
- The file's size is always a multiple of RESERVED, and larger than its frames. Another size shows that it was cut.
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

RESERVED = 2 * 1024 * 1024  # bytes; about 1,300 commands
LARGEST = 64 * 1024 * 1024  # bytes; with more, commands wait for the database
BLOCK = 512  # bytes of a block in the answer of stat(2)
SECTOR = 512  # bytes; each frame starts at a multiple, so that a torn write harms no earlier frame

_HEAD = struct.Struct(">4sQQII")  # _FRAME, numbers of the first and last entry, length and checksum of the body
_MARK_HEAD = struct.Struct(">4sQQ")  # _CONFIRMED, the mark's place in the file, number of the last entry before it
_FORMER_HEAD = struct.Struct(">4sQII")  # as _HEAD, without the last entry and without a checksum of its own
_CHECKSUM = struct.Struct(">I")  # behind a head, of the head
_FRAME, _CONFIRMED, _FORMER = b"wls2", b"wlsc", b"wls1"  # Warmline 0.10 wrote _FORMER, and no marks
_FILLS = b"\xff"  # behind a body, so that no sector of a frame is zero
_ZEROS = bytes(SECTOR)


def path_of(database: str | Path) -> Path:
    """Return the path of a database's spill file."""
    return Path(f"{files_of(database)}-spill")


class Storage(Protocol):
    """The bytes of a spill file. All methods raise OSError."""

    def reserve(self, size: int) -> None:
        """Reserve the space of the first `size` bytes."""

    def resize(self, size: int, *, shrink: bool) -> None:
        """Let the file have `size` bytes, the new ones zeros without space; without `shrink`, at least so many."""

    def read(self) -> bytes | None:
        """Return all bytes; None if there is no file."""

    def write(self, offset: int, data: bytes) -> None:
        """Write all of the data."""

    def sync(self) -> None:
        """Wait until all written data is on disk."""


class StoredFile:
    """The storage of a file of mode 0600; the file is created at the first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = -1

    def _opened(self) -> int:
        if self._file < 0:
            if not self.path.exists():
                self._create()
            self._file = opened(self.path)
        return self._file

    def _create(self) -> None:
        """Make the file with its size, so that it is never smaller."""
        new = self.path.with_name(f"{self.path.name}-new")
        file = opened(new)
        try:
            os.ftruncate(file, RESERVED)
            os.fsync(file)
        finally:
            os.close(file)
        new.rename(self.path)
        _sync_folder(self.path.parent)

    def reserve(self, size: int) -> None:
        """Reserve the space of the first `size` bytes. Raises OSError."""
        if os.fstat(self._opened()).st_blocks * BLOCK < size:
            os.posix_fallocate(self._file, 0, size)

    def resize(self, size: int, *, shrink: bool) -> None:
        """Let the file have `size` bytes, or at least so many. Raises OSError."""
        found = os.fstat(self._opened()).st_size
        if found < size or (shrink and found > size):
            os.ftruncate(self._file, size)

    def read(self) -> bytes | None:
        """Return all bytes; None if there is no file. Raises OSError."""
        if self._file < 0 and not self.path.exists():
            return None
        return os.pread(self._opened(), os.fstat(self._opened()).st_size, 0)

    def write(self, offset: int, data: bytes) -> None:
        """Write all of the data. Raises OSError."""
        while data:
            count = os.pwrite(self._opened(), data, offset)
            offset, data = offset + count, data[count:]

    def sync(self) -> None:
        """Wait until all written data is on disk, in a file at this path. Raises OSError."""
        os.fdatasync(self._opened())
        if not self._is_at_path():
            self._write_again()

    def _is_at_path(self) -> bool:
        with suppress(FileNotFoundError):
            return os.path.samestat(self.path.stat(), os.fstat(self._file))
        return False

    def _write_again(self) -> None:
        """Write a file that another program deleted or replaced again, from the open one."""
        beside = self.path.with_name(f"{self.path.name}-new")
        beside.unlink(missing_ok=True)
        former, data = self._file, self.read() or b""
        self._file = opened(beside)
        try:
            self.write(0, data)
            os.fdatasync(self._file)
            beside.replace(self.path)
            _sync_folder(self.path.parent)
        except OSError:
            os.close(self._file)
            self._file = former
            raise
        os.close(former)

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class Frame(NamedTuple):
    """Entries of the journal: the number that the first one has there, and their text as spilled_entries writes it.

    `last` is the number of the last one; 0 in a frame of Warmline 0.10.
    """

    first: int
    body: bytes
    last: int = 0


class Damage(NamedTuple):
    """Bytes that are not what was written, from `offset` on, and the rows of the journal that they had.

    `last` is 0 if that is unknown. Without `is_confirmed`, the entries may never have been confirmed.
    """

    offset: int
    first: int
    last: int
    is_confirmed: bool


class SpillScan(NamedTuple):
    """What a file holds: the whole frames before the first damage, the whole frames behind one, and each damage.

    `end` is where the whole frames before the first damage end. `cut_to` is the file's size if it was cut off, else
    None.
    """

    frames: list[Frame]
    behind: list[Frame]
    damages: list[Damage]
    end: int = 0
    cut_to: int | None = None


class SpillFile:
    """Writes frames to a storage, one after the other, and removes them together."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._end = 0  # of the frames
        self._last = 0  # the number of the last entry in them
        self._used = 0  # the bytes that the next clear overwrites
        self._is_cleared = True  # nothing but zeros is behind the frames

    def append(self, frame: Frame) -> None:
        """Store a frame on disk. After an error, append it again: earlier frames are not affected.

        Raises OSError: the frame is not stored, or the file would be larger than LARGEST.
        """
        if not self._is_cleared:
            self._overwrite()
        data = _encoded(frame)
        end = self._end + len(data)
        if end + SECTOR > LARGEST:
            raise OSError(f"the spill file has {self._end} bytes; allowed: at most {LARGEST}")
        self._storage.resize(_size_for(end), shrink=False)
        data = data.ljust(self._used - self._end, b"\0")  # over the rest of another frame that was not stored
        self._used = max(self._used, end)
        self._storage.write(self._end, data)
        self._storage.sync()
        self._end, self._last = end, frame.last
        self._used = end + SECTOR
        with suppress(OSError):  # the frame is on disk; the next sync takes the mark along
            self._storage.write(self._end, _mark(self._end, self._last))

    @property
    def size(self) -> int:
        """Return the bytes that the frames take."""
        return self._end

    def check(self) -> None:
        """Write behind the frames, which shows whether the file can be written. Raises OSError."""
        if not self._is_cleared:
            self._overwrite()
            return
        self._storage.resize(_size_for(self._end), shrink=False)
        self._storage.write(self._end, _mark(self._end, self._last) if self._end else _ZEROS)
        self._storage.sync()

    def clear(self) -> None:
        """Overwrite all frames with zeros and reserve the space for the next ones.

        After an error, the next use of the file does it again. Raises OSError, also if only the space is not reserved.
        """
        self._end, self._is_cleared = 0, False
        self._overwrite()
        self._storage.reserve(RESERVED)
        self._storage.sync()

    def _overwrite(self) -> None:
        """Raises OSError."""
        self._storage.resize(RESERVED, shrink=True)
        self._storage.write(0, bytes(min(self._used, RESERVED)))
        self._storage.sync()
        self._used, self._is_cleared = 0, True

    def scan(self) -> SpillScan:
        """Return what the file holds, and continue behind the whole frames. Raises OSError."""
        data = self._storage.read()
        if data is None:
            return NOTHING
        found = scan(data)
        self._end, self._last = found.end, found.frames[-1].last if found.frames else 0
        self._used = len(data.rstrip(b"\0"))
        return found


NOTHING = SpillScan([], [], [])


def read(path: Path) -> SpillScan:
    """Return what a file holds, without changing it; nothing if there is no file. Raises OSError."""
    try:
        return scan(path.read_bytes())
    except FileNotFoundError:
        return NOTHING


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


def scan(data: bytes) -> SpillScan:
    """Return what the bytes of a file hold."""
    frames, behind, damages = list[Frame](), list[Frame](), list[Damage]()
    end = front = 0
    before = Frame(0, b"")  # the last whole frame
    is_former = is_stale = False
    for start, stop, frame in _whole_frames(data):
        is_former |= data.startswith(_FORMER, start)
        if frame.first <= before.first:  # of an earlier use, which Warmline 0.10 could not overwrite
            is_stale = True
            continue
        if start > end and not (before.last and frame.first == before.last + 1):
            damages.append(Damage(end, before.last + 1 if before.last else 0, frame.first - 1, is_confirmed=True))
        (behind if damages else frames).append(frame)
        end, before = stop, frame
        front = front if damages else end
    place, last = _last_mark(data)
    if place > end:
        damages.append(Damage(end, before.last + 1 if before.last else 0, last, is_confirmed=True))
    elif place < end and not is_stale and _is_damaged(data[end:]):
        first, last = _stated_rows(data[end:])
        damages.append(Damage(end, first, last, is_confirmed=False))
    is_cut = not len(data) or (any(data[:SECTOR]) and (len(data) % RESERVED or len(data) == end))
    return SpillScan(frames, behind, damages, front, len(data) if is_cut and place != end and not is_former else None)


def _encoded(frame: Frame) -> bytes:
    head = _HEAD.pack(_FRAME, frame.first, frame.last, len(frame.body), zlib.crc32(frame.body))
    data = head + _checksum(head) + frame.body
    return data.ljust(-(-len(data) // SECTOR) * SECTOR, _FILLS)


def _mark(place: int, last: int) -> bytes:
    head = _MARK_HEAD.pack(_CONFIRMED, place, last)
    return head + _checksum(head)


def _checksum(head: bytes) -> bytes:
    return _CHECKSUM.pack(zlib.crc32(head))


def _size_for(end: int) -> int:
    """Return the size of a file whose frames end there: behind them is a place for the mark."""
    return (end // RESERVED + 1) * RESERVED


def _places(data: bytes, magic: bytes, start: int) -> Iterator[int]:
    """Yield each beginning of a sector with these first bytes, from `start` on."""
    while (start := data.find(magic, start)) >= 0:
        if start % SECTOR == 0:
            yield start
        start += 1


def _whole_frames(data: bytes) -> Iterator[tuple[int, int, Frame]]:
    """Yield the beginning and the end of each whole frame, and the frame."""
    stop = 0
    for start in _places(data, _FRAME[:3], 0):
        if start >= stop and (found := _frame_at(data, start)):
            frame, size = found
            stop = start + -(-size // SECTOR) * SECTOR
            yield start, stop, frame


def _frame_at(data: bytes, start: int) -> tuple[Frame, int] | None:
    """Return the whole frame there, and its bytes; None if there is none."""
    if data.startswith(_FORMER, start) and len(data) >= start + _FORMER_HEAD.size:
        _, first, length, checksum = _FORMER_HEAD.unpack_from(data, start)
        size = _FORMER_HEAD.size + length
        body = data[start + _FORMER_HEAD.size : start + size]
        is_whole = len(body) == length and checksum == zlib.crc32(body, zlib.crc32(first.to_bytes(8, "big")))
        return (Frame(first, body), size) if is_whole else None
    if not _has_head(data[start : start + SECTOR]):
        return None
    _, first, last, length, checksum = _HEAD.unpack_from(data, start)
    begin = start + _HEAD.size + _CHECKSUM.size
    body = data[begin : begin + length]
    if len(body) != length or checksum != zlib.crc32(body):
        return None
    return Frame(first, body, last), _HEAD.size + _CHECKSUM.size + length


def _has_head(sector: bytes) -> bool:
    """Return whether a sector begins with an intact head of a frame."""
    head, checksum = sector[: _HEAD.size], sector[_HEAD.size : _HEAD.size + _CHECKSUM.size]
    return head.startswith(_FRAME) and checksum == _checksum(head)


def _last_mark(data: bytes) -> tuple[int, int]:
    """Return the place of the last intact mark, and the number of the last entry before it; -1 and 0 without one."""
    found = -1, 0
    for start in _places(data, _CONFIRMED, 0):
        head = data[start : start + _MARK_HEAD.size]
        if data[start + len(head) : start + len(head) + _CHECKSUM.size] == _checksum(head):
            _, place, last = _MARK_HEAD.unpack(head)
            found = (start, last) if place == start else found
    return found


def _is_damaged(rest: bytes) -> bool:
    """Return whether the bytes behind the whole frames are a damaged frame, not one that was not stored completely."""
    first = rest[:SECTOR]
    if not any(first) or not any(first[_HEAD.size :]):  # missing, or a damaged mark
        return False
    if not _has_head(first):
        return True
    size = _HEAD.size + _CHECKSUM.size + _HEAD.unpack_from(rest)[3]
    return all(any(rest[at : at + SECTOR]) for at in range(0, min(size, len(rest)), SECTOR))


def _stated_rows(rest: bytes) -> tuple[int, int]:
    """Return the first and the last row of a damaged frame by its head; zeros if that is damaged, too."""
    if not _has_head(rest[:SECTOR]):
        return 0, 0
    _, first, last, *_ = _HEAD.unpack_from(rest)
    return first, last


def _sync_folder(folder: Path) -> None:
    """Store the folder's entries on disk. Raises OSError."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
