"""The commands to a call. A command is refused without a change, or waits, begins and completes."""

from warmline.core.calls import queue_entry_and_exit, ringing, take_call
from warmline.core.calls.call_transitions import enter_state
from warmline.core.calls.leave import release_agent
from warmline.core.commands import adoption, queued_commands
from warmline.core.commands.command_refusals import find_state_refusal
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, Handling
from warmline.core.media import recording_control
from warmline.core.messages.call_command_types import TakeCall
from warmline.core.messages.commands import Ask, Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.transition_tables import CUSTOMER_PLACES, THIRD_PLACES
from warmline.core.queue import queue_tickets
from warmline.core.receipts import receipts, repeated_dials
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.transition_guards import find_transition, resolve_target
from warmline.core.world.turn import Turn

QUEUED_STATES = (State.WAITING, State.ANSWERED)


def accept_command(turn: Turn, ask: Ask) -> None:
    """Accept a command for the agent's newest call: begin it, or let it wait behind the pending one."""
    queued_call = turn.world.calls.get(ask.command.call)
    if isinstance(ask.command, TakeCall) and queued_call and queued_call.state in QUEUED_STATES:
        take_call.take_from_queue(
            turn, queued_call, receipts.open_receipt(turn, ask, queued_call.id), command=ask.command
        )
        return
    session = turn.world.sessions.get(ask.command.agent)
    call = turn.world.calls.get(session.call or "") if session else None
    call_id = ask.command.call
    is_elsewhere = bool(call_id) and (call is None or call.id != call_id)
    recent_call = call or (turn.world.calls.get(session.last.call) if session else None)
    dialling_call = recent_call if recent_call and call_id in ("", recent_call.id) else None
    if dialling_call and (
        first_receipt := repeated_dials.find_call_dial(turn.world, dialling_call, ask.command, now_us=turn.now)
    ):
        receipts.follow(turn, ask, first_receipt)
        return
    receipt = receipts.open_receipt(turn, ask, call_id or (call.id if call else ""))
    if is_elsewhere:
        refusal_reason = reasons.AGENT_NOT_IN_CALL if ask.command.agent else reasons.NO_AGENT_IN_CALL
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=refusal_reason.text(agent=ask.command.agent))
    elif session is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reasons.AGENT_LOGGED_OUT.text())
    elif call is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reasons.AGENT_WITHOUT_CALL.text())
    elif call.commands.target is not None or call.commands.queue:
        queued_commands.queue_command(turn, call, receipt)
    else:
        begin_command(turn, call, receipt)


def begin_command(turn: Turn, call: Call, receipt: Receipt) -> Call:
    """Begin a command: set its target state, finish it immediately, or refuse it.

    A hang-up on a server that is away waits for that, perhaps forever. Its sender learns so immediately.
    """
    if _is_single_leave(turn, call, receipt.kind, user=receipt.agent):
        _let_agent_leave(turn, call, receipt.agent)
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        return turn.world.calls[call.id]
    if reason := find_refusal(turn, call, receipt.kind, user=receipt.agent):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reason)
        return call
    row = REGISTERED_COMMANDS[receipt.kind]
    if row.handling is Handling.ACT_ON_CALL:
        return _act_immediately(turn, call, receipt)
    target = resolve_target(turn, call, find_transition(call, receipt.kind, receipt.agent))
    prepared_call: Call | str = row.run(turn, call, receipt, receipt.command)
    if isinstance(prepared_call, str):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=prepared_call)
        return call
    receipts.record_step(turn, receipt.id, "begun")
    prepared_call = prepared_call.with_commands(target=target, pending=receipt.id)
    if receipt.kind in CUSTOMER_PLACES or receipt.kind in THIRD_PLACES:
        customer_place = CUSTOMER_PLACES.get(receipt.kind, prepared_call.parking.customer_place)
        third_place = THIRD_PLACES.get(receipt.kind, prepared_call.parking.third_place)
        prepared_call = prepared_call.with_parking(customer_place=customer_place, third_place=third_place)
    prepared_call = turn.put(prepared_call)
    queued_commands.wait_for_server(turn, prepared_call, receipt)
    return prepared_call


