"""Chooses the leads of a campaign that are dialled next, in order, without a scan of the leads.

First the due callbacks that any agent may make, then leads whose next try is due, then the others in the campaign's
order. Each list, status and place is one short statement in the order of an index. `heapq` merges their rows as far
as they are needed.
"""
# ruff: noqa: S608 - only constants of the code

import heapq
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from warmline.core.model.dial_lead import DialLead
from warmline.leads import lead_places
from warmline.leads.lead_places import LeadPlaces
from warmline.store.leads import lead_rules
from warmline.store.leads.dial_plan import DialPlan

MOST_LOOKED_AT = 2000  # leads of one call of `fill`
COLUMNS = "lead_id, list_id, phone_code || phone_number, jurisdictions, time_zones, passes"
FRESH = "INDEXED BY {index} WHERE list_id = :list AND status = :status AND passes = 0"
DUE = "INDEXED BY lead_again WHERE list_id = :list AND status = :status AND next_try IS NOT NULL"
# With >, SQLite would read every lead of the place before. No name of a time zone has a character below char(32).
NEXT_PLACE = (
    "SELECT jurisdictions, time_zones FROM lead {source} AND (jurisdictions, time_zones)"
    " >= (:jurisdictions, :time_zones || char(1)) ORDER BY jurisdictions, time_zones LIMIT 1"
)
OF_PLACE = "SELECT {key}, {columns} FROM lead {source} AND jurisdictions = :jurisdictions AND time_zones = :time_zones"
BELOW = " AND (:most = 0 OR called_count < :most)"
CALLBACKS = """
    SELECT callback.id, callback.number, callback.agent, callback.at, ifnull(call.lead, 0) AS lead
    FROM callback LEFT JOIN call ON call.id = callback.call
    WHERE callback.state = 'pending' AND at <= :now AND callback.campaign = :campaign
        AND (callback.agent IN ('', :agent) OR (:minutes > 0 AND at + :minutes * 60000000 <= :now))
    ORDER BY callback.agent = '', at LIMIT :limit
"""


class _Order(NamedTuple):
    """An order of leads: the index, the two keys by which rows are merged, and the ORDER BY."""

    name: str
    key: str
    by: str


ORDERS = {
    "DOWN": _Order("lead_fresh", "lead_id, 0", "lead_id"),
    "UP": _Order("lead_fresh", "-lead_id, 0", "lead_id DESC"),
    "UP RANK": _Order("lead_ranked", "-rank, -lead_id", "rank DESC, lead_id DESC"),
    "DOWN RANK": _Order("lead_ranked", "rank, lead_id", "rank, lead_id"),
}


@dataclass
class HopperFill:
    """The chosen leads in order. `listed` are leads on a do-not-call list, with the code that they should get.

    `limited` are leads that were called as often as the limits of a day allow.
    """

    leads: list[DialLead] = field(default_factory=list)
    listed: dict[int, str] = field(default_factory=dict)
    limited: set[int] = field(default_factory=set)
    looked_at: int = 0


class _Candidate(NamedTuple):
    lead: int
    list_id: str
    number: str
    places: LeadPlaces
    passes: int
    source: str = "list"
    callback: str = ""


def fill(
    db: sqlite3.Connection,
    plan: DialPlan,
    at: int,
    wanted: int,
    busy: Collection[int] = (),
    numbers: Collection[str] = (),
    start: int = 0,
    agent: str = "",
) -> HopperFill:
    """Choose up to `wanted` leads that may be dialled at `at` (microseconds UTC), best first.

    Leads in `busy` and numbers in `numbers` are left out, because a call or a hopper has them. `start` is the lead at
    which the order RANDOM begins. Due callbacks of `agent` come before those that any agent may make.
    """
    found, seen = HopperFill(), set(numbers)
    for one in _candidates(db, plan, at, wanted, start, agent):
        if len(found.leads) >= wanted or found.looked_at >= MOST_LOOKED_AT:
            break
        if one.lead in busy or one.number in seen:
            continue
        found.looked_at += 1
        hours = plan.hours(one.places, one.list_id, at)
        if not hours.open or not one.number:
            continue
        if lead_rules.listed(db, plan, one.number).why:
            found.listed[one.lead] = lead_rules.status_of_listed(db, plan, one.number)
        elif lead_rules.against(db, plan, one.lead, one.number, one.places, at):
            found.limited.add(one.lead)
        else:
            seen.add(one.number)
            found.leads.append(_dial_lead(one, hours.until or 0))
    return found


