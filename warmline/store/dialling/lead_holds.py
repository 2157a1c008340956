"""The limits that hold leads.

A held lead is out of the hopper's way until its moment has come, or until the limit is changed.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from warmline.store.database.reading import rows, streamed
from warmline.store.dialling import dnc_and_attempt_rules
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.leads import dnc

LISTED = dnc.LISTED
NO_CALLER_ID, DIAL_RULES = "no caller id may be shown today", "the dial rules do not allow the number"
SAME_NUMBER, NO_NUMBER = "another lead has the number", "it has no number"
OTHER_HOURS = "its other number is outside its hours"
ENDLESS = (LISTED, NO_CALLER_ID, DIAL_RULES, NO_NUMBER)  # the end of such a hold is only the next look
ALWAYS = 2**62  # after every moment
LIMITS = """
    WITH RECURSIVE held (by) AS (
        SELECT (SELECT min(held_by) FROM lead INDEXED BY lead_held WHERE list_id = :list AND held_by <> '')
        UNION ALL
        SELECT (
            SELECT min(held_by) FROM lead INDEXED BY lead_held
            WHERE list_id = :list AND held_by > held.by AND held_by <> ''
        ) FROM held WHERE by IS NOT NULL
    )
    SELECT by FROM held WHERE by IS NOT NULL
"""
OVER = """
    SELECT *, ({only}) AS wanted FROM lead INDEXED BY lead_held
    WHERE list_id = :list AND held_by = :by AND held_by <> '' AND held_until <= :until ORDER BY held_until, lead_id
"""


def over(db: sqlite3.Connection, plan: DialPlan, lists: Iterable[str], at: int, *, by_hand: bool) -> Iterator[Any]:
    """Yield the leads of some lists whose hold is over at `at`, or does not count. `wanted`: lead_filter has them."""
    sql = OVER.format(only=plan.only.sql or "TRUE")
    for name in lists:
        for one in rows(db, LIMITS, list=name):
            until = at if holds(plan, one["by"], by_hand=by_hand) else ALWAYS
            yield from streamed(db, sql, {"list": name, "by": one["by"], "until": until} | plan.only.parameters(at))


def holds(plan: DialPlan, limit: str, *, by_hand: bool = False) -> bool:
    """Return whether a limit that holds leads is one that the campaign has now.

    Those of automatic calls alone hold no lead that an agent dials by hand.
    """
    if limit.startswith(NO_CALLER_ID):
        return not by_hand and limit == of_options(plan, NO_CALLER_ID)
    if limit.startswith(DIAL_RULES):
        return limit == of_options(plan, DIAL_RULES)
    if limit == dnc_and_attempt_rules.LATELY and not plan.contacted:
        return False
    if by_hand and (limit in (SAME_NUMBER, OTHER_HOURS) or limit.endswith("(drop_lockout_time)")):
        return False
    return all(
        limit == now or not limit.endswith(f"({option})") for option, now in dnc_and_attempt_rules.limits(plan).items()
    )


def of_options(plan: DialPlan, limit: str) -> str:
    """Return NO_CALLER_ID or DIAL_RULES with a stamp of the options that it follows from."""
    return f"{limit} [{zlib.crc32(repr((plan.campaign, plan.shown)).encode()):08x}]"


def in_words(limit: str) -> str:
    """Return a limit as people read it."""
    return limit.partition(" [")[0]
