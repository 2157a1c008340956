"""The commands to a call. A command is refused without a change, or waits, begins and completes."""

from warmline.core.calls import queue_entry_and_exit, ringing, take_call
from warmline.core.calls.call_transitions import enter_state
from warmline.core.calls.leave import release_agent
from warmline.core.commands import adoption, queued_commands
from warmline.core.commands.command_refusals import find_state_refusal
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, Handling
from warmline.core.media import recording_decision
from warmline.core.messages.call_command_types import TakeCall
from warmline.core.messages.commands import Ask, Command, Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.model.transition_tables import CUSTOMER_PLACES, THIRD_PLACES
from warmline.core.queue import queue_tickets
from warmline.core.receipts import receipts, repeated_dials
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.transition_guards import find_transition, resolve_target
from warmline.core.world.turn import Turn

QUEUED_STATES = (State.WAITING, State.ANSWERED)


def accept_command(turn: Turn, request: Ask) -> None:
    """Accept a command for the agent's newest call: begin it, or let it wait behind the pending one."""
    command = request.command
    if isinstance(command, TakeCall) and (queued_call := _find_queued_call(turn, command)):
        receipt = receipts.open_receipt(turn, request, queued_call.id)
        take_call.take_from_queue(turn, queued_call, receipt, command=command)
        return
    session = turn.world.sessions.get(command.agent)
    call = turn.world.calls.get(session.call or "") if session else None
    if first_receipt := _find_first_dial(turn, command, session, call=call):
        receipts.follow(turn, request, first_receipt)
        return
    receipt = receipts.open_receipt(turn, request, command.call or (call.id if call else ""))
    refusal = _find_accept_refusal(command, session, call)
    if refusal or call is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=refusal)
    elif call.commands.target is not None or call.commands.queue:
        queued_commands.queue_command(turn, call, receipt)
    else:
        begin_command(turn, call, receipt)


def _find_queued_call(turn: Turn, command: TakeCall) -> Call | None:
    """Return the call that the agent takes from a queue, or None: this agent's last call is taken back."""
    call = turn.world.calls.get(command.call)
    return call if call and call.state in QUEUED_STATES else None


def _find_first_dial(turn: Turn, command: Command, session: Session | None, *, call: Call | None) -> Receipt | None:
    """Return the receipt of the dial that this command repeats, in the agent's call or the last one, or None."""
    if call is None and session:
        call = turn.world.calls.get(session.last.call)
    if call is None or command.call not in ("", call.id):
        return None
    return repeated_dials.find_call_dial(turn.world, call, command, now_us=turn.now)


def _find_accept_refusal(command: Command, session: Session | None, call: Call | None) -> str:
    """Return why no call of this agent can take the command, or ""."""
    if command.call and (call is None or call.id != command.call):
        reason = reasons.AGENT_NOT_IN_CALL if command.agent else reasons.NO_AGENT_IN_CALL
        return reason.text(agent=command.agent)
    if session is None:
        return reasons.AGENT_LOGGED_OUT.text()
    return "" if call else reasons.AGENT_WITHOUT_CALL.text()


def begin_command(turn: Turn, call: Call, receipt: Receipt) -> Call:
    """Begin a command: set its target state, finish it immediately, or refuse it.

    A hang-up on a server that is away waits until the server is back, without a limit; its sender is answered now.
    """
    if _does_only_agent_leave(turn, call, receipt.kind, user=receipt.agent):
        _let_agent_leave(turn, call, receipt.agent)
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        return turn.world.calls[call.id]
    if reason := find_refusal(turn, call, receipt.kind, user=receipt.agent):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reason)
        return call
    registered_command = REGISTERED_COMMANDS[receipt.kind]
    if registered_command.handling is Handling.ACT_ON_CALL:
        return _act_immediately(turn, call, receipt)
    target = resolve_target(turn, call, find_transition(call, receipt.kind, receipt.agent))
    call_or_reason: Call | str = registered_command.run(turn, call, receipt, receipt.command)
    if isinstance(call_or_reason, str):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=call_or_reason)
        return call
    receipts.record_step(turn, receipt.id, "begun")
    prepared_call = call_or_reason.with_commands(target=target, pending=receipt.id)
    prepared_call = turn.put(_with_new_places(prepared_call, receipt.kind))
    queued_commands.tell_sender_hang_up_waits(turn, prepared_call, receipt)
    return prepared_call


def _with_new_places(call: Call, kind: Kind) -> Call:
    """Return the call with the places that its parties get by a command to park, grab or swap."""
    if kind not in CUSTOMER_PLACES and kind not in THIRD_PLACES:
        return call
    return call.with_parking(
        customer_place=CUSTOMER_PLACES.get(kind, call.parking.customer_place),
        third_place=THIRD_PLACES.get(kind, call.parking.third_place),
    )


def find_refusal(turn: Turn, call: Call, kind: Kind, user: str) -> str:
    """Return why the call refuses this command of the agent, whatever its arguments are, or ""."""
    if _does_only_agent_leave(turn, call, kind, user=user):
        return ""
    if reason := _find_owner_refusal(call, kind, user):
        return reason
    registered_command = REGISTERED_COMMANDS[kind]
    if registered_command.handling is Handling.ACT_ON_CALL:
        fits_state = call.state not in (State.RINGING_AGENT, State.RESCUE)
    else:
        fits_state = resolve_target(turn, call, find_transition(call, kind, user)) is not None
    if not fits_state:
        return find_state_refusal(kind, call.state).text()
    return registered_command.find_refusal(turn, call)


def _does_only_agent_leave(turn: Turn, call: Call, kind: Kind, user: str) -> bool:
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
        call = recording_decision.decide_without_third(turn, call)
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
