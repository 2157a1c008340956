"""Counts the leads of a campaign by what keeps them from being dialled now."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from warmline.core.rules import reasons
from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import rows
from warmline.store.dialling import lead_rules
from warmline.store.dialling.dial_plan import DialPlan

OUTSIDE_HOURS, NOT_DUE = "outside its hours", "the next try is not due"
FULL = "called as often as call_count_limit allows"
MOST_OTHERS = 2000  # leads of a list that are asked for their next other number, the latest first, as by the hopper
FACTS = ", ".join(
    (
        *("status", "jurisdictions", "time_zones", "passes = 0 AS fresh"),
        "CASE WHEN next_try IS NULL THEN 0 WHEN next_try <= :at THEN 1 ELSE 2 END AS again",
        *(":most > 0 AND called_count >= :most AS full", "{only} AS wanted"),
    )
)
GROUPS = """
    SELECT {facts}, count(*) AS leads, min(next_try) AS first
    FROM lead WHERE list_id = :list AND lead_id NOT IN (SELECT value FROM json_each(:without))
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
WITH_OTHERS = """
    SELECT {facts}, next_try AS first, lead.* FROM lead INDEXED BY lead_other_number
    WHERE list_id = :list AND next_number <> '' AND lead_id NOT IN (SELECT value FROM json_each(:without))
    ORDER BY last_call DESC LIMIT :most_others
"""


class LeadCount(NamedTuple):
    """How many leads of a list have the same answer. `why` is "" for leads that may be dialled now.

    `source` says which of their numbers is next: list (the main one), alt_phone or address3.
    """

    list_id: str
    source: str
    why: str
    leads: int
    until: int | None


def count(db: sqlite3.Connection, plan: DialPlan, at: int, without: Iterable[int] = ()) -> list[LeadCount]:
    """Count the leads of each list at `at` (microseconds UTC), the largest numbers first, `without` some of them.

    Do-not-call lists and earlier calls to a number are not counted here: they are asked for single leads.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    until: dict[tuple[str, str, str], int | None] = {}
    facts = FACTS.format(only=f"({plan.only.sql or 'TRUE'})")
    for name, one in plan.lists.items():
        closed = one.why_not(plan.today(at))
        values: dict[str, Any] = {"at": at, "most": plan.most_calls, "list": name, **plan.only.parameters(at)}
        others = {} if closed else _by_others(db, plan, facts, values | {"without": json.dumps([*without])}, at)
        groups = rows(db, GROUPS.format(facts=facts), **values, without=json.dumps([*without, *others]))
        of_groups = (
            ("list", *((closed, None) if closed else _of_group(plan, name, row, at)), row["leads"]) for row in groups
        )
        for source, why, change, leads in (*of_groups, *((*other, 1) for other in others.values())):
            key = name, source, why
            found[key] += leads
            changes = [moment for moment in (until.get(key), change) if moment is not None]
            until[key] = min(changes, default=None)
    return [LeadCount(*key, number, until[key]) for key, number in found.most_common()]


def _by_others(
    db: sqlite3.Connection, plan: DialPlan, facts: str, values: dict[str, Any], at: int
) -> dict[int, tuple[str, str, int | None]]:
    """Return, by lead, the next number that is not its main one: the field, why it is not dialled, and until when.

    A lead whose main number may be dialled before that one is left out.
    """
    found: dict[int, tuple[str, str, int | None]] = {}
    for row in (
        rows(db, WITH_OTHERS.format(facts=facts), most_others=MOST_OTHERS, **values) if plan.alternatives else ()
    ):
        if following := lead_rules.next_other(plan, row):
            field, number = following
            why, until = (FULL, None) if row["full"] else _of_hours(plan, values["list"], number.places, at)
            if not why or _of_group(plan, values["list"], row, at)[0]:
                found[row["lead_id"]] = field, why, until
    return found


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
        return FULL, None
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
    return _of_hours(plan, list_id, places, at)


def _of_hours(plan: DialPlan, list_id: str, places: LeadPlaces, at: int) -> tuple[str, int | None]:
    hours = plan.hours(places, list_id, at)
    if hours.open:
        return "", None
    if not places.time_zones:
        return "no time zone", None
    return (OUTSIDE_HOURS, hours.until) if hours.until else ("no hours", None)
