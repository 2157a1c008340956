"""Outbound calls: an agent dials a customer and hears the progress in the bridge."""

import dataclasses
from typing import Any

from warmline.core.agents import agent_calls, agent_states, callback_promise
from warmline.core.calls import ringing
from warmline.core.calls.call_transitions import NO_ANSWER_STATUS, transition
from warmline.core.calls.lead import call_lead
from warmline.core.calls.leg_placement import is_in_bridge
from warmline.core.media import recording_control
from warmline.core.messages.agent_command_types import ChangeCallback, CustomerDial, Dial, Preview
from warmline.core.messages.commands import Ask
from warmline.core.messages.values import callback
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call import Attempt, Call, CallCommands, CallOutcome
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.model.transition_tables import Trigger
from warmline.core.permission import dial_facts_queries, dial_gate
from warmline.core.permission.dial_gate import DialEffect, DialRequest
from warmline.core.receipts import receipts, repeated_dials
from warmline.core.replace import replace
from warmline.core.rules import activity, reasons
from warmline.core.servers.reach import choose_dial_server
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn

INVALID_NUMBER_CAUSES = (1, 28)  # causes: not in service, wrong format
# The suggested disposition for a call that was not answered, with VICIdial's codes.
STATUS_BY_OUTCOME = {Outcome.BUSY: "B", Outcome.REFUSED: ""}
INVALID_NUMBER_STATUS = "DC"


def accept_dial(turn: Turn, ask: Ask, command: Dial) -> None:
    """Accept an agent's dial: begin the call, or refuse it in the receipt."""
    session = turn.world.sessions.get(command.agent)
    if session and session.previewed and not command.number:
        command = fill_from_preview(session.previewed, command)
        ask = dataclasses.replace(ask, command=command)
    if session and (first := repeated_dials.find_customer_dial(turn.world, session, command.number, turn.now)):
        receipts.follow(turn, ask, first)
        return
    receipt = receipts.open_receipt(turn, ask, "")
    if session is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, reasons.AGENT_LOGGED_OUT.text())
    elif why := get_dial_refusal(turn, session, command) or get_number_refusal(turn, session, command, receipt.id):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, why)
    else:
        begin_call(turn, session, receipt, command)


def fill_from_preview(shown: Preview, asked: Dial) -> Dial:
    """Return the dial of the previewed number. Fields of the dial come before fields of the preview."""
    return replace(
        asked,
        number=shown.number,
        lead=shown.lead,
        caller_id=asked.caller_id or shown.caller_id,
        dial_override=asked.dial_override or shown.dial_override,
        callback=asked.callback or shown.callback,
        by_person=asked.by_person and shown.by_person,
    )


def _get_callback_refusal(turn: Turn, session: Session, wanted: Callback | None) -> str:
    if wanted is None:
        return ""
    minutes = turn.world.rules.campaign(wanted.campaign).callback_useronly_move_minutes
    as_due = callback.update_state(wanted, turn.machine_time, minutes)
    return callback.explain_not_theirs(as_due, session.agent) or _get_callback_conflict(turn, wanted)


def _get_callback_conflict(turn: Turn, wanted: Callback) -> str:
    """Return why the customer cannot be called back now, because another agent does, or ""."""
    call = turn.world.calls.get(turn.world.call_counts.find_callback_call(wanted.id) or "")
    if call is None:
        return ""
    agent_of = call.outcome.last_agent
    return reasons.CALLBACK_IN_PROGRESS.text(agent=agent_of) if agent_of else reasons.CALLBACK_DIALLED.text()


def change_callback(turn: Turn, _receipt: Receipt, command: ChangeCallback) -> str:
    """Store a changed callback. Return the reason for a refusal, or ""."""
    if command.callback is None:
        return reasons.CALLBACK_MISSING.text()
    if why := _get_callback_conflict(turn, command.callback):
        return why
    callback_promise.store_callback(turn, command.callback)
    return ""


def get_dial_refusal(turn: Turn, session: Session, command: Dial | None = None) -> str:
    """Return why the agent cannot dial a customer, or "". Of numbers, only an emergency number makes a difference."""
    if session.call:
        return reasons.AGENT_IN_CALL.text()
    if session.state is AgentState.DISPO:
        return reasons.DISPOSITION_DUE.text()
    if session.after_call.logout:
        return reasons.AGENT_LEAVING.text()
    if not (command and _is_emergency(turn, session, command)):
        dialler = turn.world.diallers.get(session.campaign)
        if session.state is AgentState.READY and dialler and dialler.running:
            return reasons.DIALLER_RUNS.text(campaign=session.campaign)
        if why := activity.explain_inactive_agent(turn.world.rules, session.agent, session.campaign):
            return why
        if why := get_away_reason(turn.world, choose_dial_server(turn.world, session)):
            return why
    leg = agent_states.find_agent_leg(turn, session.agent)
    if not session.on_hook and (leg is None or leg.phase is not Phase.UP or leg.hangup_requested):
        return reasons.LOGIN_NEEDED.text()
    return reasons.PHONE_IN_LAST_CALL.text() if session.on_hook and leg is not None else ""


