"""The spill file: what is stored in it while the database is late, and what a start makes of it."""

import asyncio
import signal
import sqlite3
import struct
import subprocess
import sys
import zlib
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak import soaking
from tests.store.journal.test_journal import WAIT, locked, opened, rows
from tests.store.records import CALL, DISPOSITION, OPEN, TAKEN, entry
from warmline.store.database.database import StatementFailed, StoreError
from warmline.store.journal import hash_chain, spill_file, spilled_entries
from warmline.store.journal.journal_entry import ChainHead, JournalEntry
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.journal.spill_file import RESERVED, SECTOR, Frame, SpillFile, StoredFile
from warmline.store.migrations.schema_migration import migrate

EVERYTHING = [
    entry(1, *((record, True) for record in OPEN)),
    entry(2, (CALL, True), (DISPOSITION, False), (TAKEN, False)),
    replace(entry(3), opted_out="+49 30 555"),
]
OF_ROWS = "SELECT seq, at, kind, call, agent, payload FROM journal"


def spill_of(db: Path) -> Path:
    return spill_file.path_of(db)


async def left_behind(db: Path, entries: list[JournalEntry]) -> None:
    """Leave entries in the spill file, as a killed app does whose database was locked."""
    with opened(db) as writer, locked(db):
        written = writer.record(entries)
        await asyncio.wait_for(writer.durable(), WAIT)
        kept = spill_of(db).read_bytes()
        await forgotten(writer, written)
    spill_of(db).write_bytes(kept)


def set_aside(folder: Path) -> list[Path]:
    return list(folder.glob("*-spill.*"))


async def forgotten(writer: JournalWriter, written: "asyncio.Future[None]") -> None:
    """Let the writer end without another attempt, so that the database stays as it is."""
    writer._given_up.set()
    writer._handed.put(None)
    with pytest.raises(StatementFailed):
        await asyncio.wait_for(written, WAIT)


async def test_an_entry_is_durable_while_the_database_is_locked(db: Path) -> None:
    with opened(db) as writer, locked(db):
        written = writer.record(EVERYTHING)
        await asyncio.wait_for(writer.durable(), WAIT)
        assert not written.done()
        assert writer.is_spilling
        [frame] = spill_file.read(spill_of(db)).frames
        assert (frame.first, frame.last) == (1, 3)


async def test_the_file_is_empty_once_the_database_has_its_entries(db: Path) -> None:
    with opened(db) as writer:
        with locked(db):
            written = writer.record(EVERYTHING)
            await asyncio.wait_for(writer.durable(), WAIT)
        await asyncio.wait_for(written, WAIT)
        assert not writer.is_spilling
    data = spill_of(db).read_bytes()
    assert (len(data), data.strip(b"\0")) == (RESERVED, b"")
    assert [row[0] for row in rows(db, OF_ROWS)] == [1, 2, 3]


async def test_a_start_writes_the_entries_of_a_killed_app(db: Path) -> None:
    await left_behind(db, EVERYTHING)
    assert rows(db, OF_ROWS) == []
    with opened(db) as writer:
        assert [row[:2] for row in rows(db, OF_ROWS)] == [(1, 1), (2, 2), (3, 3)]
        assert (writer.backlog, writer.last_row, writer.last_time()) == (0, 3, 3)
        assert {type(one) for one in writer.load_open()} == {type(one) for one in OPEN}
    assert rows(db, "SELECT status FROM disposition_entry") == [("SALE",)]
    assert rows(db, "SELECT id FROM fallback") == [("01AWAY",)]
    assert [row[0] for row in rows(db, "SELECT * FROM dnc")] == ["4930555"]
    assert spill_file.read(spill_of(db)) == spill_file.NOTHING
    assert hash_chain.verify(db) == []


async def test_a_start_beside_a_locked_database_has_the_state_of_the_file(db: Path) -> None:
    ended = replace(CALL, ended=9)
    await left_behind(db, [*EVERYTHING, entry(4, (ended, False))])
    with locked(db), opened(db) as writer:
        assert (writer.last_row, writer.last_time(), writer.backlog) == (4, 4, 4)
        assert sorted(writer.load_open(), key=str) == sorted((one for one in OPEN if one.id != CALL.id), key=str)
        written = writer.record([entry(5)])
        await asyncio.wait_for(writer.durable(), WAIT)
        assert not written.done()
        frames = spill_file.read(spill_of(db)).frames
        assert [frame.first for frame in frames] == [1, 5]
        await forgotten(writer, written)
    with opened(db) as writer:
        assert writer.backlog == 0
    assert [row[0] for row in rows(db, OF_ROWS)] == [1, 2, 3, 4, 5]


