"""Rows that an app noted beside its database are missed by doctor, `audit verify`, `db check` and `db restore`."""

import asyncio
import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.system.test_spill_commands import findings, printed
from tests.copied_database import new_database
from tests.store.journal.test_journal import opened
from tests.store.records import entry
from tests.wording.said import refused
from warmline.store.configuration import config
from warmline.store.database.database import StoreError, connect
from warmline.store.journal import noted_heads

FIX = "warmline audit verify"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a database of which `backup.db` is a copy with one row less in each chain."""
    path = tmp_path / "warmline.db"
    monkeypatch.setenv("WARMLINE_DB", str(path))
    new_database(path)
    _live(path, 2)
    shutil.copyfile(path, tmp_path / "backup.db")
    config.create(path, "phone", "1000", {}, who="ada")
    _live(path, 3)
    return path


def _live(path: Path, at: int) -> None:
    async def write() -> None:
        with opened(path) as writer:
            await writer.record([entry(at)])

    asyncio.run(write())


def test_missing_rows_are_said_until_a_backup_is_restored(
    db: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    verify = ("audit", "verify", "--no-files")
    assert printed(capsys, *verify)[0] == 0 and printed(capsys, "db", "check")[0] == 0
    assert [one.code for one in findings(db, "history")] == ["history_good"]
    for ending in ("", "-wal", "-shm"):
        db.with_name(db.name + ending).unlink(missing_ok=True)
    shutil.copyfile(db.with_name("backup.db"), db)
    for start in (False, True):
        if start:
            _live(db, 4)  # its row has the number of the one that is missing
        code, out = printed(capsys, *verify, "--json")
        found = json.loads(out)["findings"]
        assert (code, {one["journal"] for one in found}) == (1, {"journal", "config_journal"})
        assert all("were there before, and are missing" in one["text"] for one in found)
        code, out = printed(capsys, "db", "check")
        assert code == 1 and "journal: rows 2 to 2 were there before" in out
        [finding] = findings(db, "history")
        assert (finding.code, finding.fix) == ("history_shorter", FIX)
    assert "rows 2 to 2 were there before, and are missing since the start" in caplog.text


def test_a_restore_notes_rows_that_the_backup_does_not_have(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = printed(capsys, "db", "restore", str(db.with_name("backup.db")), "--yes")
    assert code == 0 and "Note: journal: rows 2 to 2 were there before, and are missing since `db restore`" in out
    code, out = printed(capsys, "audit", "verify", "--no-files")
    assert code == 0 and "Note: journal: rows 2 to 2" in out and "Note: config_journal: rows" in out
    _live(db, 4)
    assert {one.cause for one in noted_heads.look(db)} == {"restore"}
    assert [one.code for one in findings(db, "history")] == ["history_good"]


def test_a_database_that_is_gone_is_brought_back(db: Path) -> None:
    db.unlink()
    with refused(StoreError, "database_gone", path=db):
        connect(db)


@pytest.mark.parametrize("noted", [b'{"journal":[3,"\xff"]}', b'{"journal":[9223372036854775808,"a"]}'])
def test_damage_of_the_noted_rows_is_said_and_stops_no_start(
    db: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, noted: bytes
) -> None:
    noted_heads.path_of(db).write_bytes(noted.ljust(noted_heads.SIZE) + b"[]")
    code, _ = printed(capsys, "audit", "verify", "--no-files")
    assert code != 0
    _live(db, 5)
    assert "whether rows are missing is not known" in caplog.text and noted_heads.look(db) == []


def test_an_app_confirms_nothing_beside_another_that_writes_through_a_link(db: Path) -> None:
    """The second one did not see the lock of the first."""
    (link := db.with_name("link.db")).symlink_to(db)

    async def scenario() -> tuple[bool, str]:
        with opened(db) as first:
            with opened(link) as second:
                await second.record([entry(5)])
            first.look_back()
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await first.record([entry(6)])
            return first.history_lost, first.problem

    lost, problem = asyncio.run(scenario())
    assert lost and "another program writes the journal" in problem
