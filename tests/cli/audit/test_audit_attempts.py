"""`warmline audit attempts`: how many automatic calls reached a person."""

import json
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from warmline.store.database.database import connect

EVER = ("--since", "2026-09-01")
MORNING = int(datetime(2026, 10, 1, 15, tzinfo=UTC).timestamp()) * 1_000_000  # 10:00 in Chicago
HOUR = 3_600_000_000
CALL = """
    INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by, status)
    VALUES (?, '', 'ended', ?, '', '', '', '', '', ?, ?)
"""
ATTEMPT = """
    INSERT INTO attempt (
        call, campaign, origin, list_id, source, passes, zones, open_until, caller_id, ready, in_flight,
        threshold, risk, answered, agent, dropped, by_fault, opted_out, amd)
    VALUES (?, 'TESTCAMP', ?, ?, 'list', 0, 'America/Chicago', 0, '', 1, 0, 0, 0, ?, '', ?, 0, 0, ?)
"""


@pytest.fixture
def made(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide two lists: in the first a person, a machine, a drop and no answer; in the second, busy and a refusal.

    Agents have dialled three leads of the first list: a person, busy, and a person whom they called back.
    """
    path = Path(shutil.copy(demo_database, tmp_path))
    monkeypatch.setenv("WARMLINE_DB", str(path))
    later = MORNING + 4 * HOUR
    rows = (
        ("dialler", "998", MORNING, "agent", "SALE", MORNING + 5, None),
        ("dialler", "998", MORNING, "agent", "A", MORNING + 5, None),
        ("dialler", "998", MORNING, "customer", "DROP", MORNING + 5, MORNING + 6),
        ("dialler", "998", later, "lead", "NA", None, None),
        ("dialler", "999", later, "lead", "AB", None, None),
        ("dialler", "999", later, "refused", "DNCL", None, None),
        ("agent", "998", MORNING, "agent", "SALE", MORNING + 5, None),
        ("agent", "998", MORNING, "busy", "B", None, None),
        ("callback", "998", MORNING, "customer", "SALE", MORNING + 5, None),
    )
    with closing(connect(path)) as db, db:
        for number, (origin, of_list, at, by, status, answered, dropped) in enumerate(rows):
            db.execute(CALL, (f"01M{number:023}", at, by, status))
            verdict = {"SALE": "HUMAN", "A": "MACHINE"}.get(status, "")
            db.execute(ATTEMPT, (f"01M{number:023}", origin, of_list, answered, dropped, verdict))
    return path


@pytest.mark.usefixtures("made")
def test_persons_are_counted_by_campaign_list_and_hour(run: Run) -> None:
    def told(by: str) -> list[list[object]]:
        code, out, err = run("audit", "attempts", *EVER, "--by", by, "--json")
        assert (code, err) == (0, "")
        return [list(one.values()) for one in json.loads(out)["attempts"]]

    # origin, dialled, answered, machines, persons, rate, dropped, busy, refused
    by_hand, called_back = ["agent", 2, 1, 0, 1, 0.5, 0, 1, 0], ["callback", 1, 1, 0, 1, 1.0, 0, 0, 0]
    assert told("campaign") == [
        ["TESTCAMP", *by_hand],
        ["TESTCAMP", *called_back],
        ["TESTCAMP", "dialler", 5, 3, 1, 2, 0.4, 1, 1, 1],
    ]
    assert told("list") == [
        ["998", *by_hand],
        ["998", *called_back],
        ["998", "dialler", 4, 3, 1, 2, 0.5, 1, 0, 0],
        ["999", "dialler", 1, 0, 0, 0, 0, 0, 1, 1],
    ]
    assert told("hour") == [
        ["10", *by_hand],
        ["10", *called_back],
        ["10", "dialler", 3, 3, 1, 2, 0.6667, 1, 0, 0],
        ["14", "dialler", 2, 0, 0, 0, 0, 0, 1, 1],
    ]


@pytest.mark.usefixtures("made")
def test_the_filter_and_the_errors(run: Run) -> None:
    code, out, _ = run("audit", "attempts", *EVER, "--campaign", "TESTCAMP")
    assert code == 0 and "40.0%" in out
    code, out, _ = run("audit", "attempts", "--day", "2026-10-02")
    assert code == 0 and "No call to a lead" in out
    code, _, err = run("audit", "attempts", "--by", "area")
    assert code == 1 and "area" in err and "hour" in err
