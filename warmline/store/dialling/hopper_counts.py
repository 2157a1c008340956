"""Counts the leads of a campaign by what keeps them from being dialled now."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple, cast

from warmline.core.rules import dial_rules, emergency_numbers, reasons
from warmline.leads import lead_numbers
from warmline.leads.lead_numbers import LeadNumber
from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import Row, each, rows
from warmline.store.dialling import dnc_and_attempt_rules, hopper_rules, lead_holds
from warmline.store.dialling.caller_ids import CallerIds
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.lead_verdict import Chooser, Obstacle

OUTSIDE_HOURS, NOT_DUE = "outside its hours", "the next try is not due"
FULL = "called as often as call_count_limit allows"
FACTS = ", ".join(
    (
        *("status", "jurisdictions", "time_zones", "passes = 0 AS fresh"),
        "CASE WHEN next_try IS NULL THEN 0 WHEN next_try <= :at THEN 1 ELSE 2 END AS again",
        *(":most > 0 AND called_count >= :most AS full", "{only} AS wanted"),
        *("iif(held_until > :at, held_by, '') AS held", "phone_code || phone_number = '' AS numberless"),
    )
)
OF_GROUP = ("status", "jurisdictions", "time_zones", "fresh", "again", "full", "wanted", "held", "numberless")  # FACTS
GROUPS = """
    SELECT {facts}, count(*) AS leads, min(next_try) AS first, min(held_until) AS held_until
    FROM lead WHERE list_id = :list AND lead_id NOT IN (SELECT CAST(value AS INTEGER) FROM json_each(:without))
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""
JURISDICTIONS = "SELECT DISTINCT jurisdictions FROM lead WHERE list_id = :list"  # numbers of other countries, too
# Numbers with the same end as a listed one, or as one that was called lately: these alone need a look at each rule.
LOOKED_AT = """
    SELECT {facts}, next_try AS first, lead.* FROM lead
    WHERE list_id = :list AND lead_id NOT IN (SELECT CAST(value AS INTEGER) FROM json_each(:without)) AND (
        substr(phone_number, -7) IN (SELECT substr(phone_number, -7) FROM dnc WHERE campaign IN ('', :campaign))
        OR substr(phone_number || :behind, -7) IN (
            SELECT substr(phone_number, -7) FROM dnc WHERE :behind <> '' AND campaign IN ('', :campaign)
        )
        OR substr(phone_number, -7) IN (
            SELECT substr(number, -7) FROM call WHERE arrived >= :since
        )
        OR lead_id IN (SELECT lead FROM call WHERE arrived >= :since)
    )
"""
WITH_OTHERS = """
    SELECT {facts}, next_try AS first, lead.* FROM lead
    WHERE list_id = :list AND next_number <> ''
        AND lead_id NOT IN (SELECT CAST(value AS INTEGER) FROM json_each(:without))
"""
# The options of the campaign may forbid the number of each of these. Without such options, only a short number, which
# may be an emergency number, and one that is too long are forbidden.
DIALLED = """
    SELECT {facts}, list_id, phone_code, phone_number, security_phrase FROM lead
    WHERE list_id = :list AND lead_id NOT IN (SELECT CAST(value AS INTEGER) FROM json_each(:without))
        AND status IN (SELECT value FROM json_each(:statuses))
        AND (:ruled <> 0 OR length(phone_number) <= :short OR length(phone_code || phone_number) > :long)
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

    Each lead is counted as the hopper would decide about it alone. Another lead may take its number, or the last caller
    id of the day.
    """
    chooser = Chooser(db, plan, at, CallerIds(db, plan, at), by_hand=False)
    found: Counter[tuple[str, str, str]] = Counter()
    until: dict[tuple[str, str, str], int | None] = {}
    for name in plan.lists:
        for source, why, change, leads in _of_list(chooser, name, without) if only in ("", name) else ():
            key = name, source, why
            found[key] += leads
            changes = [moment for moment in (until.get(key), change) if moment is not None]
            until[key] = min(changes, default=None)
    return [LeadCount(*key, number, until[key]) for key, number in found.most_common() if number]


def _of_list(chooser: Chooser, name: str, without: Iterable[int]) -> Iterator[tuple[str, str, int | None, int]]:
    """Yield the answers about leads of a list: the number that is next, why it is not dialled, until when, how many."""
    db, plan, at = chooser.db, chooser.plan, chooser.at
    facts = FACTS.format(only=f"({plan.only.sql or 'TRUE'})")
    values: dict[str, Any] = {"at": at, "most": plan.most_calls, "list": name, **plan.only.parameters(at)}
    closed = hopper_rules.of_campaign(plan).why or plan.lists[name].why_not(plan.today(at))
    single: dict[int, tuple[str, str, int | None]] = {}
    if not closed:
        single = _by_others(chooser, facts, values | {"without": json.dumps([*without])})
        places = (row["jurisdictions"] for row in rows(db, JURISDICTIONS, list=name))
        lately = {
            "since": at - dnc_and_attempt_rules.look_back(plan, places),
            "behind": dial_rules.get_trailing_digits(plan.campaign),
        }
        asked = values | lately | {"campaign": plan.campaign.id, "without": json.dumps([*without, *single])}
        single |= _looked_at(chooser, LOOKED_AT.format(facts=facts), asked)
    values["without"] = json.dumps([*without, *single])
    groups = {_group(row): row for row in rows(db, GROUPS.format(facts=facts), **values)}
    answers = {group: (closed, None) if closed else _of_group(plan, name, row, at) for group, row in groups.items()}
    free = {group for group, (why, _) in answers.items() if not why}
    denied = _denied(chooser, DIALLED.format(facts=facts), values, free)
    for group, (why, change) in answers.items():
        yield "list", why, change, groups[group]["leads"] - denied[group].total()
        yield from (("list", other, None, leads) for other, leads in denied[group].items())
    yield from ((*answer, 1) for answer in single.values())