def _dial_lead(one: _Candidate, until: int) -> DialLead:
    return DialLead(
        one.lead,
        one.list_id,
        one.number,
        zones=one.places.time_zones,
        open_until=until,
        source=one.source,
        passes=one.passes,
        callback=one.callback,
    )


def _candidates(
    db: sqlite3.Connection, plan: DialPlan, at: int, wanted: int, start: int, agent: str
) -> Iterator[_Candidate]:
    yield from _callbacks(db, plan, at, wanted, agent)
    today = plan.today(at)
    lists = [name for name, one in plan.lists.items() if not one.why_not(today)]
    yield from _again(db, plan, lists, at)
    yield from _fresh(db, plan, lists, at, start)


def _callbacks(db: sqlite3.Connection, plan: DialPlan, at: int, wanted: int, agent: str) -> Iterator[_Candidate]:
    """Yield the due callbacks of the campaign: the agent's own, then those of any agent, the earliest first."""
    minutes = plan.campaign.callback_useronly_move_minutes
    values = {"now": at, "campaign": plan.campaign.id, "minutes": minutes, "agent": agent, "limit": wanted + 100}
    for callback, number, _, _, lead in db.execute(CALLBACKS, values).fetchall():
        row = db.execute(f"SELECT {COLUMNS} FROM lead WHERE lead_id = ?", [lead]).fetchone() if lead else None
        if row:
            one = _candidate((0, 0, *row))
            yield one._replace(number=number.removeprefix("+"), source="callback", callback=callback)
        else:
            yield _Candidate(0, "", number, lead_places.of_number(number), 0, "callback", callback)


def _again(db: sqlite3.Connection, plan: DialPlan, lists: Iterable[str], at: int) -> Iterator[_Candidate]:
    """Yield the leads whose next try is due, the earliest first."""
    order = _Order("lead_again", "next_try, lead_id", "next_try, lead_id")
    tail = f" AND next_try <= :now{BELOW} ORDER BY {order.by}"
    return _merged(db, plan, lists, plan.recycle, DUE, order, tail, at)


def _fresh(db: sqlite3.Connection, plan: DialPlan, lists: Iterable[str], at: int, start: int) -> Iterator[_Candidate]:
    """Yield the leads that were not dialled since the last reset of their list, in the campaign's order."""
    order = ORDERS.get(plan.order, ORDERS["DOWN"])
    source = FRESH.format(index=order.name)
    tails = [f"{BELOW} ORDER BY {order.by}"]
    if plan.order == "RANDOM":
        tails = [f" AND lead_id {sign} {start:d}{BELOW} ORDER BY lead_id" for sign in (">=", "<")]
    for tail in tails:
        yield from _merged(db, plan, lists, plan.statuses, source, order, tail, at)


def _merged(
    db: sqlite3.Connection,
    plan: DialPlan,
    lists: Iterable[str],
    statuses: Iterable[str],
    source: str,
    order: _Order,
    tail: str,
    at: int,
) -> Iterator[_Candidate]:
    """Merge the leads of each list, status and open place by the key of the order."""
    several = [
        db.execute(OF_PLACE.format(key=order.key, columns=COLUMNS, source=source) + tail, values)
        for name in lists
        for status in statuses
        for values in _open_places(db, plan, source, {"list": name, "status": status}, at)
    ]
    return (_candidate(row) for row in heapq.merge(*several, key=lambda row: (row[0], row[1])))


def _open_places(
    db: sqlite3.Connection, plan: DialPlan, source: str, values: dict[str, Any], at: int
) -> Iterator[dict[str, Any]]:
    """Yield each place of a list and status that may be called now. The index is read at each new place only."""
    place: tuple[str, str] | None = ("", "")
    while place is not None:
        here = values | {"jurisdictions": place[0], "time_zones": place[1], "now": at, "most": plan.most_calls}
        if place[1] and plan.hours(LeadPlaces(place[1], place[0]), values["list"], at).open:
            yield here
        found = db.execute(NEXT_PLACE.format(source=source), here).fetchone()
        place = None if found is None else (found[0], found[1])


def _candidate(row: Any) -> _Candidate:
    _, _, lead, list_id, number, jurisdictions, time_zones, passes = row
    return _Candidate(lead, list_id, number, LeadPlaces(time_zones, jurisdictions), passes)
