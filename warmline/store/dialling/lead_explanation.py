"""Explains whether each number of a lead may be dialled now: each rule with its answer, and when that changes.

It asks the same functions as the hopper and the last look. The rule of the status is its own, because the hopper finds
leads by status and next try in an index.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from warmline.leads import lead_numbers
from warmline.leads.lead_numbers import LeadNumber
from warmline.store.database.reading import Row, reading, rows
from warmline.store.dialling import caller_ids, dial_plan, dnc_and_attempt_rules, hopper_rules
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.dnc_and_attempt_rules import RuleAnswer, RuledCall
from warmline.store.leads import number_reads

LISTED = "do-not-call"  # the rule
CAMPAIGN = "SELECT ifnull(campaign, '') AS campaign FROM list WHERE id = :list"
LIVE = "SELECT id FROM call WHERE lead = :lead AND ended IS NULL AND lead <> 0"


class NumberExplanation(NamedTuple):
    """The rules of a campaign about one number of a lead. `source` is list, alt_phone or address3.

    `open_until` is the end of its hours, if they are open now.
    """

    source: str
    number: str
    time_zones: str
    jurisdictions: str
    rules: list[RuleAnswer]
    open_until: int | None

    @property
    def dialled_now(self) -> bool:
        """Return whether every rule allows the call."""
        return not any(rule.why for rule in self.rules)


class LeadExplanation(NamedTuple):
    """The rules of a campaign about a lead: about its main number, and about the `others` that it has."""

    lead: int
    campaign: str
    main: NumberExplanation
    others: list[NumberExplanation]

    @property
    def next_number(self) -> str:
        """Return the number that is dialled now, or "". Another number is dialled before the main one.

        A person who has one number on a do-not-call list is called at no other.
        """
        for one in (*self.others, self.main):
            if one.dialled_now:
                return one.number
            if next(rule for rule in one.rules if rule.why).rule == LISTED:
                return ""
        return ""

    @property
    def dialled_now(self) -> bool:
        """Return whether a number of the lead is dialled now."""
        return bool(self.next_number)


def explain(path: str | Path, lead_id: int, at: int, campaign: str = "") -> LeadExplanation:
    """Explain a lead at the moment `at` (microseconds UTC), for a campaign or for that of its list.

    Raises NotFound (lead, campaign) and StoreError.
    """
    with reading(path) as db:
        lead = number_reads.read_lead(db, lead_id)
        campaign = campaign or rows(db, CAMPAIGN, list=lead["list_id"])[0]["campaign"]
        main = lead_numbers.main(lead)
        if not campaign:
            of = lead["list_id"]
            why = f"list {of} has no campaign; to change it: warmline list set {of} campaign=NAME"
            return LeadExplanation(
                lead_id,
                "",
                NumberExplanation("list", main.whole, *main.places, [RuleAnswer("campaign", why)], None),
                [],
            )
        plan = dial_plan.load(db, campaign)
        others = [_of_field(db, plan, lead, field, at) for field in lead_numbers.FIELDS if lead[field].strip()]
        return LeadExplanation(lead_id, campaign, _of_number(db, plan, lead, "list", main, at), others)


def _of_field(db: sqlite3.Connection, plan: DialPlan, lead: Row, field: str, at: int) -> NumberExplanation:
    number = lead_numbers.other(lead, field, plan.country(lead["list_id"]))
    if number is None:
        rule = dnc_and_attempt_rules.next_number(plan, lead, field)
        return NumberExplanation(field, lead[field], "", "", [rule], None)
    return _of_number(db, plan, lead, field, number, at)


def _of_number(
    db: sqlite3.Connection, plan: DialPlan, lead: Row, source: str, number: LeadNumber, at: int
) -> NumberExplanation:
    hours = plan.hours(number.places, lead["list_id"], at)
    rules = list(_rules(db, plan, lead, source, number, at))
    return NumberExplanation(source, number.whole, *number.places, rules, hours.until if hours.open else None)


def _rules(
    db: sqlite3.Connection, plan: DialPlan, lead: Row, source: str, called: LeadNumber, at: int
) -> Iterator[RuleAnswer]:
    """Yield the answer of each rule, in the order in which they are asked."""
    number, places = called.whole, called.places
    yield hopper_rules.of_campaign(plan)
    yield hopper_rules.of_list(plan, lead["list_id"], at)
    if source == "list":
        yield _of_status(plan, lead, at)
        yield hopper_rules.of_filter(db, plan, lead["lead_id"], at)
    else:
        yield dnc_and_attempt_rules.next_number(plan, lead, source)
    yield dnc_and_attempt_rules.in_all(plan, lead["lead_id"], lead["called_count"])
    live = rows(db, LIVE, lead=lead["lead_id"])
    yield RuleAnswer("live calls", f"lead {lead['lead_id']} is in call {live[0]['id']}" if live else "")
    hours = plan.hours(places, lead["list_id"], at)
    yield RuleAnswer("hours", hours.why, None if hours.open else hours.until)
    yield dnc_and_attempt_rules.listed(db, plan, number)
    yield RuleAnswer("dial rules", plan.refused(called))
    call = RuledCall(lead["lead_id"], number, places)
    yield dnc_and_attempt_rules.in_24_hours(db, plan, call, at)
    yield dnc_and_attempt_rules.in_30_days(db, plan, call, at)
    yield dnc_and_attempt_rules.in_day(db, plan, call, at)
    yield dnc_and_attempt_rules.contacted(db, plan, call, at)
    yield dnc_and_attempt_rules.after_drop(db, plan, call, at)
    shown = caller_ids.shown(db, plan, lead, called, at)
    none = f"campaign {plan.campaign.id} has no caller id that may be shown today"
    yield RuleAnswer("caller id", "" if shown or not plan.shown.of_group else none)


def _of_status(plan: DialPlan, lead: Row, at: int) -> RuleAnswer:
    """Check the status, the calls since the reset of the list, and the time of the next try."""
    status, next_try = lead["status"], lead["next_try"]
    if status in plan.statuses and not lead["passes"]:
        return RuleAnswer("status")
    if next_try is not None and status in plan.recycle:
        if next_try <= at:
            return RuleAnswer("status")
        return RuleAnswer("status", f"status {status} is dialled again after a while (recycle)", next_try)
    if status not in plan.statuses:
        named = ", ".join(plan.statuses) or "none"
        return RuleAnswer("status", f"status {status} is not dialled; dial_statuses: {named}")
    why = f"lead {lead['lead_id']} was called since the last reset of list {lead['list_id']}"
    return RuleAnswer("status", f"{why}; to dial its list again: warmline list reset {lead['list_id']}")
