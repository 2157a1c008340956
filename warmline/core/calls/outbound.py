"""Outbound calls: an agent dials a customer and hears the progress in the bridge."""

import dataclasses
from typing import Any

from warmline.core.agents import agent_calls, agent_states, callback_promise
from warmline.core.calls import ringing
from warmline.core.calls.call_transitions import NO_ANSWER_STATUS, transition
from warmline.core.calls.lead import call_lead
from warmline.core.calls.leg_placement import is_in_bridge
from warmline.core.media import recording_decision
from warmline.core.messages.agent_command_types import ChangeCallback, CustomerDial, Dial, Preview
from warmline.core.messages.commands import Ask
from warmline.core.messages.values import callback
from warmline.core.messages.values.callback import Callback
from warmline.core.model import hangup_causes
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

INVALID_NUMBER_CAUSES = (hangup_causes.UNALLOCATED_NUMBER, hangup_causes.INVALID_NUMBER_FORMAT)
# The suggested disposition for a call that was not answered, with VICIdial's codes.
STATUS_BY_OUTCOME = {Outcome.BUSY: "B", Outcome.REFUSED: ""}
INVALID_NUMBER_STATUS = "DC"


def accept_dial(turn: Turn, request: Ask, command: Dial) -> None:
    """Accept an agent's dial: begin the call, or refuse it in the receipt."""
    session = turn.world.sessions.get(command.agent)
    if session and session.previewed and not command.number:
        command = fill_from_preview(session.previewed, command)
        request = dataclasses.replace(request, command=command)
    if session:
        earlier_receipt = repeated_dials.find_customer_dial(turn.world, session, command.number, now_us=turn.now)
        if earlier_receipt:
            receipts.follow(turn, request, earlier_receipt)
            return
    receipt = receipts.open_receipt(turn, request, "")
    if session is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reasons.AGENT_LOGGED_OUT.text())
        return
    refusal = find_dial_refusal(turn, session, command)
    refusal = refusal or find_number_refusal(turn, session, command, receipt_id=receipt.id)
    if refusal:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=refusal)
    else:
        begin_call(turn, session, receipt=receipt, command=command)


def fill_from_preview(preview: Preview, dial: Dial) -> Dial:
    """Return the dial of the previewed number. Fields of the dial come before fields of the preview."""
    return replace(
        dial,
        number=preview.number,
        lead=preview.lead,
        caller_id=dial.caller_id or preview.caller_id,
        dial_override=dial.dial_override or preview.dial_override,
        callback=dial.callback or preview.callback,
        by_person=dial.by_person and preview.by_person,
    )


def _find_callback_refusal(turn: Turn, session: Session, requested_callback: Callback | None) -> str:
    if requested_callback is None:
        return ""
    minutes = turn.world.rules.campaign(requested_callback.campaign).callback_useronly_move_minutes
    current_callback = callback.update_state(requested_callback, turn.machine_time, minutes)
    refusal = callback.explain_not_theirs(current_callback, session.agent)
    return refusal or _get_callback_conflict(turn, requested_callback)


def _get_callback_conflict(turn: Turn, requested_callback: Callback) -> str:
    """Return why this customer cannot be called back: another agent does so now; or ""."""
    call = turn.world.calls.get(turn.world.call_counts.find_callback_call(requested_callback.id) or "")
    if call is None:
        return ""
    agent = call.outcome.last_agent
    return reasons.CALLBACK_IN_PROGRESS.text(agent=agent) if agent else reasons.CALLBACK_DIALLED.text()


def change_callback(turn: Turn, _receipt: Receipt, command: ChangeCallback) -> str:
    """Store a changed callback. Return the reason for a refusal, or ""."""
    if command.callback is None:
        return reasons.CALLBACK_MISSING.text()
    if conflict := _get_callback_conflict(turn, command.callback):
        return conflict
    callback_promise.store_callback(turn, command.callback)
    return ""


def find_dial_refusal(turn: Turn, session: Session, command: Dial | None = None) -> str:
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
        if reason := activity.explain_inactive_agent(turn.world.rules, session.agent, session.campaign):
            return reason
        if reason := get_away_reason(turn.world, choose_dial_server(turn.world, session)):
            return reason
    leg = agent_states.find_agent_leg(turn, session.agent)
    if not session.on_hook and (leg is None or leg.phase is not Phase.UP or leg.hangup_requested):
        return reasons.LOGIN_NEEDED.text()
    return reasons.PHONE_IN_LAST_CALL.text() if session.on_hook and leg is not None else ""


