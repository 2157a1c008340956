"""The spill file: what is stored in it while the database is late, and what a start makes of it."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

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
        [frame] = spill_file.read(spill_of(db))
        assert frame.first == 1


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


async def test_a_durable_future_ends_with_the_database_too(db: Path) -> None:
    with opened(db) as writer:
        written = writer.record([entry(1)])
        await asyncio.wait_for(writer.durable(), WAIT)
        await asyncio.wait_for(written, WAIT)
        assert writer.durable().done()


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
    assert spill_file.read(spill_of(db)) == []
    assert hash_chain.verify(db) == []


async def test_the_rows_are_the_same_as_without_the_spill_file(db: Path) -> None:
    await left_behind(db, EVERYTHING)
    with opened(db):
        pass
    found = rows(db, "SELECT * FROM journal")
    with opened(db) as writer:
        await writer.record([entry(4)])
    assert [row[:2] for row in rows(db, OF_ROWS)][-1] == (4, 4)
    assert [row[5] for row in found] == [f'{{"leg":"1700000000.1","bridge":"room-{seq}"}}' for seq in (1, 2, 3)]


async def test_a_start_beside_a_locked_database_has_the_state_of_the_file(db: Path) -> None:
    ended = replace(CALL, ended=9)
    await left_behind(db, [*EVERYTHING, entry(4, (ended, False))])
    with locked(db), opened(db) as writer:
        assert (writer.last_row, writer.last_time(), writer.backlog) == (4, 4, 4)
        assert sorted(writer.load_open(), key=str) == sorted((one for one in OPEN if one.id != CALL.id), key=str)
        written = writer.record([entry(5)])
        await asyncio.wait_for(writer.durable(), WAIT)
        assert not written.done()
        frames = spill_file.read(spill_of(db))
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
    assert len(spill_file.read(aside)) == 1
    assert spill_file.read(spill_of(other)) == []


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
        self.data.extend(bytes(max(0, size - len(self.data))))

    def read(self) -> bytes:
        return bytes(self.data)

    def write(self, offset: int, data: bytes) -> None:
        if self.fails == "write":
            raise OSError(28, "No space left on device")
        self.data.extend(bytes(max(0, offset + len(data) - len(self.data))))
        self.data[offset : offset + len(data)] = data

    def sync(self) -> None:
        if self.fails == "sync":
            raise OSError(5, "Input/output error")
        self.stored = bytes(self.data)

    def shorten(self, size: int) -> None:
        del self.data[size:]

    def after_power_failure(self, kept: int) -> "Disk":
        """Return the disk after a power failure that kept every sector not synced whose bit is set in `kept`."""
        found = Disk()
        size = max(len(self.data), len(self.stored))
        now, before = bytes(self.data).ljust(size, b"\0"), self.stored.ljust(size, b"\0")
        for at in range(0, size, SECTOR):
            found.data += (now if kept >> (at // SECTOR) & 1 else before)[at : at + SECTOR]
        found.stored = bytes(found.data)
        return found


FRAMES = [Frame(1, b"a" * 700), Frame(4, b"b" * 10), Frame(9, b"c" * 1500)]


@pytest.mark.parametrize("kept", range(64))
def test_a_power_failure_during_a_write_harms_no_stored_frame(kept: int) -> None:
    disk = Disk()
    file = SpillFile(disk)
    for frame in FRAMES[:2]:
        file.append(frame)
    disk.fails = "sync"
    with pytest.raises(OSError, match="Input/output"):
        file.append(FRAMES[2])
    found = SpillFile(disk.after_power_failure(kept << 3)).frames()
    assert found[:2] == FRAMES[:2]
    assert found[2:] in ([], [FRAMES[2]])


def test_a_frame_that_failed_is_appended_again_in_its_place() -> None:
    disk = Disk()
    file = SpillFile(disk)
    file.append(FRAMES[0])
    for disk.fails in ("write", "sync"):
        with pytest.raises(OSError):
            file.append(FRAMES[1])
    disk.fails = ""
    file.append(FRAMES[1])
    assert SpillFile(disk.after_power_failure(0)).frames() == FRAMES[:2]


def test_frames_of_an_earlier_use_are_not_read_again() -> None:
    disk = Disk()
    file = SpillFile(disk)
    for frame in FRAMES:
        file.append(frame)
    file.clear()
    file.append(Frame(20, b"later"))
    assert SpillFile(disk.after_power_failure(0)).frames() == [Frame(20, b"later")]


@pytest.mark.parametrize("fails", ["write", "sync"])
def test_frames_after_a_clear_that_failed_are_read(fails: str) -> None:
    """The database has the earlier frames, and needs only the later ones."""
    disk = Disk()
    file = SpillFile(disk)
    for frame in FRAMES:
        file.append(frame)
    disk.fails = fails
    with pytest.raises(OSError):
        file.clear()
    disk.fails = ""
    for later in (Frame(20, b"later"), Frame(21, b"latest")):
        file.append(later)
    for kept in (0, -1):
        assert SpillFile(disk.after_power_failure(kept)).frames() == [Frame(20, b"later"), Frame(21, b"latest")]


def test_a_later_clear_overwrites_the_rest_of_a_failed_one() -> None:
    disk = Disk()
    file = SpillFile(disk)
    for frame in FRAMES:
        file.append(frame)
    disk.fails = "write"
    with pytest.raises(OSError):
        file.clear()
    disk.fails = ""
    file.append(Frame(20, b"later"))
    file.clear()
    assert disk.stored.strip(b"\0") == b""


def test_a_file_at_its_limit_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill_file, "LARGEST", 2 * SECTOR)
    file = SpillFile(Disk())
    file.append(FRAMES[1])
    with pytest.raises(OSError, match="allowed: at most 1024"):
        file.append(FRAMES[0])


FULL = """
import asyncio, resource, signal, sys
from warmline.store.journal.journal_writer import JournalWriter
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
