"""Counts the leads of a campaign by what keeps them from being dialled now."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from warmline.core.rules import reasons
from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import rows
from warmline.store.leads.dial_plan import DialPlan

OUTSIDE_HOURS, NOT_DUE = "outside its hours", "the next try is not due"
GROUPS = """
    SELECT status, jurisdictions, time_zones, passes = 0 AS fresh,
        CASE WHEN next_try IS NULL THEN 0 WHEN next_try <= :at THEN 1 ELSE 2 END AS again,
        :most > 0 AND called_count >= :most AS full, {only} AS wanted, count(*) AS leads, min(next_try) AS first
    FROM lead WHERE list_id = :list AND lead_id NOT IN (SELECT value FROM json_each(:without))
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


class LeadCount(NamedTuple):
    """How many leads of a list have the same answer. `why` is "" for leads that may be dialled now."""

    list_id: str
    why: str
    leads: int
    until: int | None


def count(db: sqlite3.Connection, plan: DialPlan, at: int, without: Iterable[int] = ()) -> list[LeadCount]:
    """Count the leads of each list at `at` (microseconds UTC), the largest numbers first, `without` some of them.

    Do-not-call lists and earlier calls to a number are not counted here: they are asked for single leads.
    """
    found: Counter[tuple[str, str]] = Counter()
    until: dict[tuple[str, str], int | None] = {}
    left_out = json.dumps([*without])
    groups = GROUPS.format(only=f"({plan.only.sql or 'TRUE'})")
    for name, one in plan.lists.items():
        closed = one.why_not(plan.today(at))
        for row in rows(db, groups, at=at, most=plan.most_calls, list=name, without=left_out, **plan.only.values):
            why, change = (closed, None) if closed else _of_group(plan, name, row, at)
            key = name, why
            found[key] += row["leads"]
            changes = [moment for moment in (until.get(key), change) if moment is not None]
            until[key] = min(changes, default=None)
    return [LeadCount(*key, number, until[key]) for key, number in found.most_common()]


def why_none(counts: list[LeadCount], campaign: str) -> tuple[str, int]:
    """Return why a campaign has no lead to dial, and until when if time alone changes that, else 0."""
    for why, reason in ((OUTSIDE_HOURS, reasons.LEADS_OUTSIDE_HOURS), (NOT_DUE, reasons.LEADS_NOT_DUE)):
        if changes := [one.until for one in counts if one.why == why and one.until]:
            return reason.text(), min(changes)
    return reasons.NO_LEAD.text(campaign=campaign), 0


def _of_group(plan: DialPlan, list_id: str, row: dict[str, object], at: int) -> tuple[str, int | None]:
    """Return why leads with the same status and place are not dialled, and when that changes."""
    status, again = str(row["status"]), row["again"] if row["status"] in plan.recycle else 0
    if row["full"]:
        return "called as often as call_count_limit allows", None
    if not row["wanted"]:
        return "left out by lead_filter", None
    if again == 2:
        first = row["first"]
        return NOT_DUE, first if isinstance(first, int) else None
    if not again and status not in plan.statuses:
        return f"status {status} is not in dial_statuses", None
    if not again and not row["fresh"]:
        return "called since the last reset of the list", None
    places = LeadPlaces(str(row["time_zones"]), str(row["jurisdictions"]))
    hours = plan.hours(places, list_id, at)
    if hours.open:
        return "", None
    if not places.time_zones:
        return "no time zone", None
    return (OUTSIDE_HOURS, hours.until) if hours.until else ("no hours", None)
