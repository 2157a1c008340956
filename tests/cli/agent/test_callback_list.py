"""`warmline callback list`."""

import json
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.copied_database import new_database
from tests.store.busy_ingroups import SECOND, fill
from warmline.store.database.database import connect


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run a command on a database with a busy in-group, a minute and a half after its first call."""
    path = tmp_path / "warmline.db"
    new_database(path)
    monkeypatch.setenv("WARMLINE_DB", str(path))
    fill(path, time.time_ns() // 1000 - 90 * SECOND)

    return run


def test_promised_callbacks_are_listed(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("callback", "list")
    assert code == 0 and out.count("5551234") == 2 and "anybody" in out
    assert [row["id"] for row in json.loads(run("callback", "list", "--json")[1])] == ["B2", "B1"]
    with closing(connect(tmp_path / "warmline.db")) as db, db:
        entry = "(id, call, agent, status, at, \"by\", notes) VALUES ('D', '01CALL', '1000', '', 1, 'test', 'angry')"
        db.execute(f"INSERT INTO disposition_entry {entry}")
    assert run("callback", "list")[1].count("angry") == 2
    assert "notes      angry\n" in run("callback", "show", "B1")[1]
    assert [row["notes"] for row in json.loads(run("callback", "list", "--json")[1])] == ["angry"] * 2


def test_callbacks_of_a_day_are_listed(run: Run) -> None:
    both = run("callback", "list", "--json")[1]
    assert run("callback", "list", "--today", "--json")[1] == both == run("callback", "list", "--week", "--json")[1]
    for day in ("tomorrow", "nextweek", "yesterday", "2026-01-05"):
        assert json.loads(run("callback", "list", "--day", day, "--json")[1]) == []
    code, out, _ = run("callback", "list", "--day", "2026-01-05", "--timezone", "UTC")
    assert (code, out.splitlines()[0]) == (0, "No callback is pending from 2026-01-05 00:00 until 2026-01-06 00:00.")
    assert run("callback", "list", "--state", "cancelled")[1] == "No callback is cancelled.\n"
