"""The spill file in the command line: doctor, backup, restore, check, `audit verify` and `db spill`."""

import asyncio
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from cli.doctor.check_list import run
from cli.doctor.checks import storage_check
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Finding
from cli.main import main
from tests.store.journal.test_spill_file import EVERYTHING, left_behind, set_aside, spill_of
from warmline.store.journal import spill_file
from warmline.store.journal.storage_state import StorageState
from warmline.store.migrations.schema_migration import migrate
from warmline.system.settings import DEFAULTS, Settings

LATE = StorageState(1_700_000_000_000_000, "database is locked")


class App:
    """A connection to an app whose storage is in this state."""

    state = StorageState()

    def __init__(self, *_: object) -> None: ...

    def storage(self) -> StorageState:
        return self.state

    def close(self) -> None: ...


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a database whose spill file has three entries."""
    path = tmp_path / "warmline.db"
    monkeypatch.setenv("WARMLINE_DB", str(path))
    migrate(path)
    asyncio.run(left_behind(path, EVERYTHING))
    return path


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main([*words])
    return int(ended.value.code or 0), capsys.readouterr().out


def findings(db: Path, name: str) -> list[Finding]:
    facts = CheckFacts(Settings(**(DEFAULTS | {"db": str(db)})), db.with_name("warmline.toml"))
    checks: Sequence[storage_check.Check] = [one for one in storage_check.CHECKS if one.name == name]
    return [one.finding for one in run(facts, checks)]


def codes(db: Path, name: str) -> list[str]:
    return [one.code for one in findings(db, name)]


def test_doctor_counts_pending_entries_and_names_files_set_aside(db: Path) -> None:
    [found] = findings(db, "spill file")
    assert found.code == "entries_wait" and "entries that wait: 3, from 1970-01-01" in found.found
    spill_file.set_aside(spill_of(db), 7)
    assert codes(db, "spill file") == ["spill_set_aside"]
    set_aside(db.parent)[0].unlink()
    assert codes(db, "spill file") == ["spill_good"]


def test_doctor_says_that_the_space_is_not_reserved(db: Path) -> None:
    spill_of(db).write_bytes(b"")
    assert codes(db, "spill file") == ["spill_unusable", "spill_not_reserved"], "it was cut off"
    os.truncate(spill_of(db), spill_file.RESERVED)
    assert codes(db, "spill file") == ["spill_not_reserved"]


def test_doctor_says_that_entries_cannot_be_written(db: Path) -> None:
    data = bytearray(spill_of(db).read_bytes())
    first = int.from_bytes(data[4:12], "big")
    spill_of(db).write_bytes(spill_file._encoded(spill_file.Frame(first + 5, b"no entries")))
    assert "spill_unusable" in codes(db, "spill file")


def test_doctor_says_whether_the_app_can_write(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for state, code in (
        (StorageState(), "storage_good"),
        (LATE, "database_late"),
        (LATE._replace(spill_why="No space left on device"), "storage_failed"),
        (LATE._replace(lost=True), "storage_lost"),
        (StorageState(spill_why="No space left on device"), "spill_not_written"),
    ):
        monkeypatch.setattr(App, "state", state)
        monkeypatch.setattr(storage_check, "LocalConnection", App)
        [found] = findings(db, "storage")
        assert found.code == code
        assert state.why in found.found and state.spill_why in found.found, state


def test_a_backup_counts_the_entries_it_lacks(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = printed(capsys, "db", "backup", str(tmp_path / "copy.db"))
    last = "Entries that wait in the spill file, and are not in the copy: 3. See: warmline db spill"
    assert (code, out.splitlines()[1:]) == (0, [last])
    assert json.loads(printed(capsys, "db", "backup", str(tmp_path / "other.db"), "--json")[1])["waiting"] == 3


def test_a_restore_names_the_entries_that_are_lost(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys, "db", "backup", copy := str(tmp_path / "copy.db"))
    code, out = printed(capsys, "db", "restore", copy, "--yes")
    assert code == 0 and "Entries of the former database that it had not written: 3. They are lost" in out
    [aside] = set_aside(tmp_path)
    code, out = printed(capsys, "db", "spill", str(aside), "--json")
    assert (code, [one["kind"] for one in json.loads(out)]) == (0, [one.kind for one in EVERYTHING])
    assert printed(capsys, "db", "spill") == (1, f"No entry waits for {db}.\n"), "the file is told as an error"
    code, out = printed(capsys, "audit", "verify", "--no-files")
    assert code == 1 and str(aside.name) in out.replace("\n", "")


def test_db_check_names_pending_and_lost_entries(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = printed(capsys, "db", "check")
    assert (code, out) == (0, f"{db} is whole\nEntries that wait in the spill file: 3. See: warmline db spill\n")
    aside = spill_file.set_aside(spill_of(db), 7)
    code, out = printed(capsys, "db", "check")
    assert (code, out) == (1, f"{aside}: entries that are in no database: 3; see: warmline db spill {aside}\n")


def test_damage_is_told_before_a_start_and_its_whole_entries_are_written_by_a_command(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(spill_of(db).read_bytes())
    data[100] ^= 1
    spill_of(db).write_bytes(bytes(data))
    lost = f"{spill_of(db)}: it is damaged at byte 0: rows 1 to 3 of the journal are lost\n"
    with pytest.raises(SystemExit, match="1"):
        main(["db", "spill"])
    assert capsys.readouterr() == (f"No entry waits for {db}.\n", lost)
    assert "spill_unusable" in codes(db, "spill file")
    code, out = printed(capsys, "audit", "verify", "--no-files", "--json")
    assert code == 1 and lost.strip() in [one["text"] for one in json.loads(out)["findings"]]
    data[100] ^= 1
    spill_of(db).write_bytes(bytes(data))
    aside = spill_file.set_aside(spill_of(db), 7)
    code, out = printed(capsys, "db", "spill", str(aside), "--write")
    assert (code, out) == (
        0,
        f"{db}: entries of {aside} that are now in it: 3, with ended records: 2. The file is removed.\n",
    )
    assert printed(capsys, "db", "spill", "--write") == (0, f"{db}: entries of the spill file that are now in it: 0\n")
    assert set_aside(db.parent) == []


def test_waiting_entries_are_written_by_a_command(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "db", "spill", "--write") == (0, f"{db}: entries of the spill file that are now in it: 3\n")
    assert printed(capsys, "db", "spill") == (0, f"No entry waits for {db}.\n")
