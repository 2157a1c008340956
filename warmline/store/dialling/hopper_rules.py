"""The rules by which the hopper chooses a lead: those about the campaign, the list and the filter.

`changed` also compares the status and number of a chosen lead.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

from warmline.core.rules import activity, number_text
from warmline.core.rules.configuration import Rules
from warmline.leads import lead_numbers, phone_numbers
from warmline.leads.lead_numbers import FIELDS
from warmline.store.database.reading import rows
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.dnc_and_attempt_rules import RuleAnswer
from warmline.text import lead_filter

OF_CALLS = ("called_count", "last_call")  # the fields of a filter that a call changes
OTHERS = ", ".join(name for name in lead_filter.FIELDS if name not in OF_CALLS)
BEFORE_CALL = f"""(
    SELECT called_count - 1 AS called_count, (
        SELECT max(arrived) FROM call WHERE call.lead = :lead AND call.lead <> 0 AND call.id <> :call
    ) AS last_call, {OTHERS}, custom_fields, lead_id FROM lead WHERE lead_id = :lead
)"""  # noqa: S608 - fields of the language of filters


def of_campaign(plan: DialPlan) -> RuleAnswer:
    """Check that the campaign is active."""
    known = Rules(campaigns={plan.campaign.id: plan.campaign})
    return RuleAnswer("campaign", activity.explain_inactive_campaign(known, plan.campaign.id))


def of_list(plan: DialPlan, list_id: str, at: int) -> RuleAnswer:
    """Check that the list is one of the campaign, active, and not expired."""
    found = plan.lists.get(list_id)
    if found is None:
        return RuleAnswer("list", f"list {list_id} is not of campaign {plan.campaign.id}")
    return RuleAnswer("list", found.why_not(plan.today(at)))


def of_filter(db: sqlite3.Connection, plan: DialPlan, lead_id: int, at: int, call: str = "") -> RuleAnswer:
    """Check that lead_filter has the lead, as it was before `call`, a call that is already counted."""
    source = BEFORE_CALL if call else "lead"
    only = f"SELECT lead_id FROM {source} WHERE lead_id = :lead AND ({plan.only.sql or 'TRUE'})"  # noqa: S608 - our fields
    kept = rows(db, only, lead=lead_id, call=call, **plan.only.parameters(at))
    return RuleAnswer("lead filter", "" if kept else f"lead_filter leaves lead {lead_id} out")


def changed(
    db: sqlite3.Connection, plan: DialPlan, lead: Mapping[str, Any], number: str, source: str, at: int, call: str
) -> str:
    """Return which of these rules forbids a lead that the hopper has chosen as `source`, or "".

    Its `call` has begun, and is counted: so its calls since the reset of the list and its next try say nothing. With
    "", it has not.
    """
    why = of_campaign(plan).why or of_list(plan, lead["list_id"], at).why
    if why or source == "api":
        return why
    dialled = {*plan.statuses, *plan.recycle}
    if source in FIELDS:
        found = lead_numbers.other(lead, source, plan.country(lead["list_id"]))
        dialled |= {*plan.alternative_statuses}
    else:
        found = lead_numbers.main(lead)
    if found is None or not phone_numbers.same(number_text.to_dialled_digits(number), found.whole):
        return f"lead {lead['lead_id']} has another number now"
    if lead["status"] not in dialled:
        return f"lead {lead['lead_id']} has the status {lead['status']} now, which is not dialled"
    return of_filter(db, plan, lead["lead_id"], at, call).why
