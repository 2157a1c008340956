"""Which lead a call is with. Looked for as soon as it comes, so that it is there when an agent gets the call."""

from warmline.core.model.actions import FindLead
from warmline.core.model.call import Call
from warmline.core.model.call_command_types import SwitchLead
from warmline.core.model.events import LeadFound
from warmline.core.model.replace import replace
from warmline.core.state.world import Turn

NONE, ANY_LIST = "NONE", "CIDLOOKUP"  # of call_handle_method
DIALLED = "NEW"  # the status of a lead that an agent's dial makes


def look_for(turn: Turn, call: Call) -> None:
    """Ask for the lead of a caller, if his in-group wants one, or of a dialled customer. Nothing waits for it."""
    if call.lead or not any(sign.isdigit() for sign in call.number):
        return
    if call.outbound:
        where = turn.world.rules.campaign(call.outcome.campaign).manual_dial_list_id
        turn.do(call.id, FindLead(call.id, call.number, ANY_LIST, where, DIALLED))
        return
    ingroup = turn.world.rules.ingroup(call.ingroup)
    if ingroup.call_handle_method != NONE:
        turn.do(call.id, FindLead(call.id, call.number, ingroup.call_handle_method, ingroup.list_id))


def found(turn: Turn, event: LeadFound) -> None:
    """The call has that lead, unless somebody has given it one meanwhile."""
    call = turn.world.calls.get(event.call)
    if call and not call.lead:
        turn.put(replace(call, lead=event.lead))


def look_again(turn: Turn, call: Call) -> None:
    """After a restart: what was asked for may not have come."""
    if call.customer or call.outbound:
        look_for(turn, call)


def switch(turn: Turn, call: Call, command: SwitchLead) -> str:
    """SWITCH_LEAD: the call is with another lead. Why not, or ""."""
    if not command.lead:
        return "which lead is not said"
    turn.put(replace(call, lead=command.lead))
    return ""
