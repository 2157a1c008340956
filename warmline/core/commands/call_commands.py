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
from warmline.core.world.transition_guards import find_cell, resolve_cell
from warmline.core.world.turn import Turn

QUEUED_STATES = (State.WAITING, State.ANSWERED)


def accept_command(turn: Turn, ask: Ask) -> None:
    """Accept a command for the agent's newest call: begin it, or let it wait behind the pending one."""
    live = turn.world.calls.get(ask.command.call)
    if isinstance(ask.command, TakeCall) and live and live.state in QUEUED_STATES:
        take_call.take_from_queue(turn, live, receipts.open_receipt(turn, ask, live.id), ask.command)
        return
    session = turn.world.sessions.get(ask.command.agent)
    call = turn.world.calls.get(session.call or "") if session else None
    named = ask.command.call
    elsewhere = bool(named) and (call is None or call.id != named)
    recent = call or (turn.world.calls.get(session.last.call) if session else None)
    same = recent if recent and named in ("", recent.id) else None
    if same and (first := repeated_dials.find_call_dial(turn.world, same, ask.command, turn.now)):
        receipts.follow(turn, ask, first)
        return
    receipt = receipts.open_receipt(turn, ask, named or (call.id if call else ""))
    if elsewhere:
        missing = reasons.AGENT_NOT_IN_CALL if ask.command.agent else reasons.NO_AGENT_IN_CALL
        receipts.finish(turn, receipt.id, Outcome.REFUSED, missing.text(agent=ask.command.agent))
    elif session is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, reasons.AGENT_LOGGED_OUT.text())
    elif call is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, reasons.AGENT_WITHOUT_CALL.text())
    elif call.commands.target is not None or call.commands.queue:
        queued_commands.queue_command(turn, call, receipt)
    else:
        begin_command(turn, call, receipt)


def begin_command(turn: Turn, call: Call, receipt: Receipt) -> Call:
    """Begin a command: set its target state, finish it at once, or refuse it.

    A hang-up on a server that is away waits for that, perhaps without end. Its sender learns so at once.
    """
    if _goes_alone(turn, call, receipt.kind, receipt.agent):
        _let_go(turn, call, receipt.agent)
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        return turn.world.calls[call.id]
    if why := find_refusal(turn, call, receipt.kind, receipt.agent):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, why)
        return call
    row = REGISTERED_COMMANDS[receipt.kind]
    if row.handling is Handling.ACT_ON_CALL:
        return _at_once(turn, call, receipt)
    target = resolve_cell(turn, call, find_cell(call, receipt.kind, receipt.agent))
    begun: Call | str = row.run(turn, call, receipt, receipt.command)
    if isinstance(begun, str):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, begun)
        return call
    receipts.record_step(turn, receipt.id, "begun")
    begun = begun.with_commands(target=target, pending=receipt.id)
    if receipt.kind in CUSTOMER_PLACES or receipt.kind in THIRD_PLACES:
        customer = CUSTOMER_PLACES.get(receipt.kind, begun.parking.customer_place)
        third = THIRD_PLACES.get(receipt.kind, begun.parking.third_place)
        begun = begun.with_parking(customer_place=customer, third_place=third)
    begun = turn.put(begun)
    queued_commands.wait_for_server(turn, begun, receipt)
    return begun


def find_refusal(turn: Turn, call: Call, kind: Kind, user: str) -> str:
    """Return why the call refuses this command of the agent, whatever its arguments are, or ""."""
    if _goes_alone(turn, call, kind, user):
        return ""
    if why := _not_own(call, kind, user):
        return why
    row = REGISTERED_COMMANDS[kind]
    if row.handling is Handling.ACT_ON_CALL:
        fits = call.state not in (State.RINGING_AGENT, State.RESCUE)
    else:
        fits = resolve_cell(turn, call, find_cell(call, kind, user)) is not None
    return row.find_refusal(turn, call) if fits else find_state_refusal(kind, call.state).text()


def _goes_alone(turn: Turn, call: Call, kind: Kind, user: str) -> bool:
    """Return whether only this agent leaves: one of several who ring, or a closer during the rescue of the agent."""
    if kind not in (Kind.HANGUP, Kind.HANGUP_BOTH):
        return False
    return _leaves_rescue(call, user) or ringing.is_ringing(turn, call, user)


def _leaves_rescue(call: Call, user: str) -> bool:
    return call.state is State.RESCUE and user == call.consultation.closer


def _let_go(turn: Turn, call: Call, user: str) -> None:
    if _leaves_rescue(call, user):
        turn.put(call.with_parking(third_place=None))
    else:
        ringing.stop_declined_phone(turn, call, user)


def _not_own(call: Call, kind: Kind, user: str) -> str:
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


def _at_once(turn: Turn, call: Call, receipt: Receipt) -> Call:
    why: str | None = REGISTERED_COMMANDS[receipt.kind].run(turn, call, receipt, receipt.command)
    if why is None:
        return turn.world.calls[call.id]
    receipts.finish(turn, receipt.id, Outcome.REFUSED if why else Outcome.COMPLETED, why)
    return turn.world.calls[call.id]


def complete_command(turn: Turn, call: Call) -> Call:
    """Complete the pending command after the call has reached its target."""
    assert call.commands.target is not None and call.commands.pending is not None
    receipt = turn.world.receipts[call.commands.pending]
    before = call.state
    call = turn.put(replace(call.with_commands(target=None, pending=None), state=call.commands.target, since=turn.now))
    if call.state is State.WAITING:
        receipts.finish(turn, call.commands.dialling, Outcome.ABANDONED, reasons.AGENT_LEFT.text())
        call = queue_entry_and_exit.enter_requested_ingroup(turn, release_agent(turn, call))
    elif call.state is State.DIALING and call.consultation.asked_group and before is not State.DIALING:
        call = queue_tickets.wait(turn, call)
    elif call.state is not before:
        call = enter_state(turn, call, before, "agent")
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
