"""Leads that cannot be dialled, by the thousand, each for one of all reasons."""

import random
from itertools import count
from pathlib import Path

from tests.leads.dialled_leads import EAST, NOON, write_call, writing

HOUR = 3600_000_000
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
FREE = "free"
OF_KINDS = ("listed", "of campaign", "day", "24 hours", "dropped", "same number", "recycled", "alternative")


def leads_in_front(db: Path, kinds: tuple[str, ...], many: int, draw: random.Random) -> dict[str, list[int]]:
    """Store leads, each of one kind, and return them by kind. Only those of the kind FREE can be dialled at noon."""
    made_of: dict[str, list[int]] = {}
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
            made_of.setdefault(kind, []).append(made)
            listed = {"listed": "", "of campaign": "SALES", "recycled": "", "alternative": ""}
            if kind in listed:
                opened.execute("INSERT INTO dnc VALUES (?, ?, 0, '', '')", [alt or number, listed[kind]])
            elif kind == "day":
                for hours in (1, 2):
                    store_call(opened, made, f"1305{7_000_000 + place}", NOON - hours * HOUR)
                opened.execute("UPDATE lead SET passes = 0, status = 'NEW' WHERE lead_id = ?", [made])  # a reset
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
    return made_of


def store_call(opened: object, lead: int, number: str, moment: int) -> str:
    """Store an ended call without a status."""
    return write_call(opened, lead, number, moment)  # type: ignore[arg-type]
