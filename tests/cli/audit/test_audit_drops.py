"""`warmline audit drops`: persons and drops in each window, from rows of attempts."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.audit.attempts import BEGUN, HOUR, SECOND, Attempts
from tests.cli.command_line import Run

SALE, MACHINE = "SALE", "A"


class Calls:
    """A database in which answered calls are written directly; the first one is the campaign's first automatic call."""

    def __init__(self, attempts: Attempts) -> None:
        self._attempts, self._count = attempts, 0

    def add(
        self, day: int, status: str, times: int = 1, *, dropped: bool = False, by: str = "", on: int = 0, **other: Any
    ) -> None:
        """Write calls that were answered on that day, and went on for so many seconds after a drop."""
        at = BEGUN + day * 24 * HOUR
        for _ in range(times):
            self._count += 1
            answered = at + self._count * 1000
            times_of_call = {"answered": answered, "connected": None, "ended": answered + 1_000 + on * SECOND}
            end = {"dropped": answered + 1_000 if dropped else None, "status": status, "ended_by": by}
            self._attempts.add(at, agent="", **times_of_call, **end, **other)


@pytest.fixture
def made(demo_db: Path) -> Iterator[Calls]:
    with closing(Attempts(demo_db)) as attempts:
        yield Calls(attempts)


def test_each_window_has_its_persons_and_drops(made: Calls, run: Run) -> None:
    made.add(0, SALE, 98)
    made.add(0, MACHINE, 50)
    made.add(1, "DROP", dropped=True, by="customer")
    made.add(1, "DROP", dropped=True, by="drop_call_seconds")
    made.add(31, SALE, 10)
    made.add(31, "DROP", dropped=True, by="asterisk", by_fault=1)
    code, out, _ = run("audit", "drops", "--json")
    told = json.loads(out)
    first, second = told["windows"]
    assert code == 1 and told["above"] == 1
    assert (first["begins"][:19], first["ends"][:19]) == ("2026-10-01T00:00:00", "2026-10-31T00:00:00")
    assert (first["answered"], first["dropped"], first["hung_up"], first["late"], first["by_fault"]) == (
        100,
        2,
        1,
        1,
        0,
    )
    assert (first["rate"], first["above"]) == (0.02, False)
    assert (second["answered"], second["dropped"], second["by_fault"], second["above"]) == (11, 1, 1, True)


def test_a_dropped_person_who_hangs_up_in_an_in_group_did_not_hang_up_first(made: Calls, run: Run) -> None:
    made.add(0, "DROP", dropped=True, by="customer")
    made.add(0, "DROP", dropped=True, by="customer", on=40)
    [window] = json.loads(run("audit", "drops", "--json")[1])["windows"]
    assert (window["dropped"], window["hung_up"], window["late"]) == (2, 1, 1)


def test_only_persons_of_the_dialler_count(made: Calls, run: Run) -> None:
    made.add(0, SALE, 90, origin="agent")
    made.add(1, SALE, 9, origin="callback")
    made.add(2, SALE, 96)
    made.add(2, "DROP", 3, dropped=True, by="customer")
    [window] = json.loads(run("audit", "drops", "--json", "--window", "DAY")[1])["windows"]
    assert (window["answered"], window["dropped"], window["above"]) == (99, 3, True)
    [period] = json.loads(run("audit", "drops", "--json")[1])["windows"]
    assert period["begins"][:10] == "2026-10-03", "the first automatic call begins it"


def test_a_day_is_judged_alone(made: Calls, run: Run) -> None:
    made.add(0, SALE, 98)
    made.add(1, "DROP", 2, dropped=True, by="customer")
    assert run("audit", "drops", "--campaign", "TESTCAMP")[0] == 0
    code, out, _ = run("audit", "drops", "--window", "DAY", "--json")
    assert code == 1
    assert [(one["answered"], one["dropped"]) for one in json.loads(out)["windows"]] == [(98, 0), (2, 2)]


def test_three_of_a_hundred_are_allowed(made: Calls, run: Run) -> None:
    made.add(0, SALE, 97)
    made.add(0, "DROP", 3, dropped=True, by="customer")
    assert run("audit", "drops")[0] == 0
    made.add(0, "DROP", dropped=True, by="customer")
    assert run("audit", "drops")[0] == 1


def test_a_campaign_is_held_to_its_own_limit(made: Calls, run: Run) -> None:
    made.add(0, SALE, 98)
    made.add(0, "DROP", 2, dropped=True, by="customer")
    assert run("audit", "drops")[0] == 0
    assert run("campaign", "set", "TESTCAMP", "adaptive_dropped_percentage=1.9")[0] == 0
    assert run("audit", "drops")[0] == 1
