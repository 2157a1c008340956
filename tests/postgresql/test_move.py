"""A whole database moved to PostgreSQL and back: the same rows, the same chains; interrupted, and continued."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.postgresql.day_of_calls import lived
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.database import leader_lock_file
from warmline.store.database.database import SCHEMA_VERSION, StoreError, connect
from warmline.store.journal import hash_chain
from warmline.store.maintenance import schema_check, table_chunks
from warmline.store.maintenance.move import Tell, move
from warmline.store.postgresql.schema import columns
from warmline.system.database_address import DatabaseAddress

ADD = "INSERT INTO lead (list_id, entry_date, modify_date, phone_number)"


class Killed(BaseException):
    """The program ends in the middle of the move."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide the database of a day of calls."""
    folder = tmp_path_factory.mktemp("day")
    lived(folder, seed=1, steps=15)
    return folder / "after.db"


@pytest.fixture
def source(day: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(day, tmp_path / "warmline.db"))


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_chunks, "CHUNK", 100)


def content(database: str | Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with closing(connect(database)) as db:
        return {table: [row for rows in table_chunks.chunks(db, table) for row in rows] for table in columns()}


def killed_at(count: int, say: str) -> Tell:
    """Return a progress that ends the program at the so many-th report that begins with `say`."""
    left = [count]

    def tell(doing: str, *_: int) -> None:
        if doing.startswith(say):
            left[0] -= 1
            if not left[0]:
                raise Killed

    return tell


def test_move_there_and_back_equal(source: Path, empty: DatabaseAddress, tmp_path: Path) -> None:
    moved = move(source, empty)
    assert moved.rows["journal"] > 100 and moved.rows["lead"] == 400 and not moved.resumed
    assert content(empty) == content(source)
    assert hash_chain.verify(empty) == [] and hash_chain.heads(empty) == (moved.journal, moved.config_journal)
    back = tmp_path / "back.db"
    assert move(empty, back).rows == moved.rows
    assert content(back) == content(source) and hash_chain.verify(back) == []
    with closing(sqlite3.connect(back)) as db:
        assert list(schema_check.differences(db, SCHEMA_VERSION)) == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert sorted(tmp_path.glob("back.db*")) == [back]


@pytest.mark.parametrize("say", ["copying lead", "making"])
def test_move_killed_continues(source: Path, empty: DatabaseAddress, tmp_path: Path, say: str) -> None:
    with pytest.raises(Killed):
        move(source, empty, killed_at(1 if say == "making" else 2, say))
    with pytest.raises(StoreError, match="warmline db migrate"):
        connect(empty)  # no program takes it for a database of Warmline
    assert move(source, empty).resumed
    back = tmp_path / "back.db"
    with pytest.raises(Killed):
        move(empty, back, killed_at(1 if say == "making" else 2, say))
    assert not back.exists() and move(empty, back).resumed
    assert content(back) == content(empty) == content(source)


def test_move_of_changed_database_copies_table_again(source: Path, empty: DatabaseAddress) -> None:
    with pytest.raises(Killed):
        move(source, empty, killed_at(1, "comparing"))
    with closing(connect(source)) as db:
        db.execute("UPDATE lead SET first_name = 'Ada' WHERE lead_id = 7")
    with pytest.raises(StoreError, match=r"table lead differs from the row 7 on.*run the command again"):
        move(source, empty)
    assert move(source, empty).resumed and content(empty) == content(source)


def test_move_into_used_database_is_refused(source: Path, database: DatabaseAddress) -> None:
    with pytest.raises(StoreError, match="has tables of Warmline; name an empty one"):
        move(source, database)


def test_move_while_app_runs_is_refused(source: Path, empty: DatabaseAddress) -> None:
    with leader_lock_file.hold(source), pytest.raises(StoreError, match="stop that process first"):
        move(source, empty)


def test_move_of_broken_chain_is_refused(source: Path, empty: DatabaseAddress) -> None:
    with closing(connect(source)) as db:
        db.execute("DROP TRIGGER journal_unchanged")
        db.execute("UPDATE journal SET agent = 'x' WHERE seq = 40")
    with pytest.raises(StoreError, match="the journal is not whole: row 40"):
        move(source, empty)


def test_moved_database_numbers_leads_on(source: Path, empty: DatabaseAddress, tmp_path: Path) -> None:
    """No number is used twice, also that of a deleted lead."""
    with closing(connect(source)) as db:
        db.execute(
            "INSERT INTO lead (lead_id, list_id, entry_date, modify_date, phone_number) VALUES (500, '101', 1, 1, '1')"
        )
        db.execute("DELETE FROM lead WHERE lead_id = 500")
    move(source, empty)
    move(empty, tmp_path / "back.db")
    with closing(connect(tmp_path / "back.db")) as db:
        assert db.execute("SELECT seq FROM sqlite_sequence").fetchone() == (500,)
    with psycopg.connect(empty.whole) as db:
        assert db.execute(f"{ADD} VALUES ('101', 1, 1, '1') RETURNING lead_id").fetchone() == (501,)


def test_text_with_nul_is_stored_with_replacement(source: Path, empty: DatabaseAddress) -> None:
    with closing(connect(source)) as db:
        db.execute("UPDATE lead SET comments = ? WHERE lead_id = 7", ("a\0b",))
    move(source, empty)
    with psycopg.connect(empty.whole) as db:
        assert db.execute("SELECT comments FROM lead WHERE lead_id = 7").fetchone() == ("a\N{REPLACEMENT CHARACTER}b",)


def test_error_has_no_password(source: Path, empty: DatabaseAddress, postgresql: DatabaseServer) -> None:
    wrong = DatabaseAddress(empty.whole.replace("not%20for", "never%20for").replace("/warmline_", "/missing_"))
    with pytest.raises(StoreError) as refused:
        move(source, wrong)
    assert "never" not in str(refused.value) and "log" not in str(refused.value).replace("login", "")
