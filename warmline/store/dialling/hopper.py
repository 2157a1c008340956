"""Chooses the leads of a campaign that are dialled next, in order, without a scan of the leads.

First the callbacks whose time has come, then the leads that programs put first, and the other numbers of leads. The
leads whose next try is due are next, and those whose hold is over. The new ones follow in the campaign's order, or come
between these. A lead that cannot be dialled gets a mark, and the next fill does not meet it again. So the leads behind
it are found, however many stand in front.

The next try of a lead is planned when its status is written, by the trigger lead_recycled of schema.sql.
"""

import random
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from warmline.core.messages.dialler_messages import DialLead
from warmline.leads import lead_numbers, lead_places
from warmline.leads.lead_numbers import LeadNumber
from warmline.store.database.reading import rows, streamed
from warmline.store.dialling import due_callbacks, hopper_rules, lead_holds, lead_order
from warmline.store.dialling.caller_ids import CallerIds
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.due_callbacks import DueCallback
from warmline.store.dialling.lead_holds import ALWAYS
from warmline.store.dialling.lead_order import AGAIN, BELOW, SHUFFLED, LeadCells, LeadOrder
from warmline.store.dialling.lead_verdict import Chooser, LeadMark, Obstacle
from warmline.store.lead_changes import hopper_entries

PASSED_OVER = 80  # leads in one fill of the dialler, which must not take more than 20 ms of a processor
FRESH = "INDEXED BY {index} WHERE list_id = :list AND status = :status AND passes = 0 AND held_by = ''"
DUE = """
    INDEXED BY lead_again WHERE list_id = :list AND status = :status AND next_try IS NOT NULL AND held_by = ''
"""
LEAD = "SELECT * FROM lead WHERE lead_id = :lead"
OTHER_NUMBERS = """
    SELECT * FROM lead INDEXED BY lead_other_number
    WHERE list_id = :list AND next_number <> '' AND held_by = '' ORDER BY last_call DESC, lead_id DESC
"""
CALLBACK_FOR = 600_000_000  # microseconds after which a callback or an entry that was passed over is looked at again
API = "api"  # the source of a lead that a program put first


@dataclass
class HopperFill:
    """The chosen leads in order, and the marks of those that were passed over.

    `callbacks` and `entries`, the leads that programs put first, are those passed over, by id. Each has the moment
    until which it needs no look (microseconds UTC).
    `unfinished`: there may be more leads behind those that were looked at.
    """

    leads: list[DialLead] = field(default_factory=list)
    marks: dict[int, LeadMark] = field(default_factory=dict)
    callbacks: dict[str, int] = field(default_factory=dict)
    entries: dict[int, int] = field(default_factory=dict)
    unfinished: bool = False

    @property
    def listed(self) -> dict[int, str]:
        """Return the leads on a do-not-call list, with the status that they get."""
        return {lead: mark.status for lead, mark in self.marks.items() if mark.status}

    @property
    def held(self) -> dict[int, int]:
        """Return the leads that a limit holds, with its end (microseconds UTC)."""
        return {lead: mark.until for lead, mark in self.marks.items() if mark.by}


@dataclass(frozen=True)
class HopperUse:
    """The leads and numbers that calls or other hoppers have, and how often proposals show each caller id.

    `by_hand`: an agent dials the lead. The due callbacks of `agent` come before those that any agent may make.
    `callbacks` and `entries` need no look now.
    """

    leads: Collection[int] = ()
    numbers: Collection[str] = ()
    shown: Mapping[str, int] = field(default_factory=dict)
    by_hand: bool = False
    agent: str = ""
    callbacks: Collection[str] = ()
    entries: Collection[int] = ()


NOTHING_USED = HopperUse()


class _ToCall(NamedTuple):
    """A callback with the row of its lead; with lead_id 0 if it has none."""

    due: DueCallback
    row: Mapping[str, Any]
    called: LeadNumber