def _is_emergency(turn: Turn, session: Session, command: Dial) -> bool:
    campaign = turn.world.rules.campaign(session.campaign)
    return dial_gate.get_typed_emergency(turn.world, campaign, command, command.number) != ""


def get_number_refusal(turn: Turn, session: Session, command: CustomerDial, receipt: str) -> str:
    """Return why the agent cannot dial or preview this number, or ""."""
    adds = DialEffect.NOTHING if isinstance(command, Preview) else DialEffect.PARTY
    campaign = turn.world.rules.campaign(session.campaign)
    check = dial_facts_queries.find_check(turn.world, session.agent, receipt)
    emergency = dial_gate.get_typed_emergency(turn.world, campaign, command, command.number)
    wanted = DialRequest(campaign, Role.CUSTOMER, command.number, command.dial_override, adds, emergency)
    facts = dial_gate.get_facts(check, command.number)
    return dial_gate.find_refusal(turn.world, wanted, facts, turn.now) or _get_callback_refusal(
        turn, session, command.callback
    )


def begin_call(turn: Turn, session: Session, receipt: Receipt, command: Dial) -> None:
    """Begin an outbound call. A paused agent is paused again afterwards; an on_hook phone is called first."""
    check = dial_facts_queries.find_check(turn.world, session.agent, receipt.id)
    lead = check.facts.lead if check and check.facts else None  # the campaign's next one
    call = Call(
        id=turn.new_id(),
        agc_id=f"M{turn.now:019d}",
        direction=Direction.OUT,
        origin=Origin.CALLBACK if command.callback else Origin.AGENT,
        server=choose_dial_server(turn.world, session),
        state=State.DIALING_OUT,
        since=turn.now,
        arrived=turn.now,
        number=command.number,
        agent=session.agent,
        lead=_get_lead_id(command),
        outcome=CallOutcome(last_agent=session.agent, campaign=session.campaign, callback=command.callback),
        commands=CallCommands(dialling=receipt.id),
        attempt=call_lead.make_attempt(lead) if lead else Attempt(),
    )
    call_lead.request_lead(turn, turn.put(call))
    session = replace(session, previewed=None)
    turn.put(replace(receipt, call=call.id).with_step("begun", turn.now))
    if session.state is AgentState.PAUSED:
        session = session.with_after_call(pause=True, pause_code=session.pause_code)
    turn.put(session)
    session = agent_calls.take_call(turn, session.agent, call)
    ringing.bring_agent(turn, session, call)


def get_preview_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot preview a number, or ""."""
    if turn.world.rules.campaign(session.campaign).manual_preview_dial == "DISABLED":
        return reasons.PREVIEW_DISABLED.text()
    return "" if session.state is AgentState.PAUSED else reasons.AGENT_NOT_PAUSED.text()


def preview_number(turn: Turn, session: Session, receipt: Receipt, asked: Preview) -> str:
    """Show a number to a paused agent; DIAL without a number dials it. Return the reason for a refusal, or ""."""
    if why := get_number_refusal(turn, session, asked, receipt.id):
        return why
    turn.put(replace(session, previewed=replace(asked, lead=_get_lead_id(asked))))
    return ""


def _get_lead_id(command: CustomerDial) -> int:
    """Return the lead that a dial names, or that of its callback; 0 for none."""
    return command.lead or (command.callback.lead if command.callback else 0)


def get_skip_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot discard the previewed number, or ""."""
    if not session.previewed_number:
        return reasons.PREVIEW_MISSING.text()
    allowed = turn.world.rules.campaign(session.campaign).manual_preview_dial == "PREVIEW_AND_SKIP"
    return "" if allowed else reasons.SKIP_DISABLED.text()


def skip_preview(turn: Turn, session: Session) -> str:
    """Discard the previewed number. Return ""."""
    turn.put(replace(session, previewed=None))
    return ""


def dial_number(turn: Turn, call: Call) -> Call:
    """Dial the number after the agent has joined the bridge. The sender is answered when dialling has started."""
    receipt = turn.world.receipts.get(call.commands.dialling or "")
    if (
        call.state is not State.DIALING_OUT
        or call.commands.target
        or receipt is None
        or not isinstance(receipt.command, Dial)
    ):
        return call
    phone = agent_states.find_agent_leg(turn, call.agent)
    if phone and call.customer is None and is_in_bridge(turn, phone.id, call.mixing_bridge_id):
        return _dial_customer(turn, call, receipt, receipt.command)
    rings = phone is not None and phone.originated and phone.phase in (Phase.RINGING, Phase.PROGRESS)
    customer = turn.world.legs.get(call.customer or "")
    if customer and customer.phase >= Phase.RINGING and call.attempt.source and call.attempt.ringing is None:
        call = turn.put(call.with_attempt(ringing=turn.now))
    if not receipt.told and (rings or (customer and customer.phase >= Phase.DIALED)):
        receipts.record_step(turn, receipt.id, "dialling")
        receipts.answer_sender(turn, receipt.id)
    return call


