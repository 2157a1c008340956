"""The entries that wait in the spill file, as doctor, backups, restores and erasures see them."""

import asyncio
from pathlib import Path

import pytest

from tests.store.journal.test_journal import locked, opened, rows
from tests.store.journal.test_spill_file import EVERYTHING, left_behind, set_aside, spill_of
from tests.store.records import entry
from tests.wording.said import refused
from warmline.core.messages.leg_messages import LegArrived
from warmline.store.database.errors import Conflict
from warmline.store.journal import spill_contents
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.spill_file import SECTOR
from warmline.store.maintenance import backup_and_vacuum, database_restore
from warmline.store.migrations.schema_migration import migrate
from warmline.store.privacy.erasure import erase
from warmline.store.privacy.waiting_entries import WaitingEntries

NUMBER = "+49 30 5550199"
ABOUT = JournalEntry(
    4, "leg_arrived", "01CALL", "", LegArrived("17.1", ("ingroup", "SALESLINE"), number="+49305550199")
)


async def test_the_entries_that_wait_are_found_without_a_change(db: Path) -> None:
    assert spill_contents.look(db).entries == []
    await left_behind(db, EVERYTHING)
    before = spill_of(db).read_bytes()
    found = spill_contents.look(db)
    assert ([one.at for one in found.entries], found.faults()) == ([1, 2, 3], [])
    assert spill_of(db).read_bytes() == before
    with opened(db):
        pass
    assert spill_contents.look(db).entries == []


async def test_entries_behind_a_damaged_frame_are_kept_and_told(db: Path) -> None:
    """Such as by a disk that lost a sector: the frames behind it were confirmed."""
    for at in (1, 2, 3):
        await another_frame(db, at)
    data = bytearray(spill_of(db).read_bytes())
    assert data[SECTOR : SECTOR + 4] == b"wls1"
    data[SECTOR + 100] ^= 1
    spill_of(db).write_bytes(bytes(data))
    found = spill_contents.look(db)
    assert ([one.at for one in found.entries], found.damaged) == ([1], 1)
    with opened(db):
        pass
    assert rows(db, "SELECT at FROM journal") == [(1,)]
    [aside] = set_aside(db.parent)
    assert [one.at for one in spill_contents.read(aside)] == [1, 3]
    assert [str(aside) in text for text in spill_contents.look(db).faults()] == [True]


async def another_frame(db: Path, at: int) -> None:
    """Add a frame behind those that wait, as an app does that is killed beside a lock again and again."""
    before = spill_of(db).read_bytes() if spill_of(db).exists() else b""
    with locked(db), opened(db) as writer:
        written = writer.record([entry(at)])
        await asyncio.wait_for(writer.durable(), 10)
        kept = spill_of(db).read_bytes()
        writer._given_up.set()
        writer._handed.put(None)
        await asyncio.wait({written})
    assert len(kept.rstrip(b"\0")) > len(before.rstrip(b"\0"))
    spill_of(db).write_bytes(kept)


async def test_a_frame_that_was_not_stored_completely_is_no_damage(db: Path) -> None:
    await left_behind(db, EVERYTHING)
    data = bytearray(spill_of(db).read_bytes())
    end = len(data.rstrip(b"\0"))
    start = -(-end // SECTOR) * SECTOR
    data[start : start + 40] = data[:40]
    spill_of(db).write_bytes(bytes(data))
    found = spill_contents.look(db)
    assert (len(found.entries), found.faults()) == (3, [])


async def test_a_restored_copy_never_gets_the_entries_of_the_former_database(db: Path, tmp_path: Path) -> None:
    """The copy has the same last row, so that the entries would fit."""
    copy = tmp_path / "copy.db"
    backup_and_vacuum.backup(db, copy)
    await left_behind(db, EVERYTHING)
    assert database_restore.restore(db, copy, tmp_path / "kept.db").unwritten == 3
    with opened(db) as writer:
        assert (writer.last_row, writer.load_open()) == (0, [])
    [aside] = set_aside(db.parent)
    assert [one.at for one in spill_contents.read(aside)] == [1, 2, 3]
    assert aside.stat().st_mode & 0o777 == 0o600


async def test_a_restore_that_fails_leaves_the_entries_in_their_place(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    backup_and_vacuum.backup(db, copy)
    await left_behind(db, EVERYTHING)

    def fails(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(database_restore, "replace", fails)
    with pytest.raises(OSError, match="no"):
        database_restore.restore(db, copy)
    assert len(spill_contents.look(db).entries) == 3
    assert set_aside(db.parent) == []


async def test_an_erasure_reaches_entries_that_wait_and_those_set_aside(db: Path, tmp_path: Path) -> None:
    await left_behind(db, [ABOUT])
    aside = spill_of(db).with_name(f"{spill_of(db).name}.7")
    aside.write_bytes(spill_of(db).read_bytes())
    waiting = (WaitingEntries(db),)
    assert erase(db, tmp_path, NUMBER, who="test", waiting=waiting, dry_run=True).notes == 2
    assert erase(db, tmp_path, NUMBER, who="test", waiting=waiting).journal == 1
    assert rows(db, "SELECT payload FROM journal") == [(None,)]
    assert not aside.exists()
    assert b"wls1" not in spill_of(db).read_bytes()


async def test_an_erasure_is_refused_while_entries_are_pending(db: Path, tmp_path: Path) -> None:
    with opened(db) as writer:
        with locked(db):
            written = writer.record([ABOUT])
            await asyncio.wait_for(writer.durable(), 10)
            with refused(Conflict, "person_entries_wait", count=1):
                erase(db, tmp_path, NUMBER, who="test", waiting=(WaitingEntries(db),))
        await asyncio.wait_for(written, 10)
        assert spill_contents.look(db).entries == []
    assert rows(db, "SELECT call, payload IS NULL FROM journal") == [("01CALL", 0)], "nothing was erased"


def test_a_missing_database_has_no_entries(tmp_path: Path) -> None:
    assert spill_contents.look(tmp_path / "none.db").entries == []
    migrate(tmp_path / "new.db")
    assert spill_contents.look(tmp_path / "new.db").faults() == []
