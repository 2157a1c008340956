"""Leads that cannot be dialled stand in front of one that can: the dialler finds it within 30 s, in short fills."""

import random
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import quantiles

import pytest

from tests.leads.dialled_leads import EAST, NOON, prepare, write_call, writing
from tests.soak import soaking
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper, lead_marks
from warmline.store.dialling.hopper import PASSED_OVER, HopperUse
from warmline.store.dialling.lead_explanation import explain

HOUR = 3600_000_000
IN_FRONT = 20_000
FILLS = 600  # in 30 s: five at each pulse of 250 ms
OPTIONS = {
    "dial_statuses": "NEW,NI",
    "call_limit_24hour": "3",
    "daily_call_count_limit": "2",
    "auto_alt_dial": "ALT_ONLY",
}
ADD = """
    INSERT INTO lead (list_id, entry_date, modify_date, status, phone_code, phone_number, alt_phone, time_zones,
        jurisdictions, passes, called_count, next_number, next_try, last_name, rank)
    VALUES ('101', 0, 0, ?, '1', ?, ?, ?, 'US|US-FL', ?, ?, ?, ?, '', 0)
"""
OF_KINDS = ("listed", "of campaign", "day", "24 hours", "dropped", "same number", "recycled", "alternative")


def leads_in_front(db: Path, kinds: tuple[str, ...], many: int, draw: random.Random) -> None:
    """Store leads that cannot be dialled at noon, each for a reason of `kinds`."""
    numbers = (f"3055{one:06}" for one in count())
    with writing(db) as opened:
        opened.execute("BEGIN")
        for place in range(many):
            kind, number = draw.choice(kinds), next(numbers)
            passes, next_number, next_try, status, alt = 0, "", None, "NEW", ""
            if kind == "same number":
                number = "3059999999"
            if kind == "recycled":
                passes, next_try, status = 3, NOON - 1, "NA"
            if kind == "alternative":
                passes, next_number, status, alt = 1, "alt_phone", "NA", f"3056{place:06}"
            values = (status, number, alt, EAST, passes, passes, next_number, next_try)
            made = opened.execute(ADD, values).lastrowid
            assert made
            listed = {"listed": "", "of campaign": "SALES", "recycled": "", "alternative": ""}
            if kind in listed:
                opened.execute("INSERT INTO dnc VALUES (?, ?, 0, '', '')", [alt or number, listed[kind]])
            elif kind == "day":
                for hours in (1, 2):
                    store_call(opened, made, f"1305{7_000_000 + place}", NOON - hours * HOUR)
            elif kind == "24 hours":
                for hours in (13, 14, 15):
                    store_call(opened, 0, f"1{number}", NOON - hours * HOUR)
            elif kind == "dropped":
                name = store_call(opened, 0, f"1{number}", NOON - 50 * HOUR)
                opened.execute(
                    "INSERT INTO attempt (call, campaign, list_id, source, passes, zones, open_until, caller_id,"
                    " ready, in_flight, threshold, risk, agent, dropped, by_fault, opted_out)"
                    " VALUES (?, 'SALES', '101', 'list', 0, '', 0, '', 1, 0, 0, 0, '', ?, 0, 0)",
                    [name, NOON - 50 * HOUR],
                )
        store_call(opened, 0, "13059999999", NOON - HOUR)
        for hours in (2, 3):
            store_call(opened, 0, "13059999999", NOON - hours * HOUR)
        opened.execute("COMMIT")


def store_call(opened: object, lead: int, number: str, moment: int) -> str:
    """Store a call; the lead is not changed by it, as after a reset of its list."""
    return write_call(opened, lead, number, moment)  # type: ignore[arg-type]


def fills(db: Path, most: int = FILLS) -> Iterator[tuple[list[int], float, float]]:
    """Fill as the dialler does, with the marks; yield the leads, the processor time, and the time of the lock."""
    plans = dial_plan.DialPlans()
    aside: dict[str, int] = {}
    for turn in range(most):
        with reading(db) as opened:
            plan = plans.of(opened, "SALES")
            began = time.thread_time()
            found = hopper.fill(opened, plan, NOON, 50, HopperUse(callbacks=aside), NOON + turn, PASSED_OVER)
            took = time.thread_time() - began
        aside |= found.callbacks
        began = time.monotonic()
        lead_marks.write(db, found.marks.values())
        yield [one.lead for one in found.leads], took, time.monotonic() - began
        if not found.unfinished:
            return


@pytest.mark.parametrize("order", ["DOWN", "RANDOM", "UP RANK"] if soaking() else ["DOWN"])
def test_the_one_lead_behind_twenty_thousand_is_found(db: Path, order: str) -> None:
    draw = random.Random(order)  # noqa: S311 - a test
    prepare(db, lead_order=order, **OPTIONS)
    leads_in_front(db, OF_KINDS, IN_FRONT, draw)
    with writing(db) as opened:
        one = opened.execute(ADD, ("NEW", "3055777777", "", EAST, 0, 0, "", None)).lastrowid
        opened.execute("UPDATE lead SET rank = -1 WHERE lead_id = ?", [one])
    assert explain(db, one or 0, NOON).dialled_now
    found: set[int] = set()
    processor = []
    for leads, took, _ in fills(db):
        found |= {*leads}
        processor.append(took)
    assert found == {one}
    late = quantiles(processor, n=20)[-1] if len(processor) > 1 else processor[0]
    print(f"{order}: {len(processor)} fills, processor p95 {1000 * late:.1f} ms, most {1000 * max(processor):.1f} ms")
    assert late < 0.020