def _dial_customer(turn: Turn, call: Call, receipt: Receipt, command: Dial) -> Call:
    check = dial_facts_queries.find_check(turn.world, receipt.agent, receipt.id)
    if check is None:  # the command was accepted by an older version
        session = turn.world.sessions[receipt.agent]
        asked = dial_facts_queries.make_query(turn, receipt.id, receipt.agent, get_campaign(turn, call), command.number)
        dial_facts_queries.begin_query(turn, session, asked)
    if check is None or check.facts is None:
        return call
    shown = dial_gate.choose_caller_id(turn, call, command, Role.CUSTOMER)
    over = 0 < call.attempt.open_until <= turn.machine_time
    leg = (
        reasons.LEAD_HOURS_OVER.text()
        if over
        else dial_gate.dial(turn, call, receipt.id, command, Role.CUSTOMER, command.number, check, DialEffect.NOTHING)
    )
    if isinstance(leg, str):  # the rules have changed since
        return transition(turn, record_unanswered_dial(turn, call, Outcome.REFUSED, leg), Trigger.CUSTOMER_LOST)
    return turn.put(replace(call, customer=leg.id, attempt=_update_attempt(call, caller_id=shown)))


def _update_attempt(call: Call, **changed: Any) -> Attempt:
    """Return the attempt with changes if the call is one: the hopper chose its lead."""
    return replace(call.attempt, **changed) if call.attempt.source else call.attempt


def is_answered(turn: Turn, call: Call) -> bool:
    """Return whether the customer has answered and the call is still in DIALING_OUT."""
    leg = turn.world.legs.get(call.customer or "")
    return call.state is State.DIALING_OUT and leg is not None and leg.phase is Phase.UP


def handle_customer_answer(turn: Turn, call: Call) -> Call:
    """Handle the customer's answer. From now on, the call is like any other."""
    receipts.finish(turn, call.commands.dialling, Outcome.COMPLETED)
    call = transition(
        turn,
        turn.put(
            replace(
                call.with_commands(dialling=None).with_outcome(connected=turn.now),
                attempt=_update_attempt(call, answered=turn.now, agent=call.agent or ""),
            )
        ),
        Trigger.CUSTOMER_ANSWERED,
    )
    agent_calls.count_dialled_call(turn, call.agent or "")
    if call.outcome.callback:
        callback_promise.store_callback(turn, callback.complete(call.outcome.callback, call.id, turn.machine_time))
    return recording_control.decide_with_agent(turn, call)


def record_unanswered_dial(turn: Turn, call: Call, outcome: Outcome, why: str, cause: int = 0) -> Call:
    """Record a dial that was not answered: its outcome in the receipt, and the suggested disposition."""
    if call.state is not State.DIALING_OUT or call.commands.dialling is None:
        return call
    code = INVALID_NUMBER_STATUS if cause in INVALID_NUMBER_CAUSES else STATUS_BY_OUTCOME.get(outcome, NO_ANSWER_STATUS)
    receipts.finish(turn, call.commands.dialling, outcome, why)
    ended_by = call.outcome.ended_by or ("" if outcome is Outcome.ABANDONED else outcome.value)
    return turn.put(
        replace(
            call.with_commands(dialling=None).with_outcome(status=code, ended_by=ended_by),
            attempt=_update_attempt(call, cause=cause),
        )
    )


def handle_customer_end(turn: Turn, call: Call, leg: Leg, outcome: Outcome, why: str, cause: int) -> Call:
    """Handle the end of the customer's leg. If it still rang, the dial was not answered."""
    if leg.answered is not None and call.state is State.DIALING_OUT and call.commands.target is None:
        call = handle_customer_answer(turn, call)  # it was answered while the app was away
    call = turn.put(replace(call, customer=None))
    return record_unanswered_dial(turn, call, outcome, why, cause)


def handle_missed_phone(turn: Turn, call: Call) -> None:
    """End a call whose agent's own phone was called first and did not answer; no number was dialled."""
    receipts.finish(turn, call.commands.dialling, Outcome.NO_ANSWER, reasons.OWN_PHONE_NO_ANSWER.text())
    transition(
        turn,
        turn.put(call.with_commands(dialling=None).with_outcome(ended_by="agent's phone")),
        Trigger.AGENT_LOST,
    )
