"""The index of agents' notes: filled behind the commits, searched by words, erased with a call."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.store.database import reading
from warmline.store.database.database import StoreError
from warmline.store.database.reading import ReadInterrupted
from warmline.store.maintenance import backup_and_vacuum, database_restore
from warmline.store.notes import note_index

NOW = 1_800_000_000_000_000
OLD = NOW - 2 * note_index.LATE
ROW = 'INSERT INTO disposition_entry (id, call, agent, status, at, "by", notes, undo_until) VALUES (?,?,?,?,?,?,?,?)'


def note(db: Path, entry: str, call: str, text: str, at: int = OLD, undo_until: int = 0) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(ROW, [entry, call, "1000", "SALE", at, "1000", text, undo_until])


@pytest.fixture
def noted(db: Path) -> Path:
    """Provide a database with three notes."""
    note(db, "E1", "C1", "wants the delivery on Tuesday")
    note(db, "E2", "C2", "Zoë asked for delivery, and for a café")
    note(db, "E3", "C3", "  ")
    return db


def test_words_are_found_by_their_beginnings_and_without_accents(noted: Path) -> None:
    assert note_index.fill(noted, NOW) == (2, True)
    assert note_index.search(noted, "deliver") == ["C2", "C1"]
    assert note_index.search(noted, "DELIVERY tuesday") == ["C1"]
    assert note_index.search(noted, "zoe cafe") == ["C2"]
    assert note_index.search(noted, "livery") == note_index.search(noted, " -?! ") == []


@pytest.mark.parametrize("text", ['"', "delivery NEAR(", "text: x*", "a OR b) --", "'; DROP TABLE notes", "\0", "*"])
def test_a_search_is_never_a_statement(noted: Path, text: str) -> None:
    note_index.fill(noted, NOW)
    note_index.search(noted, text)
    assert note_index.search(noted, "delivery") == ["C2", "C1"]


def test_a_search_ends_with_the_time_of_its_request(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "STEPS", 1)
    note_index.fill(noted, NOW)
    with reading.within(0), refused(ReadInterrupted, "notes_search_long"):
        note_index.search(noted, "delivery")


def test_new_notes_are_added_once_and_only_when_they_count(noted: Path) -> None:
    note_index.fill(noted, NOW)
    note(noted, "E4", "C4", "delivery tomorrow", undo_until=NOW + 1)
    note(noted, "E5", "C5", "delivery never")
    note(noted, "E6", "C6", "delivery today", at=NOW)
    assert note_index.fill(noted, NOW) == (0, True)
    with closing(sqlite3.connect(noted)) as connection, connection:
        connection.execute("UPDATE disposition_entry SET undo_until = 0, notes = 'delivery on Monday' WHERE id = 'E4'")
    assert note_index.fill(noted, NOW) == (2, True)
    assert note_index.search(noted, "delivery") == ["C5", "C4", "C2", "C1"]
    assert note_index.search(noted, "monday") == ["C4"] and note_index.search(noted, "today") == []
    assert note_index.fill(noted, NOW + 2 * note_index.LATE) == (1, True)


def test_an_erased_note_is_no_longer_in_the_file(noted: Path) -> None:
    note_index.fill(noted, NOW)
    assert b"Tuesday" in note_index.place(noted).read_bytes()
    note_index.erase(noted, ["C1", "unknown"])
    assert note_index.search(noted, "delivery") == ["C2"]
    assert b"uesday" not in note_index.place(noted).read_bytes()
    assert note_index.fill(noted, NOW) == (0, True)


def test_a_letter_is_found_in_old_and_new_notes(noted: Path) -> None:
    """An index that was made before single letters were in it stays as it is, and finds the same."""
    with closing(sqlite3.connect(note_index.place(noted))) as former, former:
        former.executescript(note_index.SCHEMA.replace(", prefix = '1'", ""))
    for make in (note_index.fill, note_index.rebuild):
        assert make(noted, NOW) == (2, True)
        assert note_index.search(noted, "d") == ["C2", "C1"] and note_index.search(noted, "Z") == ["C2"]
        assert note_index.search(noted, "t d") == ["C1"] and note_index.search(noted, "x") == []
        note_index.erase(noted, ["C1"])
        assert note_index.search(noted, "w") == []


def test_a_broken_index_is_named_and_can_be_rebuilt(noted: Path) -> None:
    note_index.erase(noted, ["C1"])
    with refused(StoreError, "notes_not_indexed"):
        note_index.search(noted, "delivery")
    note_index.place(noted).write_bytes(b"no database at all, but longer than a header of SQLite is" * 20)
    for use in (lambda: note_index.fill(noted, NOW), lambda: note_index.search(noted, "delivery")):
        with refused(StoreError, "notes_index_failed", file=note_index.place(noted)):
            use()
    assert note_index.rebuild(noted, NOW) == (2, True)
    assert note_index.search(noted, "delivery") == ["C2", "C1"]


def test_an_index_goes_with_a_replaced_database(noted: Path, tmp_path: Path) -> None:
    backup_and_vacuum.backup(noted, tmp_path / "copy")
    note_index.fill(noted, NOW)
    database_restore.restore(noted, tmp_path / "copy")
    assert not note_index.place(noted).exists()