async def test_entries_that_the_database_has_are_not_written_again(db: Path) -> None:
    """The app was killed after the commit, and before it cleared the file."""
    with opened(db) as writer:
        with locked(db):
            written = writer.record(EVERYTHING)
            await asyncio.wait_for(writer.durable(), WAIT)
            kept = spill_of(db).read_bytes()
        await asyncio.wait_for(written, WAIT)
    spill_of(db).write_bytes(kept)
    with opened(db):
        pass
    assert [row[0] for row in rows(db, OF_ROWS)] == [1, 2, 3]


@pytest.mark.parametrize("theirs", [1, 0])
async def test_the_file_of_another_database_is_set_aside(db: Path, tmp_path: Path, theirs: int) -> None:
    """Such as that of the database which a restored backup has replaced."""
    other = tmp_path / "other.db"
    migrate(other)
    for path, entries in ((db, [entry(1)]), (other, [entry(7)] * theirs)):
        with opened(path) as writer:
            await writer.record(entries)
    await left_behind(db, [entry(2)])
    spill_of(db).rename(spill_of(other))
    with opened(other) as writer:
        assert writer.last_row == theirs
    [aside] = set_aside(tmp_path)
    assert len(spill_file.read(aside).frames) == 1
    assert spill_file.read(spill_of(other)) == spill_file.NOTHING


async def test_entries_after_a_missing_row_are_set_aside(db: Path) -> None:
    with opened(db) as writer:
        await writer.record([entry(1)])
    with closing(sqlite3.connect(db)) as other:
        last = ChainHead(*other.execute("SELECT seq, hash, at FROM journal").fetchone())
    SpillFile(StoredFile(spill_of(db))).append(spilled_entries.frame(5, [entry(9)], last))
    with opened(db) as writer:
        assert writer.last_row == 1
    assert len(set_aside(db.parent)) == 1


async def test_a_file_that_cannot_be_read_stops_the_start(db: Path) -> None:
    with opened(db):
        pass
    spill_of(db).unlink()
    spill_of(db).mkdir()
    with pytest.raises(StoreError, match=r"spill file .* cannot be read: Is a directory"):
        JournalWriter(db).open()


def test_a_file_is_only_its_owners(tmp_path: Path) -> None:
    file = SpillFile(StoredFile(tmp_path / "w.db-spill"))
    file.clear()
    assert (tmp_path / "w.db-spill").stat().st_mode & 0o777 == 0o600


