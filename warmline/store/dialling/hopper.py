"""Chooses the leads of a campaign that are dialled next, in order, without a scan of the leads.

First the callbacks whose time has come, then the other numbers of leads. Leads whose next try is due are third, and the
rest follow in the campaign's order.
"""

import random
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from warmline.core.messages.dialler_messages import DialLead
from warmline.core.messages.values.callback import Callback
from warmline.leads import lead_numbers, lead_places
from warmline.leads.lead_numbers import LeadNumber
from warmline.store.database.reading import rows
from warmline.store.dialling import due_callbacks, lead_order, lead_rules
from warmline.store.dialling.caller_ids import CallerIds
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.lead_order import AGAIN, BELOW, LeadCells, LeadOrder
from warmline.store.dialling.lead_rules import RuledCall

MOST_LOOKED_AT = 2000  # leads of one source in one call of `fill`
FRESH = "INDEXED BY {index} WHERE list_id = :list AND status = :status AND passes = 0"
DUE = "INDEXED BY lead_again WHERE list_id = :list AND status = :status AND next_try IS NOT NULL"
LEAD = "SELECT * FROM lead WHERE lead_id = :lead"
OTHER_NUMBERS = """
    SELECT * FROM lead INDEXED BY lead_other_number
    WHERE list_id = :list AND next_number <> '' ORDER BY last_call DESC LIMIT :limit
"""


@dataclass
class HopperFill:
    """The chosen leads in order. `listed` are leads on a do-not-call list, with the code that they should get.

    `limited` are leads that earlier calls forbid for now.
    """

    leads: list[DialLead] = field(default_factory=list)
    listed: dict[int, str] = field(default_factory=dict)
    limited: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class HopperUse:
    """The leads and numbers that calls or other hoppers have, and how often proposals show each caller id.

    `by_hand`: an agent dials the lead. The due callbacks of `agent` come before those that any agent may make.
    """

    leads: Collection[int] = ()
    numbers: Collection[str] = ()
    shown: Mapping[str, int] = field(default_factory=dict)
    by_hand: bool = False
    agent: str = ""


NOTHING_USED = HopperUse()


class _Candidate(NamedTuple):
    lead: int
    list_id: str
    called: LeadNumber
    passes: int = 0
    called_count: int = 0
    security_phrase: str = ""
    source: str = "list"
    callback: Callback | None = None


def fill(
    db: sqlite3.Connection, plan: DialPlan, at: int, wanted: int, use: HopperUse = NOTHING_USED, start: int = 0
) -> HopperFill:
    """Choose up to `wanted` leads that may be dialled at `at` (microseconds UTC), best first.

    Leads and numbers in `use` are left out. `start` is the lead at which the order RANDOM begins, and the seed of the
    lists' shares.
    """
    found, seen, caller_ids = HopperFill(), set(use.numbers), CallerIds(db, plan, at, use.shown)
    for source in _sources(db, plan, at, use, start):
        for one in islice((one for one in source if not (one.lead and one.lead in use.leads)), MOST_LOOKED_AT):
            if len(found.leads) >= wanted:
                return found
            hours = plan.hours(one.called.places, one.list_id, at)
            if not hours.open or not one.called.whole or one.called.whole in seen:
                continue
            if not use.by_hand and lead_rules.in_all(plan, one.lead, one.called_count).why:
                continue
            if lead_rules.listed(db, plan, one.called.whole).why:
                found.listed[one.lead] = lead_rules.status_of_listed(db, plan, one.called.whole)
                continue
            asked = RuledCall(one.lead, one.called.whole, one.called.places, by_hand=use.by_hand)
            if lead_rules.against(db, plan, asked, at):
                found.limited.add(one.lead)
                continue
            caller_id = "" if use.by_hand else caller_ids.take(one.called, one.list_id, one.security_phrase)
            if caller_id or use.by_hand or not plan.shown.of_group:  # the core refuses a campaign without any number
                seen.add(one.called.whole)
                found.leads.append(_dial_lead(one, hours.until or 0, caller_id))
    return found