def _is_emergency(turn: Turn, session: Session, command: Dial) -> bool:
    campaign = turn.world.rules.campaign(session.campaign)
    return dial_gate.get_typed_emergency(turn.world, campaign, command, number=command.number) != ""


def find_number_refusal(turn: Turn, session: Session, command: CustomerDial, receipt_id: str) -> str:
    """Return why the agent cannot dial or preview this number, or ""."""
    effect = DialEffect.NOTHING if isinstance(command, Preview) else DialEffect.PARTY
    campaign = turn.world.rules.campaign(session.campaign)
    check = dial_facts_queries.find_check(turn.world, session.agent, receipt_id)
    emergency_number = dial_gate.get_typed_emergency(turn.world, campaign, command, number=command.number)
    request = DialRequest(
        campaign=campaign,
        role=Role.CUSTOMER,
        number=command.number,
        skips_prefix=command.dial_override,
        effect=effect,
        emergency_number=emergency_number,
    )
    dial_facts = dial_gate.get_facts(check, command.number)
    refusal = dial_gate.find_number_refusal(turn.world, request, dial_facts, now_us=turn.now)
    return refusal or _find_callback_refusal(turn, session, command.callback)


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


def find_preview_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot preview a number, or ""."""
    if turn.world.rules.campaign(session.campaign).manual_preview_dial == "DISABLED":
        return reasons.PREVIEW_DISABLED.text()
    return "" if session.state is AgentState.PAUSED else reasons.AGENT_NOT_PAUSED.text()


def preview_number(turn: Turn, session: Session, receipt: Receipt, command: Preview) -> str:
    """Show a number to a paused agent; DIAL without a number dials it. Return the reason for a refusal, or ""."""
    if refusal := find_number_refusal(turn, session, command, receipt_id=receipt.id):
        return refusal
    turn.put(replace(session, previewed=replace(command, lead=_get_lead_id(command))))
    return ""


def _get_lead_id(command: CustomerDial) -> int:
    """Return the lead that a dial names, or that of its callback; 0 for none."""
    return command.lead or (command.callback.lead if command.callback else 0)


def find_skip_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot discard the previewed number, or ""."""
    if not session.previewed_number:
        return reasons.PREVIEW_MISSING.text()
    can_skip = turn.world.rules.campaign(session.campaign).manual_preview_dial == "PREVIEW_AND_SKIP"
    return "" if can_skip else reasons.SKIP_DISABLED.text()


def skip_preview(turn: Turn, session: Session) -> str:
    """Discard the previewed number. Return "": `find_skip_refusal` has refused."""
    turn.put(replace(session, previewed=None))
    return ""


def dial_number(turn: Turn, call: Call) -> Call:
    """Dial the number after the agent has joined the bridge. The sender is answered when dialling has started."""
    if call.state is not State.DIALING_OUT or call.commands.target:
        return call
    receipt = turn.world.receipts.get(call.commands.dialling or "")
    if receipt is None or not isinstance(receipt.command, Dial):
        return call
    agent_leg = agent_states.find_agent_leg(turn, call.agent)
    if agent_leg and call.customer is None and is_in_bridge(turn, agent_leg.id, call.mixing_bridge_id):
        return _dial_customer(turn, call, receipt=receipt, command=receipt.command)
    is_phone_ringing = agent_leg and agent_leg.originated and agent_leg.phase in (Phase.RINGING, Phase.PROGRESS)
    customer = turn.world.legs.get(call.customer or "")
    if customer and customer.phase >= Phase.RINGING and call.attempt.source and call.attempt.ringing is None:
        call = turn.put(call.with_attempt(ringing=turn.now))
    if not receipt.told and (is_phone_ringing or (customer and customer.phase >= Phase.DIALED)):
        receipts.record_step(turn, receipt.id, "dialling")
        receipts.answer_sender(turn, receipt.id)
    return call


