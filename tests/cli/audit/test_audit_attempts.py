"""`warmline audit attempts`: how many automatic calls reached a person."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.audit.attempts import BEGUN, HOUR, Attempts
from tests.cli.command_line import Run

EVER = ("--since", "2026-09-01")


@pytest.fixture
def made(demo_db: Path) -> None:
    """Provide two lists: in the first a person, a machine, a drop and no answer; in the second, busy and a refusal.

    Agents have dialled three leads of the first list: a person, busy, and a person whom they called back.
    """
    later = BEGUN + 4 * HOUR
    rows = (
        ("dialler", "998", BEGUN, "agent", "SALE", BEGUN + 5, None),
        ("dialler", "998", BEGUN, "agent", "A", BEGUN + 5, None),
        ("dialler", "998", BEGUN, "customer", "DROP", BEGUN + 5, BEGUN + 6),
        ("dialler", "998", later, "lead", "NA", None, None),
        ("dialler", "999", later, "lead", "AB", None, None),
        ("dialler", "999", later, "refused", "DNCL", None, None),
        ("agent", "998", BEGUN, "agent", "SALE", BEGUN + 5, None),
        ("agent", "998", BEGUN, "busy", "B", None, None),
        ("callback", "998", BEGUN, "customer", "SALE", BEGUN + 5, None),
    )
    with closing(Attempts(demo_db)) as attempts:
        for origin, of_list, at, by, status, answered, dropped in rows:
            call = {"list_id": of_list, "status": status, "ended_by": by, "answered": answered, "dropped": dropped}
            verdict = {"SALE": "HUMAN", "A": "MACHINE"}.get(status, "")
            attempts.add(at, origin=origin, agent="", connected=None, amd=verdict, **call)


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