def _group(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in OF_GROUP)


def _looked_at(chooser: Chooser, sql: str, values: dict[str, Any]) -> dict[int, tuple[str, str, int | None]]:
    """Return what keeps single leads from being dialled, by lead, as `_by_others` does, for their main numbers."""
    found: dict[int, tuple[str, str, int | None]] = {}
    for row in each(chooser.db, sql, **values):
        why, until = _of_group(chooser.plan, values["list"], row, chooser.at)
        if not why:
            why, until = _by_rules(chooser, row, lead_numbers.main(row))
        if why:
            found[row["lead_id"]] = "list", why, until
    return found


def _by_rules(chooser: Chooser, row: Row, number: LeadNumber) -> tuple[str, int | None]:
    if found := chooser.rules(row, number) or _without_caller_id(chooser, row, number):
        why = lead_holds.LISTED if found.status else lead_holds.in_words(found.by)
        return why, None if why in lead_holds.ENDLESS else found.until
    return "", None


def _without_caller_id(chooser: Chooser, row: Row, number: LeadNumber) -> Obstacle | None:
    if chooser.caller_ids.find(number, row["list_id"], row["security_phrase"]):
        return None
    return chooser.without_caller_id()


def _denied(
    chooser: Chooser, sql: str, values: dict[str, Any], free: Collection[tuple[Any, ...]]
) -> defaultdict[tuple[Any, ...], Counter[str]]:
    """Count the leads of the groups `free` whose numbers the options of the campaign forbid, by group and reason."""
    plan, found = chooser.plan, defaultdict[tuple[Any, ...], Counter[str]](Counter)
    if not free:
        return found
    asked = values | {
        "statuses": json.dumps([*plan.statuses, *plan.recycle]),
        "ruled": bool(plan.campaign.dial_deny or plan.campaign.dial_allow or plan.shown.of_group),
        "short": emergency_numbers.count_most_digits(plan.emergency, plan.campaign),
        "long": dial_rules.MAX_NUMBER_LENGTH,
    }
    for row in each(chooser.db, sql, **asked):
        if (group := _group(row)) in free:
            number = lead_numbers.main(row)
            if denied := chooser.dial_rules(number) or _without_caller_id(chooser, row, number):
                found[group][lead_holds.in_words(denied.by)] += 1
    return found


def _by_others(chooser: Chooser, facts: str, values: dict[str, Any]) -> dict[int, tuple[str, str, int | None]]:
    """Return, by lead, the next number that is not its main one: the field, why it is not dialled, and until when.

    A lead whose main number may be dialled before that one is left out. A lead with one number on a do-not-call list is
    called at no other.
    """
    plan, at = chooser.plan, chooser.at
    found: dict[int, tuple[str, str, int | None]] = {}
    for row in each(chooser.db, WITH_OTHERS.format(facts=facts), **values) if plan.alternatives else ():
        if following := dnc_and_attempt_rules.next_other(plan, row):
            field, number = following
            why, until = (FULL, None) if row["full"] else _of_hours(plan, values["list"], number.places, at)
            if not why:
                why, until = _by_rules(chooser, row, number)
            if why in ("", lead_holds.LISTED) or _of_group(plan, values["list"], row, at)[0]:
                found[row["lead_id"]] = field, why, until
    return found


def why_none(counts: list[LeadCount], campaign: str) -> tuple[str, int]:
    """Return why a campaign has no lead to dial, and until when if time alone changes that, else 0."""
    for why, reason in ((OUTSIDE_HOURS, reasons.LEADS_OUTSIDE_HOURS), (NOT_DUE, reasons.LEADS_NOT_DUE)):
        if changes := [one.until for one in counts if one.why == why and one.until]:
            return reason.text(), min(changes)
    held = [one for one in counts if one.until or one.why in lead_holds.ENDLESS]
    if held:
        until = min((one.until for one in held if one.until), default=0)
        return reasons.LEADS_HELD.text(why=held[0].why, leads=sum(one.leads for one in held)), until
    return reasons.NO_LEAD.text(campaign=campaign), 0


def _of_group(plan: DialPlan, list_id: str, row: dict[str, object], at: int) -> tuple[str, int | None]:
    """Return why leads with the same status and place are not dialled, and when that changes."""
    status, again = str(row["status"]), row["again"] if row["status"] in plan.recycle else 0
    fresh = row["fresh"] and status in plan.statuses
    if row["full"]:
        return FULL, None
    if not row["wanted"]:
        return "left out by lead_filter", None
    if again == 2 and not fresh:
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
        held = lead_holds.in_words(held)
        return held, None if held in lead_holds.ENDLESS else cast("int", row["held_until"])
    if not why and row["numberless"]:
        return lead_holds.NO_NUMBER, None
    return why, until


def _of_hours(plan: DialPlan, list_id: str, places: LeadPlaces, at: int) -> tuple[str, int | None]:
    hours = plan.hours(places, list_id, at)
    if hours.open:
        return "", None
    if not places.time_zones:
        return "no time zone", None
    return (OUTSIDE_HOURS, hours.until) if hours.until else ("no hours", None)
