"""Preparation of commands that move a call: third party, closer, blind transfer, leave, take.

The call gets a leg to dial, a request for a closer, or a decision about its recording. `core/calls/third_party.py` says
what follows an answer or the end of a third party or closer.
"""

from warmline.core.calls import leave, take_call
from warmline.core.messages.call_command_types import (
    BlindTransfer,
    Hangup,
    HangupBoth,
    Leave3WayCall,
    LeaveVm,
    LocalCloser,
    ParkIvrCustomer,
    TakeCall,
    ThirdPartyDial,
)
from warmline.core.messages.command_classes import OutsideDial
from warmline.core.messages.commands import CommandFields, Kind
from warmline.core.model.call import Call
from warmline.core.model.leg import Role
from warmline.core.model.receipt import Receipt
from warmline.core.permission import dial_facts_queries, dial_gate
from warmline.core.permission.dial_gate import DialEffect
from warmline.core.queue import queue_tickets
from warmline.core.queue.admission_facts import find_handover_refusal, is_rerouted
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.originate import originate
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn

IVR_SECONDS = 30  # for the dialplan's answer


def prepare_nothing(_turn: Turn, call: Call, _receipt: Receipt, _command: CommandFields) -> Call | str:
    """Return the call as it is, because the command needs no preparation."""
    return call


def prepare_leave(turn: Turn, call: Call, _receipt: Receipt, _command: Leave3WayCall) -> Call | str:
    """Return the call prepared for a leave of its agent."""
    return leave.prepare_leave(turn, call)


def prepare_message(_turn: Turn, call: Call, _receipt: Receipt, _command: LeaveVm) -> Call | str:
    """Return the call prepared for LEAVE_VM."""
    return call.with_commands(leaving=Kind.LEAVE_VM).with_consultation(unanswered="")


def prepare_hang_up(_turn: Turn, call: Call, receipt: Receipt, _command: Hangup | HangupBoth) -> Call | str:
    """Return the call with `ended_by` set to agent."""
    return call.with_outcome(ended_by="agent") if receipt.agent == call.agent else call


def prepare_take(turn: Turn, call: Call, _receipt: Receipt, command: TakeCall) -> Call | str:
    """Return the call prepared for the agent who takes it, or the reason for a refusal."""
    reason = take_call.find_take_refusal(turn, command.to_agent)
    return reason or _prepare_leave_to_ingroup(turn, call, AGENTDIRECT, to_agent=command.to_agent)


def prepare_closer(turn: Turn, call: Call, _receipt: Receipt, command: LocalCloser) -> Call | str:
    """Return the call prepared for an in-group, or the reason for a refusal."""
    return _prepare_leave_to_ingroup(turn, call, command.ingroup, to_agent=command.to_agent)


def prepare_third_party(turn: Turn, call: Call, receipt: Receipt, command: ThirdPartyDial) -> Call | str:
    """Return the call with a leg to dial or a request for a closer, or the reason for a refusal."""
    if command.ingroup:
        return _request_closer(turn, call, receipt, command=command)
    return _dial_third_party(turn, call, receipt, command=command)


def prepare_blind_transfer(turn: Turn, call: Call, receipt: Receipt, command: BlindTransfer) -> Call | str:
    """Return the call with a leg to dial, prepared for the agent's leave, or the reason for a refusal."""
    prepared_call = _dial_third_party(turn, call, receipt, command=command)
    if isinstance(prepared_call, str):
        return prepared_call
    action = get_campaign(turn, call).blind_unanswered_action
    prepared_call = prepared_call.with_recording(
        after_leave=None, after_leave_reason="BLIND_TRANSFER: it ends with the agent"
    )
    return prepared_call.with_commands(leaving=Kind.BLIND_TRANSFER).with_consultation(unanswered=action)


def _dial_third_party(turn: Turn, call: Call, receipt: Receipt, command: OutsideDial) -> Call | str:
    check = dial_facts_queries.find_check(turn.world, receipt.agent, receipt.id)
    leg = dial_gate.dial(
        turn,
        call,
        receipt.id,
        command=command,
        role=Role.THIRD,
        number=command.number,
        check=check,
        effect=DialEffect.PARTY,
    )
    return leg if isinstance(leg, str) else replace(call.with_commands(dialling=receipt.id), third=leg.id)


def find_ivr_refusal(turn: Turn, call: Call) -> str:
    """Return why the customer cannot be parked in the campaign's `park_ivr`, or ""."""
    if reason := get_away_reason(turn.world, call.server):
        return reason
    return "" if get_campaign(turn, call).park_ivr else reasons.PARK_IVR_UNSET.text()


def prepare_ivr_park(turn: Turn, call: Call, _receipt: Receipt, _command: ParkIvrCustomer) -> Call | str:
    """Return the call with a leg to the campaign's `park_ivr`."""
    extension = get_campaign(turn, call).park_ivr
    leg = originate(
        turn,
        role=Role.IVR,
        owner=call.id,
        number=extension,
        endpoint=f"Local/{extension}",
        server=call.server,
        caller=call.number,
        seconds=IVR_SECONDS,
        call=call.id,
    )
    return replace(call, ivr=leg.id)


def _request_closer(turn: Turn, call: Call, receipt: Receipt, command: ThirdPartyDial) -> Call | str:
    reason = _find_closer_refusal(turn, call, command)
    if reason:
        return reason
    call = call.with_commands(dialling=receipt.id)
    return queue_tickets.ask_for_closer(turn, call, command.ingroup, to_agent=command.to_agent)


def _find_closer_refusal(turn: Turn, call: Call, command: ThirdPartyDial) -> str:
    """Return why the agent can request no closer of this in-group or agent, or ""."""
    if command.ingroup == AGENTDIRECT:
        if command.to_agent == command.agent:
            return reasons.CONSULTS_SELF.text()
        if command.to_agent not in turn.world.sessions:
            return reasons.TARGET_AGENT_LOGGED_OUT.text(agent=command.to_agent or "(none)")
    return find_handover_refusal(turn, call, command.ingroup, to_agent=command.to_agent)


def _prepare_leave_to_ingroup(turn: Turn, call: Call, ingroup: str, to_agent: str) -> Call | str:
    if ingroup == AGENTDIRECT and to_agent not in turn.world.rules.agents:
        return reasons.TARGET_AGENT_UNKNOWN.text(agent=to_agent or "(none)")
    if ingroup == AGENTDIRECT and turn.world.rules.agents[to_agent].active != "Y":
        return reasons.AGENT_INACTIVE.text(agent=to_agent)
    reason = find_handover_refusal(turn, call, ingroup, to_agent=to_agent)
    if reason and not is_rerouted(turn, call, ingroup, to_agent=to_agent):
        return reason
    return call.with_commands(leaving=Kind.LOCAL_CLOSER).with_consultation(asked_group=ingroup, asked_agent=to_agent)