def _dial_customer(turn: Turn, call: Call, *, receipt: Receipt, command: Dial) -> Call:
    check = dial_facts_queries.find_check(turn.world, receipt.agent, receipt.id)
    if check is None:  # the command was accepted by an older version
        session = turn.world.sessions[receipt.agent]
        campaign = get_campaign(turn, call)
        question = dial_facts_queries.make_query(
            turn, receipt.id, receipt.agent, campaign=campaign, number=command.number
        )
        dial_facts_queries.begin_query(turn, session, question)
    if check is None or check.facts is None:
        return call
    caller_id = dial_gate.choose_caller_id(turn, call, command, role=Role.CUSTOMER)
    if 0 < call.attempt.open_until <= turn.machine_time:
        return _refuse_dial(turn, call, reasons.LEAD_HOURS_OVER.text())
    leg = dial_gate.dial(
        turn,
        call,
        receipt=receipt.id,
        command=command,
        role=Role.CUSTOMER,
        number=command.number,
        check=check,
        effect=DialEffect.NOTHING,
    )
    if isinstance(leg, str):  # the rules have changed since the command was accepted
        return _refuse_dial(turn, call, leg)
    return turn.put(replace(call, customer=leg.id, attempt=_update_attempt(call, caller_id=caller_id)))


def _refuse_dial(turn: Turn, call: Call, reason: str) -> Call:
    call = record_unanswered_dial(turn, call, Outcome.REFUSED, reason=reason)
    return transition(turn, call, Trigger.CUSTOMER_LOST)


def _update_attempt(call: Call, **changes: Any) -> Attempt:
    """Return the changed attempt if the hopper chose the call's lead; any other call has none to change."""
    return replace(call.attempt, **changes) if call.attempt.source else call.attempt


def is_answered(turn: Turn, call: Call) -> bool:
    """Return whether the customer has answered and the call is still in DIALING_OUT."""
    leg = turn.world.legs.get(call.customer or "")
    return call.state is State.DIALING_OUT and leg is not None and leg.phase is Phase.UP


def handle_customer_answer(turn: Turn, call: Call) -> Call:
    """Handle the customer's answer. From now on, the call is like any other."""
    receipts.finish(turn, call.commands.dialling, Outcome.COMPLETED)
    attempt = _update_attempt(call, answered=turn.now, agent=call.agent or "")
    call = replace(call.with_commands(dialling=None).with_outcome(connected=turn.now), attempt=attempt)
    call = transition(turn, turn.put(call), Trigger.CUSTOMER_ANSWERED)
    agent_calls.count_dialled_call(turn, call.agent or "")
    if call.outcome.callback:
        callback_promise.store_callback(turn, callback.complete(call.outcome.callback, call.id, turn.machine_time))
    return recording_decision.decide_with_agent(turn, call)


def record_unanswered_dial(turn: Turn, call: Call, outcome: Outcome, reason: str, cause: int = 0) -> Call:
    """Record a dial that was not answered: its outcome in the receipt, and the suggested disposition."""
    if call.state is not State.DIALING_OUT or call.commands.dialling is None:
        return call
    status = STATUS_BY_OUTCOME.get(outcome, NO_ANSWER_STATUS)
    if cause in INVALID_NUMBER_CAUSES:
        status = INVALID_NUMBER_STATUS
    receipts.finish(turn, call.commands.dialling, outcome, cause=reason)
    ended_by = call.outcome.ended_by or ("" if outcome is Outcome.ABANDONED else outcome.value)
    return turn.put(
        replace(
            call.with_commands(dialling=None).with_outcome(status=status, ended_by=ended_by),
            attempt=_update_attempt(call, cause=cause),
        )
    )


def handle_customer_end(turn: Turn, call: Call, leg: Leg, *, outcome: Outcome, reason: str, cause: int) -> Call:
    """Handle the end of the customer's leg. If it still rang, the dial was not answered."""
    if leg.answered is not None and call.state is State.DIALING_OUT and call.commands.target is None:
        call = handle_customer_answer(turn, call)  # it was answered while the app was away
    call = turn.put(replace(call, customer=None))
    return record_unanswered_dial(turn, call, outcome, reason=reason, cause=cause)


def end_undialled_call(turn: Turn, call: Call) -> None:
    """End a call whose agent's own phone was called first and did not answer; no number was dialled."""
    receipts.finish(turn, call.commands.dialling, Outcome.NO_ANSWER, cause=reasons.OWN_PHONE_NO_ANSWER.text())
    call = turn.put(call.with_commands(dialling=None).with_outcome(ended_by="agent's phone"))
    transition(turn, call, Trigger.AGENT_LOST)
