"""`warmline audit calls`, `audit call` and `report day`: the servers of calls are shown if there are several."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Run

CALL = """
    INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended, ended_by, status,
        server)
    VALUES (?, 'M1', 'ended', 1700000000000000, '15550001', '8005550100', '', '', '', 1700000009000000, 'customer', '',
        ?)
"""
RUN = "INSERT INTO asterisk VALUES (?, 1, 1, NULL, ?)"
EVER = ("--since", "2023-01-01")


class Calls:
    """A database in which calls are written directly."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, call: str, server: str) -> None:
        with closing(sqlite3.connect(self.path)) as db, db:
            db.execute(CALL, (call, server))
            db.execute(RUN.replace("INSERT", "INSERT OR IGNORE"), (server, server))


@pytest.fixture
def made(demo_db: Path) -> Calls:
    made = Calls(demo_db)
    made.add("01CALLONMAIN", "main")
    return made


def told(run: Run, *words: str) -> str:
    code, out, err = run(*words)
    assert code == 0, err
    return out


def test_several_servers_have_a_column_a_filter_and_a_line(made: Calls, run: Run) -> None:
    made.add("01CALLONB", "b")
    head, *rows = told(run, "audit", "calls", *EVER, "--fields", "call,server").splitlines()[:3]
    assert head.split() == ["call", "server"]
    assert sorted(tuple(row.split()) for row in rows) == [("01CALLONB", "b"), ("01CALLONMAIN", "main")]
    assert "server" in told(run, "audit", "calls", *EVER).splitlines()[0]
    [row] = json.loads(told(run, "audit", "calls", *EVER, "--server", "b", "--json"))["calls"]
    assert row["call"] == "01CALLONB"
    [line] = [line for line in told(run, "audit", "call", "01CALLONB").splitlines() if "server" in line]
    assert line.split() == ["server", "b"]
    code, _, err = run("audit", "calls", *EVER, "--server", "bb")
    assert code and "server 'bb' does not exist" in err and "b" in err


def test_the_report_of_a_period_counts_calls_by_server(made: Calls, run: Run) -> None:
    made.add("01CALLONB", "b")
    made.add("01ALSOONB", "b")
    day = ("report", "day", "--between", "2023-11-01..2023-12-01", "--each", "server", "--json")
    rows = json.loads(told(run, *day))["day"]
    assert {row["group"]: row["calls"] for row in rows} == {"main": 1, "b": 2}
