"""The last check of a lead, in one read transaction just before its number is dialled.

A lead may have changed since the hopper chose it. Its number was put on a list, an agent or another campaign has called
it, or a limit was lowered.
"""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from warmline.leads import lead_places
from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import Row, reading, rows
from warmline.store.leads import lead_rules
from warmline.store.leads.dial_plan import DialPlan, DialPlans

PLACES = "SELECT list_id, time_zones, jurisdictions, called_count, passes FROM lead WHERE lead_id = :lead"


class LookedAt(NamedTuple):
    """The lead and the number of a last look. `call` is the call that dials the number, which does not count itself.

    `passes` is how often the lead had been dialled since the reset of its list when it was chosen.
    """

    campaign: str
    lead: int
    number: str
    call: str = ""
    passes: int = 0


class LookRefusal(NamedTuple):
    """Why a lead must not be dialled, and the status that it gets, or ""."""

    why: str
    status: str = ""


def refusal(path: str | Path, plans: DialPlans, asked: LookedAt, at: int) -> LookRefusal | None:
    """Return why a lead must not be dialled at `at` (microseconds UTC), or None.

    Raises NotFound (campaign) and StoreError; then it must not be dialled either.
    """
    with reading(path) as db:
        return _refusal(db, plans.of(db, asked.campaign), asked, at)


def _refusal(db: sqlite3.Connection, plan: DialPlan, asked: LookedAt, at: int) -> LookRefusal | None:
    if where := lead_rules.listed(db, plan, asked.number).why:
        return LookRefusal(where, lead_rules.status_of_listed(db, plan, asked.number))
    list_id, places, again = "", lead_places.of_number(asked.number), ""
    if asked.lead:
        found = rows(db, PLACES, lead=asked.lead)
        if not found:
            return LookRefusal(f"lead {asked.lead} was deleted")
        list_id, places = found[0]["list_id"], LeadPlaces(found[0]["time_zones"], found[0]["jurisdictions"])
        again = _called_since(plan, asked, found[0])
    # A callback without a lead has the hours with which it was proposed.
    closed = plan.hours(places, list_id, at).why if asked.lead or places.time_zones else ""
    why = closed or again or lead_rules.against(db, plan, asked.lead, asked.number, places, at, asked.call)
    return LookRefusal(why) if why else None


def _called_since(plan: DialPlan, asked: LookedAt, lead: Row) -> str:
    """Return why calls to the lead since it was chosen forbid this one, or "". The call itself is already counted."""
    if not asked.call:
        return ""
    if lead["passes"] > asked.passes + 1:
        return f"lead {asked.lead} was called since it was chosen"
    return lead_rules.in_all(plan, asked.lead, lead["called_count"] - 1).why
