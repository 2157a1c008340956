"""Lists are reset at their `reset_times`: once for each moment, whatever interrupts it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.leads.dialled_leads import EAST, NOON, add_many, at, automatic_call, prepare, writing
from warmline.leads.reset_times import MAKE_UP, DueReset
from warmline.store.configuration import config
from warmline.store.database import long_writes
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading
from warmline.store.leads import leads, timed_resets
from warmline.store.leads.timed_resets import ResetPlan, TimedReset

MINUTE = 60_000_000
MANY = 1200  # leads: three steps
NINE = at("2026-11-23T09:00")
FILL = """
    INSERT INTO lead (list_id, entry_date, modify_date, phone_number, status, passes)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
    SELECT '101', 0, 0, 3050000000 + i, 'NA', 1 FROM n
"""
# The process kills itself after its first transaction with leads, where it looks whether an app runs.
DIES = """
import os, signal, sys
from warmline.store.database import long_writes
from warmline.store.leads import timed_resets

path, now = sys.argv[1], int(sys.argv[2])
long_writes.leader_lock_file.is_held = lambda _: os.kill(os.getpid(), signal.SIGKILL)
for list_id in timed_resets.begin_due(path, now):
    timed_resets.go_on(path, list_id, lambda: now)
"""


@pytest.fixture
def timed(db: Path) -> Path:
    """Provide a list that is reset at 9:00 and 17:00 in New York; its times were set long ago."""
    config.set_options(db, "setting", "warmline", {"timezone": EAST}, who="test")
    prepare(db)
    config.set_options(db, "list", "101", {"reset_times": "0900-1700"}, who="test")
    set_long_ago(db)
    return db


def set_long_ago(db: Path) -> None:
    with writing(db) as opened:
        opened.execute("UPDATE config_journal SET at = 1")


def resets(db: Path, now: int) -> dict[str, TimedReset | None]:
    """Make the resets that are due; return them by list."""
    due = timed_resets.begin_due(db, now)
    return {name: timed_resets.go_on(db, name, lambda: now + 1) for name, one in due.items() if not one.missed}


def plan(db: Path, now: int) -> ResetPlan:
    with reading(db) as opened:
        return timed_resets.plan(opened, "101", now)


def passes(db: Path) -> list[int]:
    with reading(db) as opened:
        return [int(one[0]) for one in opened.execute("SELECT passes FROM lead ORDER BY lead_id")]


def test_a_list_is_reset_once_at_its_moment(timed: Path) -> None:
    first, second = add_many(timed, "305", "305")
    automatic_call(timed, first, "13055550100", NINE - MINUTE, "NA", name="C1")
    assert plan(timed, NINE - 1) == (None, NINE)
    assert resets(timed, NINE - 1) == {}
    assert resets(timed, NINE + 5) == {"101": (NINE, NINE + 5, NINE + 6, False, 1)}
    assert leads.find(timed, first)["passes"] == leads.find(timed, second)["passes"] == 0
    automatic_call(timed, first, "13055550100", NINE + MINUTE, "NA", name="C2")
    assert resets(timed, NINE + 2 * MINUTE) == {}
    assert leads.find(timed, first)["passes"] == 1
    assert plan(timed, NOON) == ((NINE, NINE + 5, NINE + 6, False, 1), at("2026-11-23T17:00"))


def test_other_lists_stay_and_a_closed_one_is_reset_too(timed: Path) -> None:
    config.create(timed, "list", "102", {"campaign": "SALES", "country": "US"}, who="test")
    config.set_options(timed, "list", "101", {"active": "N"}, who="test")
    set_long_ago(timed)
    [one], [other] = add_many(timed, "305"), add_many(timed, "305", list_id="102")
    for lead in (one, other):
        automatic_call(timed, lead, "13055550100", NINE - MINUTE, "NA")
    assert [*resets(timed, NINE)] == ["101"]
    assert (leads.find(timed, one)["passes"], leads.find(timed, other)["passes"]) == (0, 1)


def test_times_that_are_set_later_reset_nothing_for_the_moment_before(timed: Path) -> None:
    with writing(timed) as opened:
        opened.execute("UPDATE config_journal SET at = ? WHERE after LIKE '%reset_times%'", [NINE + 1])
    assert timed_resets.begin_due(timed, NINE + MINUTE) == {}
    assert [*resets(timed, at("2026-11-23T17:00"))] == ["101"]


def test_a_missed_reset_is_noted_once_and_not_made(timed: Path) -> None:
    [lead] = add_many(timed, "305")
    automatic_call(timed, lead, "13055550100", NINE - MINUTE, "NA")
    late = NINE + MAKE_UP + 1
    assert timed_resets.begin_due(timed, late) == {"101": DueReset(NINE, missed=True)}
    assert timed_resets.begin_due(timed, late) == {}
    assert leads.find(timed, lead)["passes"] == 1
    assert plan(timed, late).last == (NINE, late, late, True, 0)


def test_a_reset_that_was_killed_is_continued_and_resets_no_lead_twice(timed: Path) -> None:
    with writing(timed) as opened:
        opened.execute(FILL, {"many": MANY})
    done = subprocess.run([sys.executable, "-c", DIES, str(timed), str(NINE)], env=os.environ, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    part = long_writes.LEAST
    assert passes(timed) == [0] * part + [1] * (MANY - part)
    running = plan(timed, NINE).last
    assert running and running.ended is None and running.leads == part
    with writing(timed) as opened:
        opened.execute("UPDATE lead SET passes = 1 WHERE lead_id <= 10")  # they were called since
    later = NINE + 2 * MAKE_UP
    assert resets(timed, later) == {"101": (NINE, NINE, later + 1, False, MANY)}
    assert passes(timed) == [1] * 10 + [0] * (MANY - 10)
    assert resets(timed, later) == {}


def test_a_deleted_list_has_no_reset(timed: Path) -> None:
    assert [*timed_resets.begin_due(timed, NINE)] == ["101"]
    config.delete(timed, "list", "101", who="test")
    with pytest.raises(NotFound):
        timed_resets.go_on(timed, "101", lambda: NINE)
    assert timed_resets.begin_due(timed, NINE) == {}


@pytest.mark.parametrize("ahead", [2 * 60, 24 * 60, 365 * 24 * 60])  # minutes
def test_a_list_that_a_wrong_clock_reset_is_reset_at_its_next_time(timed: Path, ahead: int) -> None:
    """The clock was ahead, for a reset or a missed one, and is right twenty minutes after 9:00."""
    assert list(resets(timed, NINE)) == ["101"]
    wrong = NINE + 10 * MINUTE + ahead * MINUTE
    with writing(timed) as db:
        db.execute("UPDATE list_reset SET moment = ?", [wrong])
    for minutes in (20, 30, 7 * 60 + 59):
        assert timed_resets.begin_due(timed, NINE + minutes * MINUTE) == {}
    assert resets(timed, NINE + 8 * 60 * MINUTE)["101"] is not None
