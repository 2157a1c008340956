"""Counts the leads of a campaign by what keeps them from being dialled now."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from warmline.core.rules import reasons
from warmline.leads import lead_numbers
from warmline.leads.lead_numbers import LeadNumber
from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import each, rows
from warmline.store.dialling import lead_holds, lead_rules
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.lead_rules import RuledCall

OUTSIDE_HOURS, NOT_DUE = "outside its hours", "the next try is not due"
FULL = "called as often as call_count_limit allows"
FACTS = ", ".join(
    (
        *("status", "jurisdictions", "time_zones", "passes = 0 AS fresh"),
        "CASE WHEN next_try IS NULL THEN 0 WHEN next_try <= :at THEN 1 ELSE 2 END AS again",
        *(":most > 0 AND called_count >= :most AS full", "{only} AS wanted"),
        "iif(held_until > :at, held_by, '') AS held",
    )
)
GROUPS = """
    SELECT {facts}, count(*) AS leads, min(next_try) AS first, min(held_until) AS held_until
    FROM lead WHERE list_id = :list AND lead_id NOT IN (SELECT value FROM json_each(:without))
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""
JURISDICTIONS = "SELECT DISTINCT jurisdictions FROM lead WHERE list_id = :list"  # numbers of other countries, too
# Numbers with the same end as a listed one, or as one that was called lately: these alone need a look at each rule.
LOOKED_AT = """
    SELECT {facts}, next_try AS first, lead.* FROM lead
    WHERE list_id = :list AND lead_id NOT IN (SELECT value FROM json_each(:without)) AND (
        substr(phone_number, -7) IN (SELECT substr(phone_number, -7) FROM dnc WHERE campaign IN ('', :campaign))
        OR substr(phone_number, -7) IN (
            SELECT substr(number, -7) FROM call WHERE arrived >= :since
        )
        OR lead_id IN (SELECT lead FROM call WHERE arrived >= :since)
    )
"""
WITH_OTHERS = """
    SELECT {facts}, next_try AS first, lead.* FROM lead
    WHERE list_id = :list AND next_number <> '' AND lead_id NOT IN (SELECT value FROM json_each(:without))
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


def count(
    db: sqlite3.Connection, plan: DialPlan, at: int, without: Iterable[int] = (), only: str = ""
) -> list[LeadCount]:
    """Count the leads of each list at `at` (microseconds UTC), the largest numbers first, `without` some of them.

    With `only`, the leads of that list are counted alone.

    Each lead is counted as the hopper would decide about it, but for leads that share a number.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    until: dict[tuple[str, str, str], int | None] = {}
    facts = FACTS.format(only=f"({plan.only.sql or 'TRUE'})")
    for name, one in plan.lists.items():
        if only not in ("", name):
            continue
        closed = one.why_not(plan.today(at))
        values: dict[str, Any] = {"at": at, "most": plan.most_calls, "list": name, **plan.only.parameters(at)}
        single = {} if closed else _by_others(db, plan, facts, values | {"without": json.dumps([*without])}, at)
        if not closed:
            known = json.dumps([*without, *single])
            places = (row["jurisdictions"] for row in rows(db, JURISDICTIONS, list=name))
            since = at - lead_rules.look_back(plan, places)
            asked = values | {"without": known, "campaign": plan.campaign.id, "since": since}
            single |= _looked_at(db, plan, LOOKED_AT.format(facts=facts), asked, at)
        groups = rows(db, GROUPS.format(facts=facts), **values, without=json.dumps([*without, *single]))
        of_groups = (
            ("list", *((closed, None) if closed else _of_group(plan, name, row, at)), row["leads"]) for row in groups
        )
        for source, why, change, leads in (*of_groups, *((*other, 1) for other in single.values())):
            key = name, source, why
            found[key] += leads
            changes = [moment for moment in (until.get(key), change) if moment is not None]
            until[key] = min(changes, default=None)
    return [LeadCount(*key, number, until[key]) for key, number in found.most_common()]


def _looked_at(
    db: sqlite3.Connection, plan: DialPlan, sql: str, values: dict[str, Any], at: int
) -> dict[int, tuple[str, str, int | None]]:
    """Return what keeps single leads from being dialled, by lead, as `_by_others` does, for their main numbers."""
    found: dict[int, tuple[str, str, int | None]] = {}
    for row in each(db, sql, **values):
        why, until = _of_group(plan, values["list"], row, at)
        if not why:
            why, until = _by_rules(db, plan, row["lead_id"], lead_numbers.main(row), at)
        if why:
            found[row["lead_id"]] = "list", why, until
    return found


def _by_rules(db: sqlite3.Connection, plan: DialPlan, lead: int, number: LeadNumber, at: int) -> tuple[str, int | None]:
    if lead_rules.listed(db, plan, number.whole).why:
        return lead_holds.LISTED, None
    answer = lead_rules.against(db, plan, RuledCall(lead, number.whole, number.places), at)
    return answer.limit, answer.until


def _by_others(
    db: sqlite3.Connection, plan: DialPlan, facts: str, values: dict[str, Any], at: int
) -> dict[int, tuple[str, str, int | None]]:
    """Return, by lead, the next number that is not its main one: the field, why it is not dialled, and until when.

    A lead whose main number may be dialled before that one is left out.
    """
    found: dict[int, tuple[str, str, int | None]] = {}
    for row in each(db, WITH_OTHERS.format(facts=facts), **values) if plan.alternatives else ():
        if following := lead_rules.next_other(plan, row):
            field, number = following
            why, until = (FULL, None) if row["full"] else _of_hours(plan, values["list"], number.places, at)
            if not why:
                why, until = _by_rules(db, plan, row["lead_id"], number, at)
            if not why or _of_group(plan, values["list"], row, at)[0]:
                found[row["lead_id"]] = field, why, until
    return found


def why_none(counts: list[LeadCount], campaign: str) -> tuple[str, int]:
    """Return why a campaign has no lead to dial, and until when if time alone changes that, else 0."""
    for why, reason in ((OUTSIDE_HOURS, reasons.LEADS_OUTSIDE_HOURS), (NOT_DUE, reasons.LEADS_NOT_DUE)):
        if changes := [one.until for one in counts if one.why == why and one.until]:
            return reason.text(), min(changes)
    held = [one for one in counts if one.until]
    if held:
        return reasons.LEADS_HELD.text(why=held[0].why, leads=sum(one.leads for one in held)), min(
            one.until for one in held if one.until
        )
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
    why, until = _of_hours(plan, list_id, places, at)
    held = str(row["held"])
    if not why and held and lead_holds.holds(plan, held):
        return lead_holds.in_words(held), cast("int", row["held_until"])
    return why, until


def _of_hours(plan: DialPlan, list_id: str, places: LeadPlaces, at: int) -> tuple[str, int | None]:
    hours = plan.hours(places, list_id, at)
    if hours.open:
        return "", None
    if not places.time_zones:
        return "no time zone", None
    return (OUTSIDE_HOURS, hours.until) if hours.until else ("no hours", None)
