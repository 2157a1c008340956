"""The last check of a lead, in one read transaction just before its number is dialled.

A lead may have changed since the hopper chose it. Its number was put on a list, an agent or another campaign has called
it, or a limit was lowered.
"""

import sqlite3
from typing import NamedTuple

from warmline.core.messages.dialler_messages import DialLead
from warmline.leads import lead_numbers, lead_places
from warmline.store.database.reading import Row, rows
from warmline.store.dialling import dnc_and_attempt_rules, due_callbacks, hopper_rules
from warmline.store.dialling.dial_plan import DialPlan, DialPlans
from warmline.store.dialling.dnc_and_attempt_rules import RuledCall

LEAD = "SELECT * FROM lead WHERE lead_id = :lead"


class LookedAt(NamedTuple):
    """The lead and the number of a last look. `call` is the call that dials the number, which does not count itself.

    `passes` is how often the lead had been dialled since the reset of its list when it was chosen.
    `callback` is the id of the callback that an automatic call makes, or "". `by_hand`: an agent dials the number.
    `source` is that of the choice, such as list: then the rules of the choice are asked again, too.
    """

    campaign: str
    lead: int
    number: str
    call: str = ""
    passes: int = 0
    callback: str = ""
    by_hand: bool = False
    source: str = ""


class LookRefusal(NamedTuple):
    """Why a lead must not be dialled, and the status that it gets, or ""."""

    why: str
    status: str = ""


def refusal(db: sqlite3.Connection, plans: DialPlans, asked: LookedAt, at: int) -> LookRefusal | None:
    """Return why a lead must not be dialled at `at` (microseconds UTC), or None. Raises as `look` does."""
    found = look(db, plans, asked, at)
    return found if isinstance(found, LookRefusal) else None


def look(db: sqlite3.Connection, plans: DialPlans, asked: LookedAt, at: int) -> LookRefusal | DialLead:
    """Return why a lead must not be dialled at `at` (microseconds UTC), or the lead as it is now.

    Raises NotFound (campaign), and the errors of SQLite; then it must not be dialled either.
    """
    plan = plans.of(db, asked.campaign)
    if where := dnc_and_attempt_rules.listed(db, plan, asked.number).why:
        return LookRefusal(where, dnc_and_attempt_rules.status_of_listed(db, plan, asked.number))
    if asked.callback and not due_callbacks.is_dialled(db, plan, asked.callback, at, asked.call):
        return LookRefusal(f"callback {asked.callback} is not due any more")
    if why := hopper_rules.of_campaign(plan).why:
        return LookRefusal(why)
    list_id, places, passes, again = "", lead_places.of_number(asked.number), 0, ""
    if asked.lead:
        found = rows(db, LEAD, lead=asked.lead)
        if not found:
            return LookRefusal(f"lead {asked.lead} was deleted")
        list_id, passes = found[0]["list_id"], found[0]["passes"]
        places = lead_numbers.called(found[0], asked.number, plan.country(list_id)).places
        again = _called_since(plan, asked, found[0]) or _changed(db, plan, asked, found[0], at)
    hours = plan.hours(places, list_id, at)
    # An automatic callback without a lead has the hours with which it was proposed.
    closed = hours.why if asked.lead or asked.by_hand or places.time_zones else ""
    call = RuledCall(asked.lead, asked.number, places, asked.call, by_hand=asked.by_hand)
    why = closed or again or dnc_and_attempt_rules.against(db, plan, call, at).refusal
    if why:
        return LookRefusal(why)
    source = "callback" if asked.callback else "list"
    zones, until = places.time_zones, hours.until or 0
    return DialLead(asked.lead, list_id, asked.number, zones=zones, open_until=until, source=source, passes=passes)


def _changed(db: sqlite3.Connection, plan: DialPlan, asked: LookedAt, lead: Row, at: int) -> str:
    if asked.source in ("", "callback"):  # of a callback, `due_callbacks` has looked at the lead
        return ""
    return hopper_rules.changed(db, plan, lead, asked.number, asked.source, at, asked.call)


def _called_since(plan: DialPlan, asked: LookedAt, lead: Row) -> str:
    """Return why calls to the lead since it was chosen forbid this one, or "". The call itself is already counted."""
    if not asked.call:
        return ""
    if lead["passes"] > asked.passes + 1:
        return f"lead {asked.lead} was called since it was chosen"
    return dnc_and_attempt_rules.in_all(plan, asked.lead, lead["called_count"] - 1).why