def find_refusal(turn: Turn, call: Call, kind: Kind, user: str) -> str:
    """Return why the call refuses this command of the agent, whatever its arguments are, or ""."""
    if _is_single_leave(turn, call, kind, user=user):
        return ""
    if reason := _find_owner_refusal(call, kind, user):
        return reason
    row = REGISTERED_COMMANDS[kind]
    if row.handling is Handling.ACT_ON_CALL:
        fits_state = call.state not in (State.RINGING_AGENT, State.RESCUE)
    else:
        fits_state = resolve_target(turn, call, find_transition(call, kind, user)) is not None
    return row.find_refusal(turn, call) if fits_state else find_state_refusal(kind, call.state).text()


def _is_single_leave(turn: Turn, call: Call, kind: Kind, user: str) -> bool:
    """Return whether only this agent leaves: one of several who ring, or a closer during the rescue of the agent."""
    if kind not in (Kind.HANGUP, Kind.HANGUP_BOTH):
        return False
    return _is_leaving_rescue(call, user) or ringing.is_ringing(turn, call, user)


def _is_leaving_rescue(call: Call, user: str) -> bool:
    return call.state is State.RESCUE and user == call.consultation.closer


def _let_agent_leave(turn: Turn, call: Call, user: str) -> None:
    if _is_leaving_rescue(call, user):
        turn.put(call.with_parking(third_place=None))
    else:
        ringing.stop_declined_phone(turn, call, user)


def _find_owner_refusal(call: Call, kind: Kind, user: str) -> str:
    """Return why this agent may not send this command, or "". A closer may only leave the call."""
    if user in call.queueing.rung:
        return reasons.CALL_NOT_CONNECTED.text()
    if user == call.agent:
        return ""
    if user != call.consultation.closer:
        return reasons.AGENT_WITHOUT_CALL.text()  # the agent left while the command waited
    if kind not in (Kind.HANGUP, Kind.HANGUP_BOTH):
        return reasons.CALL_OF_ANOTHER.text(agent=call.agent)
    return reasons.CALL_NOT_CONNECTED.text() if call.state is State.DIALING else ""


def _act_immediately(turn: Turn, call: Call, receipt: Receipt) -> Call:
    reason: str | None = REGISTERED_COMMANDS[receipt.kind].run(turn, call, receipt, receipt.command)
    if reason is None:
        return turn.world.calls[call.id]
    receipts.finish(turn, receipt.id, Outcome.REFUSED if reason else Outcome.COMPLETED, cause=reason)
    return turn.world.calls[call.id]


def complete_command(turn: Turn, call: Call) -> Call:
    """Complete the pending command after the call has reached its target."""
    assert call.commands.target is not None and call.commands.pending is not None
    receipt = turn.world.receipts[call.commands.pending]
    previous_state = call.state
    call = turn.put(replace(call.with_commands(target=None, pending=None), state=call.commands.target, since=turn.now))
    if call.state is State.WAITING:
        receipts.finish(turn, call.commands.dialling, Outcome.ABANDONED, cause=reasons.AGENT_LEFT.text())
        call = queue_entry_and_exit.enter_requested_ingroup(turn, release_agent(turn, call))
    elif call.state is State.DIALING and call.consultation.asked_group and previous_state is not State.DIALING:
        call = queue_tickets.wait(turn, call)
    elif call.state is not previous_state:
        call = enter_state(turn, call, previous_state, cause="agent")
    if receipt.kind is Kind.ADOPT:
        call = adoption.begin_talk(turn, call)
    if receipt.kind in queued_commands.THIRD_PARTY_HANG_UPS and call.agent:
        call = recording_control.decide_without_third(turn, call)
    call = turn.world.calls[call.id]
    if receipt.id == call.commands.dialling:
        receipts.record_step(turn, receipt.id, "dialling")
        receipts.answer_sender(turn, receipt.id)
    else:
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
    return turn.world.calls[call.id]


def begin_queued_command(turn: Turn, call: Call) -> Call:
    """Begin the command that has waited for the longest time."""
    call, receipt = queued_commands.take_oldest_command(turn, call)
    return begin_command(turn, call, receipt) if receipt else call
