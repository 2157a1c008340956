"""`warmline db …`: copy, restore, check and vacuum the database file."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.wording.said import refused, said
from warmline.store.configuration import config
from warmline.store.database.database import StoreError
from warmline.store.database.leader_lock_file import hold


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "warmline.db"
    monkeypatch.setenv("WARMLINE_DB", str(path))
    return path


@pytest.fixture
def run(db: Path, run: Run) -> Run:
    """Run `warmline db …` on a new database: exit code, stdout, stderr."""
    assert run("db", "migrate")[0] == 0
    return lambda *arguments: run("db", *arguments)


def phones(db: Path) -> list[str]:
    return config.list_names(db, "phone")


def test_a_copy_and_back(run: Run, db: Path, tmp_path: Path) -> None:
    config.create(db, "phone", "1000", {}, who="ada")
    copy = str(tmp_path / "friday.db")
    assert run("backup", copy) == (0, f"{copy}: {Path(copy).stat().st_size:,} bytes, whole\n", "")
    config.delete(db, "phone", "1000", who="ada")
    code, out, _ = run("restore", copy, "--yes")
    assert code == 0 and out.startswith(f"{db} is what {copy} holds; what it was is in {db}.before-restore\n")
    assert phones(db) == ["1000"]
    code, out, _ = run("restore", f"{db}.before-restore", "--yes", "--json")
    told = json.loads(out)
    assert (code, told["before"], phones(db)) == (0, f"{db}.before-restore-1", [])


def test_nothing_is_replaced_without_a_word(run: Run, db: Path, tmp_path: Path) -> None:
    copy = str(tmp_path / "friday.db")
    run("backup", copy)
    config.create(db, "phone", "1000", {}, who="ada")
    code, out, err = run("restore", copy)
    assert (code, out) == (5, "") and "--yes" in err and phones(db) == ["1000"]


def test_one_that_is_gone_comes_back(run: Run, db: Path, tmp_path: Path) -> None:
    copy = str(tmp_path / "friday.db")
    config.create(db, "phone", "1000", {}, who="ada")
    run("backup", copy)
    for file in tmp_path.glob("warmline.db*"):
        file.unlink()
    assert run("restore", copy, "--yes") == (0, f"{db} is what {copy} holds\n", "")
    assert phones(db) == ["1000"]


@pytest.mark.parametrize(
    "words",
    [("vacuum",), ("restore", "friday.db", "--yes"), ("restore", "none.db", "--yes"), ("restore", "friday.db")],
)
def test_a_database_in_use_is_not_changed(
    run: Run, db: Path, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("backup", "friday.db")
    before = db.read_bytes()
    with hold(db):
        code, out, err = run(*words)
    assert (code, out) == (1, "")
    in_use = "database_in_use" if words == ("vacuum",) else "restore_while_running"
    assert said(in_use, path=db) in err
    assert db.read_bytes() == before


def test_a_copy_that_is_there_is_kept(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "friday.db").write_text("mine")
    code, _, err = run("backup", str(tmp_path / "friday.db"))
    assert (code, err) == (1, f"warmline: {said('copy_exists', file=tmp_path / 'friday.db')}\n")


def test_db_check_finds_a_changed_row(run: Run, db: Path) -> None:
    assert run("check") == (0, f"{db} is whole\n", "")
    config.create(db, "campaign", "SHOP", {}, who="ada")
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE campaign SET default_xfer_group = 'NOWHERE'")
        connection.commit()
    assert run("check") == (1, "a row of campaign names a row of ingroup that does not exist\n", "")
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE campaign SET default_xfer_group = NULL")
        connection.execute("DROP TRIGGER IF EXISTS config_journal_unchanged")
        connection.execute("UPDATE config_journal SET who = 'eve'")
        connection.commit()
    code, out, _ = run("check", "--json")
    assert code == 1 and json.loads(out)["faults"] == [
        "config_journal row 1: it, or the row before it, has been changed"
    ]


STRANGE = (
    "CREATE TRIGGER evil AFTER INSERT ON config_journal BEGIN DELETE FROM did; END",
    "CREATE VIEW shown AS SELECT 1 AS one",
    "ALTER TABLE did ADD COLUMN more TEXT",
    "DROP TRIGGER journal_stays",
)
NAMED = (
    "trigger 'evil' is not one of Warmline's",
    "view 'shown' is not one of Warmline's",
    "table 'did' differs from the one in schema.sql",
    "trigger 'journal_stays' is missing",
)


@pytest.mark.parametrize(("sql", "named"), list(zip(STRANGE, NAMED, strict=True)))
def test_foreign_triggers_are_named_and_never_restored(
    run: Run, db: Path, tmp_path: Path, sql: str, named: str
) -> None:
    """Its structure is undamaged, but its trigger would run with the next command."""
    copy = tmp_path / "friday.db"
    assert run("backup", str(copy))[0] == 0
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(sql)
    before = db.read_bytes()
    code, _, err = run("restore", str(copy), "--yes")
    assert code == 1 and said("copy_altered", file=copy, why=named) in err and db.read_bytes() == before
    with closing(sqlite3.connect(db)) as connection:
        connection.execute(sql)
    assert run("check") == (1, f"{named}\n", "")
    assert run("backup", str(tmp_path / "saturday.db"))[0] == 0, "a copy is better than none"


def test_no_command_wakes_a_strange_trigger(run: Run, db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("CREATE TRIGGER evil AFTER INSERT ON config_journal BEGIN DELETE FROM ingroup; END")
    with refused(StoreError, "database_trigger_unknown", name="evil"):
        config.create(db, "phone", "1000", {}, who="ada")
    assert phones(db) == [] and config.list_names(db, "ingroup")


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_copy_that_is_no_file_is_refused_at_once(run: Run, db: Path, tmp_path: Path, kind: str) -> None:
    copy = tmp_path / "copy"
    match kind:
        case "pipe":
            os.mkfifo(copy)
        case "device":
            copy.symlink_to("/dev/zero")
        case _:
            copy.mkdir()
    code, _, err = run("restore", str(copy), "--yes")
    assert code == 1 and said("copy_not_a_file", file=copy) in err