def _dial_lead(one: _Candidate, until: int, caller_id: str) -> DialLead:
    return DialLead(
        one.lead,
        one.list_id,
        one.called.whole,
        caller_id,
        zones=one.called.places.time_zones,
        open_until=until,
        source=one.source,
        passes=one.passes,
        due_callback=one.callback,
    )


def _sources(
    db: sqlite3.Connection, plan: DialPlan, at: int, use: HopperUse, start: int
) -> Iterator[Iterator[_Candidate]]:
    yield _callbacks(db, plan, at, use.agent)
    today = plan.today(at)
    lists = [name for name, one in plan.lists.items() if not one.why_not(today)]
    if not use.by_hand:
        yield _other_numbers(db, plan, lists)
    tail = f" AND next_try <= :now{BELOW}"
    yield _from(_cells(db, plan, AGAIN, DUE, tail, at).rows(lists, plan.recycle))
    yield from _fresh(db, plan, lists, at, start)


def _callbacks(db: sqlite3.Connection, plan: DialPlan, at: int, agent: str) -> Iterator[_Candidate]:
    for callback, lead in due_callbacks.dialled_of_campaign(db, plan, at, agent):
        found = rows(db, LEAD, lead=lead) if lead else []
        if found:
            called = lead_numbers.called(found[0], callback.number, plan.country(found[0]["list_id"]))
            yield _candidate(found[0], called, "callback")._replace(callback=callback)
        else:
            called = LeadNumber("", callback.number, lead_places.of_number(callback.number))
            yield _Candidate(0, "", called, source="callback", callback=callback)


def _other_numbers(db: sqlite3.Connection, plan: DialPlan, lists: Iterable[str]) -> Iterator[_Candidate]:
    """Yield the leads whose main number was just called without success, the latest first, with their next number."""
    for name in lists if plan.alternatives else ():
        for row in rows(db, OTHER_NUMBERS, list=name, limit=MOST_LOOKED_AT):
            if found := lead_rules.next_other(plan, row):
                yield _candidate(row, found[1], found[0])


def _fresh(
    db: sqlite3.Connection, plan: DialPlan, lists: list[str], at: int, start: int
) -> Iterator[Iterator[_Candidate]]:
    """Yield the leads that were not dialled since the last reset of their list: by shares of lists, then the rest."""
    order = lead_order.of_plan(plan)
    source = FRESH.format(index=order.index_name)
    weights = {name: plan.lists[name].weight for name in lists if plan.lists[name].weight}
    rest = [name for name in lists if name not in weights]
    for part in (" AND lead_id >= :start", " AND lead_id < :start") if plan.order == "RANDOM" else ("",):
        cells = _cells(db, plan, order, source, part + BELOW, at, start)
        shares = {name: cells.rows([name], plan.statuses) for name in weights}
        yield _from(_drawn(shares, weights, random.Random(start)))  # noqa: S311 - shares, no secrets
        yield _from(cells.rows(rest, plan.statuses))


def _drawn(shares: dict[str, Iterator[Any]], weights: Mapping[str, int], draw: random.Random) -> Iterator[Any]:
    """Yield the leads of several lists in random order, so often from each list as its weight says."""
    while shares:
        [name] = draw.choices([*shares], [weights[one] for one in shares])
        if (row := next(shares[name], None)) is None:
            del shares[name]
        else:
            yield row


def _cells(
    db: sqlite3.Connection, plan: DialPlan, order: LeadOrder, source: str, only: str, at: int, start: int = 0
) -> LeadCells:
    values = {"now": at, "most": plan.most_calls, "start": start} | plan.only.parameters(at)
    return LeadCells(db, plan, order, source, f"{only} AND {plan.only.sql}" if plan.only.sql else only, values, at)


def _from(found: Iterable[Any]) -> Iterator[_Candidate]:
    return (_candidate(row, lead_numbers.main(row)) for row in found)


def _candidate(row: Any, called: LeadNumber, source: str = "list") -> _Candidate:
    return _Candidate(
        row["lead_id"], row["list_id"], called, row["passes"], row["called_count"], row["security_phrase"], source
    )
