"""Commands read a database that a former release or commit has left; before its upgrade, they name it.

`make test` tries each command with one of these databases, and the restore with two of them.
`tools/nightly soak` tries all with all.
"""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import main
from tests.soak import a_share_of_pairs, soaking
from tests.store import left_databases
from warmline.options.option_table import ENTITIES
from warmline.store.database.database import schema_of
from warmline.store.database.leader_lock_file import hold

REPORTS = "day interval agents closers transfers dids dispositions callbacks missed drops undispositioned"
LISTS = [f"{kind} list --json" for kind in ENTITIES if kind != "setting"]
READS = [
    *LISTS,
    "setting show --json",
    "campaign show TESTCAMP --json",
    "audit calls --since 2026-11-01 --json",
    "audit call last --json",
    "audit attempts --since 2026-11-01 --json",
    "audit transfers --since 2026-11-01 --json",
    "audit agent 1003 --day 2026-11-24 --json",
    "audit config --since 2026-11-01 --json",
    "audit verify --no-files --json",
    "dial hopper TESTCAMP --json",
    "lead find 4930555777 --json",
    *(f"report {name} --since 2026-11-01 --json" for name in REPORTS.split()),
]

LEFT = left_databases.older()
TRIED = a_share_of_pairs(LEFT, READS)

Run = Callable[[str], tuple[int, str, str]]


@pytest.fixture(params=LEFT)
def left(request: pytest.FixtureRequest) -> str:
    """Return the name of a database that was left."""
    return str(request.param)


@pytest.fixture
def run(left: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line with a database that was left: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(left_databases.write(left, tmp_path / "w.db")))

    def run(line: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(line.split())
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_each_command_that_reads_works_after_the_migration_and_names_it_before(run: Run, left: str) -> None:
    code, out, err = run("campaign list")
    assert (code, out) == (1, "") and err.count("\n") == 1 and err.endswith("warmline db migrate\n")
    assert run("db migrate")[0] == 0
    reads = [line for name, line in TRIED if name == left]
    failed = [(line, said) for line in reads if (said := run(line))[0] != 0 or said[2]]
    assert len(reads) > 5 and failed == []
    assert run("db check")[:2] == (0, f"{os.environ['WARMLINE_DB']} is whole\n")


@pytest.mark.parametrize("left", LEFT if soaking() else sorted({LEFT[0], LEFT[-1]}), indirect=True)
def test_a_migration_says_where_the_backup_is_and_a_restore_which_period_is_lost(run: Run, tmp_path: Path) -> None:
    path, copy = tmp_path / "w.db", tmp_path / "w.db.before-migrate"
    applied = ", ".join(left_databases.due(path))
    with hold(path):
        assert run("db migrate")[0] == 1
    code, out, _ = run("db migrate")
    assert code == 0 and out.startswith(f"{path}: {applied} applied\nBackup of the database before: {copy}\n")
    assert f"warmline db restore {copy}" in out
    assert run("db migrate") == (0, f"{path} is up to date\n", "")
    assert run("phone create 1999")[0] == 0
    code, out, err = run(f"db restore {copy}")
    assert (code, out) == (5, "") and "--yes" in err
    with closing(sqlite3.connect(copy)) as connection:
        former, _ = schema_of(connection)
    code, out, _ = run(f"db restore {copy} --yes --json")
    restored = json.loads(out)
    assert (code, restored["current"], restored["schema"], restored["lost"]["calls"]) == (0, False, former, 0)
    assert restored["lost"]["since"] < restored["lost"]["until"]
    assert run("phone list")[0] == 1
    code, out, _ = run(f"db restore {path}.before-restore --yes")
    assert code == 0 and "does not have" not in out and "another Warmline" not in out
    code, out, _ = run(f"db restore {copy} --yes")
    assert code == 0 and "The backup does not have the time from 2026-11-" in out
    assert f"It has schema {former} of another Warmline." in out
    assert run(f"db migrate --backup {tmp_path}/mine.db --json")[0] == 0 and (tmp_path / "mine.db").exists()