def fill(
    db: sqlite3.Connection,
    plan: DialPlan,
    at: int,
    wanted: int,
    use: HopperUse = NOTHING_USED,
    start: int = 0,
    most: int = ALWAYS,
) -> HopperFill:
    """Choose up to `wanted` leads that may be dialled at `at` (microseconds UTC), best first.

    Leads and numbers in `use` are left out. From `start` follow the place at which the order RANDOM begins, and the
    lists' shares. At most `most` leads are passed over.
    """
    found = HopperFill()
    if hopper_rules.of_campaign(plan).why:
        return found
    chooser = Chooser(db, plan, at, CallerIds(db, plan, at, use.shown), use.by_hand, set(use.numbers))
    today = plan.today(at)
    lists = [name for name, one in plan.lists.items() if not one.why_not(today)]
    left = most - _fill_callbacks(found, chooser, wanted, use, most // 2)
    left -= _fill_entries(found, chooser, wanted, use, left // 2)
    chosen = {one.lead for one in found.leads}
    sources = [*_sources(db, plan, lists, at, start, by_hand=use.by_hand)]
    for place, source in enumerate(sources):
        may = left if place == len(sources) - 1 else left // 2  # so that no source stands in the way of the others
        for row in source:
            if row["lead_id"] in use.leads or row["lead_id"] in found.marks or row["lead_id"] in chosen:
                continue
            if len(found.leads) >= wanted:
                return found
            if may <= 0:
                found.unfinished = True
                break
            one = chooser.of_lead(row)
            if isinstance(one, DialLead):
                found.leads.append(one)
                chosen.add(one.lead)
            else:
                found.marks[one.lead] = one
                may, left = may - 1, left - 1
    return found


def _fill_callbacks(found: HopperFill, chooser: Chooser, wanted: int, use: HopperUse, most: int) -> int:
    """Choose callbacks; return how many were passed over, at most `most`."""
    passed = 0
    for one in _callbacks(chooser, use):
        if len(found.leads) >= wanted:
            return passed
        if passed >= most:
            found.unfinished = True
            return passed
        if one.row["lead_id"] and one.row["lead_id"] in use.leads:
            continue
        chosen = (
            Obstacle(until=one.due.waits)
            if one.due.waits
            else chooser.number(one.row, one.called, "callback", one.due.callback)
        )
        if isinstance(chosen, DialLead):
            found.leads.append(chosen)
            continue
        passed += 1
        found.callbacks[one.due.callback.id] = min(chosen.until or ALWAYS, chooser.at + CALLBACK_FOR)
        if chosen.status and (lead := one.row["lead_id"]):
            found.marks[lead] = LeadMark(lead, (one.row["status"], one.row["passes"]), status=chosen.status)
    return passed


def _fill_entries(found: HopperFill, chooser: Chooser, wanted: int, use: HopperUse, most: int) -> int:
    """Choose leads that programs put first, whatever their status; return how many were passed over, at most `most`."""
    plan, passed = chooser.plan, 0
    chosen = {one.lead for one in found.leads}
    for row in hopper_entries.waiting(chooser.db, plan.campaign.id, use.entries):
        if len(found.leads) >= wanted:
            return passed
        if passed >= most:
            found.unfinished = True
            return passed
        if row["lead_id"] in use.leads or row["lead_id"] in chosen:
            continue
        of_list = hopper_rules.of_list(plan, row["list_id"], chooser.at)
        one = Obstacle() if of_list.why else chooser.number(row, lead_numbers.main(row), API)
        if isinstance(one, DialLead):
            found.leads.append(one)
            continue
        passed += 1
        found.entries[row["entry"]] = min(one.until or ALWAYS, chooser.at + CALLBACK_FOR)
        if one.status:
            found.marks[row["lead_id"]] = LeadMark(row["lead_id"], (row["status"], row["passes"]), status=one.status)
    return passed


def _callbacks(chooser: Chooser, use: HopperUse) -> Iterator[_ToCall]:
    plan = chooser.plan
    for due in due_callbacks.of_campaign(chooser.db, plan, chooser.at, use.agent, use.callbacks):
        number = due.callback.number
        found = rows(chooser.db, LEAD, lead=due.lead) if due.lead else []
        if found:
            yield _ToCall(due, found[0], lead_numbers.called(found[0], number, plan.country(found[0]["list_id"])))
        else:
            yield _ToCall(due, WITHOUT_LEAD, LeadNumber("", number, lead_places.of_number(number)))


WITHOUT_LEAD = {"lead_id": 0, "list_id": "", "status": "", "passes": 0, "called_count": 0, "security_phrase": ""}


def _sources(
    db: sqlite3.Connection, plan: DialPlan, lists: list[str], at: int, start: int, *, by_hand: bool
) -> Iterator[Iterator[Any]]:
    if not by_hand and plan.alternatives:
        yield _other_numbers(db, lists)
    tail = f" AND next_try <= :now{BELOW}"
    due = _cells(db, plan, AGAIN, DUE, tail, at).rows(lists, plan.recycle)
    over = lead_holds.over(db, plan, lists, at, by_hand=by_hand)
    new = _chained(_fresh(db, plan, lists, at, start))
    if plan.new_every:
        shares = {"new": 1, "again": plan.new_every - 1}
        yield _drawn({"new": new, "again": _chained((due, over))}, shares, random.Random(start))  # noqa: S311 - shares
    else:
        yield from (due, over, new)


def _chained(parts: Iterable[Iterator[Any]]) -> Iterator[Any]:
    for part in parts:
        yield from part


def _other_numbers(db: sqlite3.Connection, lists: Iterable[str]) -> Iterator[Any]:
    """Yield the leads whose main number was just called without success, the latest first."""
    for name in lists:
        yield from streamed(db, OTHER_NUMBERS, {"list": name})


def _fresh(db: sqlite3.Connection, plan: DialPlan, lists: list[str], at: int, start: int) -> Iterator[Iterator[Any]]:
    """Yield the leads that were not dialled since the last reset of their list: by shares of lists, then the rest."""
    order = lead_order.of_plan(plan)
    source = FRESH.format(index=order.index_name)
    weights = {name: plan.lists[name].weight for name in lists if plan.lists[name].weight}
    rest = [name for name in lists if name not in weights]
    parts = (f" AND {SHUFFLED} >= :start", f" AND {SHUFFLED} < :start") if plan.order == "RANDOM" else ("",)
    for part in parts:
        cells = _cells(db, plan, order, source, part + BELOW, at, start)
        shares = {name: cells.rows([name], plan.statuses) for name in weights}
        yield _drawn(shares, weights, random.Random(start))  # noqa: S311 - shares, no secrets
        yield cells.rows(rest, plan.statuses)


def _drawn(shares: dict[str, Iterator[Any]], weights: Mapping[str, int], draw: random.Random) -> Iterator[Any]:
    """Yield the leads of several sources in random order, from each as often as its weight says; 0 comes last."""
    while shares:
        drawn = [one for one in shares if weights[one]] or [*shares]
        [name] = draw.choices(drawn, [weights[one] or 1 for one in drawn])
        if (row := next(shares[name], None)) is None:
            del shares[name]
        else:
            yield row


def _cells(
    db: sqlite3.Connection, plan: DialPlan, order: LeadOrder, source: str, only: str, at: int, start: int = 0
) -> LeadCells:
    begin = start * 2654435761 & 0xFFFFFFFF  # spread over all values of SHUFFLED
    values = {"now": at, "most": plan.most_calls, "start": begin} | plan.only.parameters(at)
    return LeadCells(db, plan, order, source, f"{only} AND {plan.only.sql}" if plan.only.sql else only, values, at)