class Disk:
    """A disk that keeps only what was synced, and of the rest the sectors that a power failure happens to leave."""

    def __init__(self) -> None:
        self.data, self.stored, self.fails = bytearray(), b"", ""

    def reserve(self, size: int) -> None:
        self.resize(size, shrink=False)

    def resize(self, size: int, *, shrink: bool) -> None:
        """The size is on disk with the next sync; new bytes are zero."""
        self.data.extend(bytes(max(0, size - len(self.data))))
        if shrink:
            del self.data[size:]

    def read(self) -> bytes | None:
        return bytes(self.data) or None

    def write(self, offset: int, data: bytes) -> None:
        if self.fails == "write":
            raise OSError(28, "No space left on device")
        self.data.extend(bytes(max(0, offset + len(data) - len(self.data))))
        self.data[offset : offset + len(data)] = data

    def sync(self) -> None:
        if self.fails == "sync":
            raise OSError(5, "Input/output error")
        self.stored = bytes(self.data)

    def after_power_failure(self, kept: int) -> "Disk":
        """Return the disk after a power failure that kept every sector not synced whose bit is set in `kept`."""
        found = Disk()
        size = max(len(self.data), len(self.stored))
        now, before = bytes(self.data).ljust(size, b"\0"), self.stored.ljust(size, b"\0")
        for at in range(0, size, SECTOR):
            found.data += (now if kept >> (at // SECTOR) & 1 else before)[at : at + SECTOR]
        found.stored = bytes(found.data)
        return found


FRAMES = [Frame(1, b"a" * 700, 3), Frame(4, b"b" * 10, 4), Frame(5, b"c" * 1500, 7)]
SIZE = 16 * SECTOR  # of a file with these frames


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file be small, so that each of its bits can be changed."""
    monkeypatch.setattr(spill_file, "RESERVED", SIZE)


def disk_with(*frames: Frame) -> Disk:
    """Return a disk that has these frames, as a killed app leaves it."""
    disk = Disk()
    file = SpillFile(disk)
    file.clear()
    for frame in frames:
        file.append(frame)
    return disk


def left(disk: Disk) -> tuple[list[Frame], list[str]]:
    """Return the frames that a start writes into an empty database, and what it says of others."""
    found = SpillFile(disk).scan()
    return found.frames, spilled_entries.losses(found, 0)


@pytest.mark.usefixtures("small")
def test_a_power_failure_during_a_write_harms_no_stored_frame_and_is_no_damage() -> None:
    for count in range(3):
        disk = disk_with(*FRAMES[:count])
        disk.fails = "sync"
        with pytest.raises(OSError, match="Input/output"):
            SpillFile.append(continued(disk), FRAMES[count])
        start = sum(len(spill_file._encoded(frame)) for frame in FRAMES[:count]) // SECTOR
        for kept in range(16):
            after = disk.after_power_failure(kept << start)
            frames, lost = left(after)
            assert frames in (FRAMES[:count], FRAMES[: count + 1]) and lost == []
            again = continued(after)
            again.append(Frame(20, b"later", 20))  # over the rest of the frame
            again.append(Frame(21, b"latest", 21))
            assert left(after)[0][-1] == Frame(21, b"latest", 21)


def continued(disk: Disk) -> SpillFile:
    file = SpillFile(disk)
    file.scan()
    return file


@pytest.mark.usefixtures("small")
def test_a_flipped_bit_or_a_cut_loses_no_confirmed_row_in_silence() -> None:
    """Also if the mark behind the last frame is not on disk, because the power failed."""
    disk = disk_with(*FRAMES)
    with_mark, without_mark = bytes(disk.data), disk.stored
    assert with_mark != without_mark
    silent = list[tuple[str, int]]()
    for whole in (with_mark, without_mark):
        assert spill_file.scan(whole) == spill_file.SpillScan(FRAMES, [], [], 3 * SECTOR + 3 * SECTOR)
        end = len(whole.rstrip(b"\0")) + 8
        bits = [(at, bit) for at in range(end) for bit in (range(8) if at % SECTOR < 40 or soaking() else (at % 8,))]
        changed = bytearray(whole)
        for at, bit in bits:
            changed[at] ^= 1 << bit
            silent += [("bit", at)] * (not is_told(bytes(changed), exactly=whole is with_mark))
            changed[at] ^= 1 << bit
        for size in range(0, SIZE, 1 if soaking() else 3):
            silent += [("cut", size)] * (not is_told(whole[:size], exactly=False))
    assert silent == []


def is_told(data: bytes, *, exactly: bool) -> bool:
    """Return whether each row of FRAMES is there, or is told to be lost. `exactly`: by its number."""
    found = spill_file.scan(data)
    there = {row for one in (*found.frames, *found.behind) for row in range(one.first, one.last + 1)}
    assert all(one in FRAMES for one in (*found.frames, *found.behind))
    missing = set(range(1, 8)) - there
    if exactly:
        gone = {row for one in found.damages for row in range(one.first, one.last + 1)}
        return missing <= gone and len(found.frames) + len(found.behind) >= 2
    return not missing or bool(spilled_entries.losses(found, 0))


@pytest.mark.usefixtures("small")
def test_damage_of_rows_that_the_database_has_is_no_loss() -> None:
    disk = disk_with(*FRAMES)
    disk.data[3 * SECTOR + 100] ^= 1
    found = SpillFile(disk).scan()
    assert (found.frames, found.behind) == (FRAMES[:2], [])
    assert spilled_entries.losses(found, 7) == []
    lost = f"it is damaged at byte {3 * SECTOR}: rows 5 to 7 of the journal are lost"
    assert spilled_entries.losses(found, 4) == [lost]


@pytest.mark.usefixtures("small")
def test_a_file_of_an_older_version_is_read() -> None:
    """Warmline 0.10 wrote no marks, and its file had no fixed size."""
    former = b"".join(former_frame(frame) for frame in FRAMES)
    read = [frame._replace(last=0) for frame in FRAMES]
    for data in (former, former.ljust(SIZE, b"\0"), former.ljust(3 * SIZE + SECTOR, b"\0")):
        assert spill_file.scan(data) == spill_file.SpillScan(read, [], [], len(former))
        disk = Disk()
        disk.data += data
        continued(disk).append(Frame(8, b"new", 8))
        assert left(disk) == ([*read, Frame(8, b"new", 8)], [])
    assert spill_file.scan(bytes(SECTOR)) == spill_file.NOTHING  # its test write, while nothing could be reserved
    for at in (3 * SECTOR + 30, SECTOR + 5, 40):
        changed = bytearray(former)
        changed[at] ^= 1
        assert spilled_entries.losses(spill_file.scan(bytes(changed)), 0), at


def former_frame(frame: Frame) -> bytes:
    checksum = zlib.crc32(frame.body, zlib.crc32(frame.first.to_bytes(8, "big")))
    data = struct.pack(">4sQII", b"wls1", frame.first, len(frame.body), checksum) + frame.body
    return data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0")


@pytest.mark.usefixtures("small")
def test_a_file_grows_with_its_frames_and_a_cut_of_it_is_told() -> None:
    frames = [Frame(row, bytes([row]) * 480, row) for row in range(1, 40)]
    disk = disk_with(*frames)
    assert len(disk.data) == 3 * SIZE
    for size in range(0, 3 * SIZE, SECTOR):
        found = spill_file.scan(bytes(disk.data[:size]))
        assert found.frames == frames[: size // SECTOR]
        assert bool(spilled_entries.losses(found, 0)) is (size <= 39 * SECTOR), size


@pytest.mark.usefixtures("small")
def test_a_frame_that_failed_is_appended_again_in_its_place() -> None:
    disk = disk_with(FRAMES[0])
    file = continued(disk)
    for disk.fails in ("write", "sync"):
        with pytest.raises(OSError):
            file.append(FRAMES[1])
    disk.fails = ""
    file.append(FRAMES[1])
    assert left(disk.after_power_failure(0)) == (FRAMES[:2], [])


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("fails", ["", "write", "sync"])
def test_frames_of_an_earlier_use_are_not_read_again(fails: str) -> None:
    """Also after a clear that failed: the database has the earlier frames, and needs only the later ones."""
    disk = disk_with(*FRAMES)
    file, disk.fails = continued(disk), fails
    with pytest.raises(OSError) if fails else nullcontext():
        file.clear()
    disk.fails = ""
    later = [Frame(20, b"later", 20), Frame(21, b"latest", 21)]
    for frame in later:
        file.append(frame)
    for kept in (0, -1):
        assert left(disk.after_power_failure(kept)) == (later, [])
    file.clear()
    assert disk.stored == bytes(SIZE)


def test_a_file_at_its_limit_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill_file, "LARGEST", 3 * SECTOR)
    file = SpillFile(Disk())
    file.append(FRAMES[1])
    with pytest.raises(OSError, match="allowed: at most 1536"):
        file.append(FRAMES[0])


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_another_program_removes_is_written_again(tmp_path: Path, *, replaced: bool) -> None:
    path = tmp_path / "w.db-spill"
    file = SpillFile(StoredFile(path))
    file.clear()
    file.append(FRAMES[0])
    path.unlink()
    if replaced:
        path.write_bytes(b"of another program")
    file.append(FRAMES[1])
    found = spill_file.read(path)
    assert (found.frames, found.behind, found.damages) == (FRAMES[:2], [], [])


FULL = """
import asyncio, resource, signal, sys
from warmline.store.journal.journal_writer import JournalWriter
from tests.soak import soaking
from tests.store.records import entry

async def main():
    writer = JournalWriter(sys.argv[1])
    writer.open()
    limit = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    written = writer.record([entry(1), entry(2)])
    done, _ = await asyncio.wait({writer.durable()}, timeout=float(sys.argv[3]))
    print("durable" if done else "not durable", written.done(), writer.problem, "/", writer.spill_problem, flush=True)
    import os
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def killed_beside_a_full_disk(db: Path, limit: int, within: float) -> str:
    """Record two entries while no file may grow beyond `limit` bytes, then kill; return what the program said."""
    program = [sys.executable, "-c", FULL, str(db), str(limit), str(within)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout.strip()


def test_a_full_disk_takes_the_reserved_bytes(db: Path) -> None:
    said = killed_beside_a_full_disk(db, limit=4096, within=WAIT)
    assert said.startswith("durable False"), said
    assert rows(db, OF_ROWS) == []
    asyncio.run(started_again(db))
    assert [row[0] for row in rows(db, OF_ROWS)] == [1, 2]


def test_a_disk_that_takes_nothing_makes_nothing_durable(db: Path) -> None:
    said = killed_beside_a_full_disk(db, limit=0, within=0.5)
    assert said == "not durable False disk I/O error / File too large"
    asyncio.run(started_again(db))
    assert rows(db, OF_ROWS) == []


async def started_again(db: Path) -> None:
    with opened(db):
        pass
