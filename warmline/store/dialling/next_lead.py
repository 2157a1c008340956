"""Chooses the next lead that an agent dials, and checks it again before it is dialled after a preview."""

import sqlite3
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from warmline.core.messages.dial_facts_messages import CHECK_LEAD, CHOOSE_OWN_CALLBACK, DialFacts, FindDialFacts
from warmline.core.messages.dialler_messages import DialLead
from warmline.core.rules import reasons
from warmline.core.world.world import World
from warmline.store.database.database import StoreError
from warmline.store.database.reading import reading, rows
from warmline.store.dialling import hopper, last_lead_check, lead_marks
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.hopper import HopperFill, HopperUse
from warmline.store.dialling.last_lead_check import LookedAt, LookRefusal
from warmline.store.lead_changes import hopper_entries
from warmline.store.leads import dial_facts

SHOWN_AGAIN = 3600_000_000  # microseconds until a lead that was shown and not dialled is shown again
ROUNDS = 38  # short choices of a request, each of which passes over some leads
SHOWN = """
    SELECT DISTINCT number FROM receipt
    WHERE requested >= :since AND kind = 'DIAL_NEXT' AND call = '' AND number <> '' AND outcome = 'completed'
        AND number NOT IN (SELECT number FROM call WHERE arrived >= :since)
"""


class LeadsInUse(NamedTuple):
    """The leads and numbers that are in a call, or that an agent looks at."""

    leads: Collection[int]
    numbers: Collection[str]


def in_use(world: World) -> LeadsInUse:
    """Return the leads and numbers that are in a call, or that an agent looks at."""
    shown = (session.previewed for session in world.sessions.values() if session.previewed)
    busy = [(call.lead, call.number) for call in world.calls.values()] + [(one.lead, one.number) for one in shown]
    return LeadsInUse({lead for lead, _ in busy if lead}, {number for _, number in busy})


def find(path: str | Path, plans: DialPlans, asked: FindDialFacts, used: LeadsInUse) -> DialFacts:
    """Return the facts that the core requests: about its number, or about that of the next lead, which is chosen here.

    Raises NotFound (campaign), StoreError.
    """
    if asked.leads == CHECK_LEAD:
        with reading(path) as db:
            source = "callback" if asked.callback else hopper.API if hopper_entries.has(db, asked.lead) else "list"
            looked_at = LookedAt(asked.campaign, asked.lead, asked.number, by_hand=True, source=source)
            found = last_lead_check.look(db, plans, looked_at, asked.at)
        if isinstance(found, LookRefusal):
            return DialFacts(problem=found.why)
        found = replace(found, source="callback" if asked.callback else found.source)
        return replace(dial_facts.find(path, asked), lead=found)
    if not asked.leads:
        return dial_facts.find(path, asked)
    lead = _next(path, plans, asked, used)
    if lead is None:
        return DialFacts(problem=reasons.NO_NEXT_LEAD.text(campaign=asked.campaign))
    callback = lead.due_callback.id if lead.due_callback else ""
    return replace(dial_facts.find(path, replace(asked, number=lead.number, callback=callback)), lead=lead)


def _next(path: str | Path, plans: DialPlans, asked: FindDialFacts, used: LeadsInUse) -> DialLead | None:
    """Choose the next lead; note those that are passed over. Behind very many of them there is none before a repeat."""
    callbacks, entries = set[str](), set[int]()  # passed over
    for _ in range(ROUNDS):
        with reading(path) as db:
            found = _choose(db, plans, asked, used, callbacks, entries)
        callbacks |= found.callbacks.keys()
        entries |= found.entries.keys()
        with suppress(StoreError):  # the next choice meets the same leads again
            lead_marks.write(path, found.marks.values())
        if found.leads or not found.unfinished:
            return found.leads[0] if found.leads else None
    return None


def _choose(
    db: sqlite3.Connection,
    plans: DialPlans,
    asked: FindDialFacts,
    used: LeadsInUse,
    callbacks: Collection[str],
    entries: Collection[int],
) -> HopperFill:
    shown = (row["number"] for row in rows(db, SHOWN, since=asked.at - SHOWN_AGAIN))
    numbers = {*used.numbers, *shown}
    agent = asked.agent if asked.leads == CHOOSE_OWN_CALLBACK else ""
    plan = plans.of(db, asked.campaign)
    use = HopperUse(used.leads, numbers, by_hand=True, agent=agent, callbacks=callbacks, entries=entries)
    return hopper.fill(db, plan, asked.at, 1, use, asked.at, hopper.PASSED_OVER)
