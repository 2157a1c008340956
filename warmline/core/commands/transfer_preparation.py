"""What a command needs before its call sets out: a leg to dial, a request for a closer, decisions about recording."""

from warmline.core.calls import arrival, leave, take_call
from warmline.core.model.call import Call
from warmline.core.model.commands import Kind
from warmline.core.model.leg import Role
from warmline.core.model.receipt import Receipt
from warmline.core.model.replace import replace
from warmline.core.queue.admission import is_sent_on, refusal
from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.state import dial_limits, node_limit
from warmline.core.state.call_guards import campaign_of
from warmline.core.state.originate import originate
from warmline.core.state.world import Turn

IVR_SECONDS = 30  # in which the dialplan has to answer


def prepare(turn: Turn, call: Call, receipt: Receipt) -> Call | str:
    """The call made ready for the command, or why it cannot be done."""
    match receipt.kind:
        case Kind.DIAL_WITH_CUSTOMER | Kind.PARK_CUSTOMER_DIAL:
            return _ask_for_closer(turn, call, receipt) if receipt.ingroup else _make_third(turn, call, receipt)
        case Kind.BLIND_TRANSFER:
            return _blind(turn, call, receipt)
        case Kind.LEAVE_3WAY_CALL:
            return leave.prepare(turn, call)
        case Kind.PARK_IVR_CUSTOMER:
            return _make_ivr(turn, call)
        case Kind.LEAVE_VM:
            return replace(call, leaving=receipt.kind, unanswered="")
        case Kind.LOCAL_CLOSER:
            return _to_closer(turn, call, receipt)
        case Kind.TAKE_CALL:
            why = take_call.why_not(turn, receipt.to_agent)
            direct = replace(receipt, kind=Kind.LOCAL_CLOSER, ingroup=AGENTDIRECT)
            return why or _to_closer(turn, call, direct)
        case Kind.HANGUP | Kind.HANGUP_BOTH if receipt.agent == call.agent:
            return replace(call, ended_by="agent")
        case _:
            return call


def _blind(turn: Turn, call: Call, receipt: Receipt) -> Call | str:
    made = _make_third(turn, call, receipt)
    if isinstance(made, str):
        return made
    action = campaign_of(turn, call).blind_unanswered_action
    made = replace(made, after_leave=None, after_leave_reason="BLIND_TRANSFER: it ends with the agent")
    return replace(made, leaving=receipt.kind, unanswered=action)


def _make_third(turn: Turn, call: Call, receipt: Receipt) -> Call | str:
    campaign = campaign_of(turn, call)
    endpoint, why = dial_rules.third(campaign, receipt.number, override=receipt.dial_override)
    if why := why or node_limit.full(turn.world) or dial_limits.reached(turn.world, campaign):
        return why
    session = turn.world.sessions[receipt.agent]
    caller = receipt.caller_id or dial_rules.caller_id(campaign, call.number, session.phone)
    who, seconds = (Role.THIRD, call.id, receipt.number), campaign.dial_timeout
    leg = originate(turn, *who, endpoint, caller=caller, seconds=seconds, call=call.id)
    return replace(call, third=leg.id, dialling=receipt.id)


def _make_ivr(turn: Turn, call: Call) -> Call | str:
    where = campaign_of(turn, call).park_ivr
    if not where:
        return "the campaign has no park IVR - set park_ivr"
    who, way = (Role.IVR, call.id, where), f"Local/{where}"
    leg = originate(turn, *who, way, caller=call.number, seconds=IVR_SECONDS, call=call.id)
    return replace(call, ivr=leg.id)


def _ask_for_closer(turn: Turn, call: Call, receipt: Receipt) -> Call | str:
    why = _no_closer(turn, call, receipt.ingroup, receipt.to_agent, receipt.agent)
    if why:
        return why
    return arrival.ask_for_closer(turn, replace(call, dialling=receipt.id), receipt.ingroup, receipt.to_agent)


def _no_closer(turn: Turn, call: Call, ingroup: str, to_agent: str, by: str) -> str:
    """Why nobody can be consulted there."""
    if ingroup == AGENTDIRECT:
        if to_agent == by:
            return "an agent cannot consult himself"
        if to_agent not in turn.world.sessions:
            return f"agent {to_agent or '(none)'} is not logged in"
    return refusal(turn, call, ingroup, to_agent)


def _to_closer(turn: Turn, call: Call, receipt: Receipt) -> Call | str:
    if receipt.ingroup == AGENTDIRECT and receipt.to_agent not in turn.world.rules.agents:
        return f"agent {receipt.to_agent or '(none)'} does not exist"
    why = refusal(turn, call, receipt.ingroup, receipt.to_agent)
    if why and not is_sent_on(turn, call, receipt.ingroup, receipt.to_agent):
        return why
    return replace(call, leaving=receipt.kind, asked_group=receipt.ingroup, asked_agent=receipt.to_agent)
