"""The leads of a simulated campaign: which ones are dialled again, and when."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.leads.dialled_leads import FLORIDA, NOON, add_many, at, prepare
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan
from warmline.store.dialling.lead_supply import AGAIN, LeadSupply

MINUTE = 60_000_000
OPTIONS = {"daily_call_count_limit": "0", "call_limit_24hour": "0"}


@contextmanager
def supply(db: Path, begins: int = NOON) -> Iterator[LeadSupply]:
    """Open the supply of the campaign, with its one lead in Florida already dialled."""
    add_many(db, FLORIDA)
    with reading(db) as opened:
        found = LeadSupply(opened, dial_plan.load(opened, "SALES"), begins)
        assert found.take(begins, 5) == 1
        yield found


def moments(found: LeadSupply, begins: int, minutes: int) -> list[int]:
    """Return the minutes after the begin at which the lead is dialled again, and not answered then."""
    dialled = []
    for minute in range(1, minutes + 1):
        if found.take(begins + minute * MINUTE, 5):
            dialled.append(minute)
            found.ended(1 + len(dialled), begins + minute * MINUTE, "NA")
    return dialled


def test_a_lead_is_dialled_again_after_its_minutes_as_often_as_recycle_says(db: Path) -> None:
    prepare(db, recycle="NA:10:2,AB:5:1", **OPTIONS)
    with supply(db) as found:
        found.ended(1, NOON + MINUTE // 2, "NA")
        assert moments(found, NOON, 60) == [10, 20] and found.again == 2
        assert found.dialled == {(0, "101"): 3}


@pytest.mark.parametrize("limit", ["daily_call_count_limit", "call_limit_24hour", "call_count_limit"])
def test_simulated_calls_count_for_the_limits(db: Path, limit: str) -> None:
    prepare(db, recycle="NA:10:9", **(OPTIONS | {limit: "2"}))
    with supply(db) as found:
        found.ended(1, NOON, "NA")
        assert moments(found, NOON, 60) == [10]


def test_the_law_limits_simulated_calls_too(db: Path) -> None:
    prepare(db, recycle="NA:10:9", **OPTIONS)
    with supply(db) as found:
        found.ended(1, NOON, "NA")
        assert moments(found, NOON, 60) == [10, 20], "Florida: three calls in 24 hours"


def test_a_lead_that_is_due_out_of_its_hours_waits_for_them(db: Path) -> None:
    prepare(db, recycle="NA:10:1", **OPTIONS)
    late = at("2026-11-23T19:55")  # Florida: until 20:00
    with supply(db, late) as found:
        found.ended(1, late, "NA")
        assert found.take(late + 10 * MINUTE, 5) == 0
        assert found.take(at("2026-11-24T08:00") + AGAIN, 5) == 1


@pytest.mark.parametrize("status", ["SALE", "A", "DROP"])
def test_other_statuses_are_not_dialled_again_in_this_time(db: Path, status: str) -> None:
    prepare(db, recycle="NA:10:1,DROP:10:1", **OPTIONS)
    with supply(db) as found:
        found.ended(1, NOON, status)  # a dropped lead waits for drop_lockout_time
        assert moments(found, NOON, 60) == []
