"""The lead of a call. The search starts at the arrival, so that the lead is known when an agent gets the call."""

from warmline.core.messages.call_command_types import SwitchLead
from warmline.core.messages.dialler_messages import DialLead, FindLead, LeadFound
from warmline.core.model.call import Attempt, Call
from warmline.core.replace import replace
from warmline.core.rules import number_text, reasons
from warmline.core.world.turn import Turn

NO_LOOKUP, ANY_LIST_LOOKUP = "NONE", "CIDLOOKUP"  # values of call_handle_method
NEW_LEAD_STATUS = "NEW"  # the status of a new lead for an agent's dial


def make_attempt(lead: DialLead) -> Attempt:
    """Return the attempt of a call to this lead as it begins."""
    return Attempt(
        list_id=lead.list_id,
        source=lead.source,
        passes=lead.passes,
        zones=lead.zones,
        open_until=lead.open_until,
        caller_id=lead.caller_id,
    )


def request_lead(turn: Turn, call: Call) -> None:
    """Request the lead of a dialled customer, or of a caller if the in-group wants one. Nothing waits for it.

    A caller without a number, such as `alice2`, has none.
    """
    if call.lead or not number_text.to_dialled_digits(call.number):
        return
    if call.is_outbound:
        list_id = turn.world.rules.campaign(call.outcome.campaign).manual_dial_list_id
        turn.do(
            call.id,
            FindLead(call.id, call.number, method=ANY_LIST_LOOKUP, list_id=list_id, status=NEW_LEAD_STATUS),
        )
        return
    ingroup = turn.world.rules.ingroup(call.ingroup)
    if ingroup.call_handle_method != NO_LOOKUP:
        method = ingroup.call_handle_method
        turn.do(call.id, FindLead(call.id, call.number, method=method, list_id=ingroup.list_id))


def store_lead(turn: Turn, event: LeadFound) -> None:
    """Store the lead that was found, unless the call has one already."""
    call = turn.world.calls.get(event.call)
    if call and not call.lead:
        turn.put(replace(call, lead=event.lead))


def repeat_request(turn: Turn, call: Call) -> None:
    """Request the lead again after a restart, because the answer may be lost."""
    if call.customer or call.is_outbound:
        request_lead(turn, call)


def switch_lead(turn: Turn, call: Call, command: SwitchLead) -> str:
    """Switch the call to another lead (SWITCH_LEAD). Return the reason for a refusal, or ""."""
    if not command.lead:
        return reasons.LEAD_MISSING.text()
    turn.put(replace(call, lead=command.lead))
    return ""
