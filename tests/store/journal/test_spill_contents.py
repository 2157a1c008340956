"""The entries that wait in the spill file, as doctor, backups, restores and erasures see them."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.journal.test_journal import locked, opened, rows
from tests.store.journal.test_spill_file import EVERYTHING, forgotten, left_behind, set_aside, spill_of
from tests.store.records import CALL, DISPOSITION, entry
from tests.wording.said import refused
from warmline.core.messages.leg_messages import LegArrived
from warmline.store.database.errors import Conflict
from warmline.store.journal import hash_chain, spill_contents, spill_file, spill_recovery
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.spill_file import SECTOR
from warmline.store.journal.spilled_entries import SpillError
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


async def test_entries_behind_a_damaged_frame_are_kept_told_and_written_later(db: Path) -> None:
    """Such as by a disk that lost a sector: the frames behind it were confirmed."""
    for at in (1, 2, 3):
        await another_frame(db, at)
    damage(db, SECTOR + 100)
    lost = f"{spill_of(db)}: it is damaged at byte {SECTOR}: row 2 of the journal is lost"
    assert not_whole(db) == (
        [1],
        [3],
        [lost, f"{spill_of(db)}: whole entries behind the damage, which a start sets aside: 1"],
    )
    with opened(db):
        pass
    assert rows(db, "SELECT at FROM journal") == [(1,)]
    [aside] = set_aside(db.parent)
    assert [one.at for one in spill_contents.read(aside)] == [1, 3]
    told = (
        f"{aside}: entries that are in no database: 1; it is damaged at byte {SECTOR}: row 2 of the journal is lost; "
    )
    assert spill_contents.look(db).faults() == [f"{told}see: warmline db spill {aside}"]
    with opened(db) as writer:
        await writer.record([entry(9)])
    assert (await asyncio.to_thread(spill_recovery.write_aside, db, aside))[:2] == (1, 0)
    assert rows(db, "SELECT at FROM journal") == [(1,), (9,), (9,)], "no row is earlier than the one before"
    assert (spill_contents.look(db).faults(), hash_chain.verify(db)) == ([], [])


def not_whole(db: Path) -> tuple[list[int], list[int], list[str]]:
    found = spill_contents.look(db)
    return [one.at for one in found.entries], [one.at for one in found.behind], found.faults()


def damage(db: Path, place: int) -> None:
    data = bytearray(spill_of(db).read_bytes())
    data[place] ^= 1
    spill_of(db).write_bytes(bytes(data))


async def test_damage_of_the_last_frame_and_a_cut_are_kept_and_told(db: Path, caplog: pytest.LogCaptureFixture) -> None:
    for at in (1, 2):
        await another_frame(db, at)
    whole = spill_of(db).read_bytes()
    for change, lost, written in (
        (lambda: damage(db, SECTOR + 100), f"damaged at byte {SECTOR}: row 2 of the journal", 1),
        (lambda: os.truncate(spill_of(db), SECTOR), f"cut off after {SECTOR} bytes", 1),
        (lambda: os.truncate(spill_of(db), 0), "cut off after 0 bytes", 1),
    ):
        spill_of(db).write_bytes(whole)
        change()
        assert lost in "".join(spill_contents.look(db).faults()), lost
        with opened(db):
            pass
        assert rows(db, "SELECT count(*) FROM journal") == [(written,)]
        [aside] = set_aside(db.parent)
        assert lost in caplog.text and len(spill_contents.look(db).faults()) == 1
        aside.unlink()
        assert spill_contents.look(db).faults() == []
        caplog.clear()


async def test_frames_before_damage_wait_on_beside_a_locked_database(db: Path) -> None:
    for at in (1, 2, 3):
        await another_frame(db, at)
    damage(db, SECTOR + 100)
    with locked(db), opened(db) as writer:
        assert writer.backlog == 1
        [aside] = set_aside(db.parent)
        assert not_whole(db)[0] == [1]
        assert [one.at for one in spill_contents.read(aside)] == [1, 3]
        await forgotten(writer, writer.record([entry(4)]))
    with opened(db):
        pass
    assert rows(db, "SELECT at FROM journal") in ([(1,)], [(1,), (4,)])


async def test_records_of_a_file_that_was_set_aside_come_into_the_tables_if_they_are_not_there(db: Path) -> None:
    """The app has gone on: what it has recorded since then stays."""
    ended = replace(CALL.with_outcome(last_agent="1000"), ended=9)
    await left_behind(db, [entry(1, (CALL, True)), *EVERYTHING[1:], entry(3, (ended, False), (DISPOSITION, False))])
    aside = spill_file.set_aside(spill_of(db), 7)
    with opened(db) as writer:
        await writer.record([entry(2, (replace(CALL, id="01NEW"), True))])
    assert [one.at for one in spill_contents.read(aside)] == [1, 2, 3, 3]
    done = await asyncio.to_thread(spill_recovery.write_aside, db, aside)
    assert (done.entries, done.lost) == (4, [])
    assert rows(db, "SELECT status FROM disposition_entry") == [("SALE",)]
    assert rows(db, "SELECT id, ended FROM call ORDER BY id") == [("01CALL", 9), ("01NEW", None)]
    assert [row[0] for row in rows(db, "SELECT * FROM dnc")] == ["4930555"]
    with opened(db) as writer:
        assert [one.id for one in writer.load_open()] == ["01NEW"], "no record is open again"
    assert (set_aside(db.parent), hash_chain.verify(db)) == ([], [])


async def test_a_file_of_another_database_is_not_written(db: Path, tmp_path: Path) -> None:
    with opened(db) as writer:
        await writer.record([entry(1)])
    await left_behind(db, [entry(2)])
    aside = spill_file.set_aside(spill_of(db), 7)
    migrate(other := tmp_path / "other.db")
    with refused(SpillError, "spill_foreign", row=2):
        spill_recovery.write_aside(other, aside)
    assert aside.exists()


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
