"""The transitions of a call by the tables of call states, and their side effects."""

from warmline.core.agents import (
    agent_calls,
    agent_sounds,
    agent_speech,
    agent_states,
    callback_promise,
    phone_call_back,
)
from warmline.core.calls import leave, ringing
from warmline.core.calls.lead import lead_outcome
from warmline.core.indexes.timers import TimerKind
from warmline.core.media import last_message, recording_decision
from warmline.core.messages.values import callback
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, AgentState, LegBridge, State
from warmline.core.model.queue_wait import ANSWERED_OUTCOME, CUT_OFF_OUTCOME, WITHDRAWN_OUTCOME, WaitStatus
from warmline.core.model.receipt import Outcome
from warmline.core.model.transition_tables import PARKED_OR_TALKING, Trigger
from warmline.core.moment import SECOND_US
from warmline.core.queue import queue_prompts, queue_tickets, waits
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.campaign_and_ingroup import get_campaign, get_waiting_ingroup
from warmline.core.world.transition_guards import find_transition, get_next_state, resolve_target
from warmline.core.world.turn import Turn

NO_ANSWER_STATUS = "NA"  # the suggested disposition if a dialled customer did not answer

LOSS_REASONS = {
    Trigger.CUSTOMER_LOST: reasons.CUSTOMER_HUNG_UP,
    Trigger.AGENT_LOST: reasons.AGENT_PHONE_LOST,
    Trigger.AGENT_HUNG_UP: reasons.AGENT_HUNG_UP,
    Trigger.THIRD_LOST: reasons.THIRD_HUNG_UP,
}


def transition(turn: Turn, call: Call, trigger: Trigger) -> Call:
    """Move the call to the next state of the table. A trigger without a next state changes nothing."""
    next_state = get_next_state(turn, call, trigger)
    if next_state is None:
        return call
    previous_state = call.state
    call = turn.put(replace(call, state=next_state, since=turn.now))
    call = _update_pending_command(turn, call, trigger)
    if next_state is State.PARKED and trigger in (Trigger.THIRD_LOST, Trigger.DROP_TIMEOUT):
        agent_sounds.play_whisper(turn, call.agent or "", agent_sounds.ALERT_SOUND)  # the agent is alone again
    return enter_state(turn, call, previous_state=previous_state, cause=trigger.removesuffix("_lost"))


def _update_pending_command(turn: Turn, call: Call, trigger: Trigger) -> Call:
    """Continue the pending command if it fits the new state of the call; otherwise abandon it."""
    if call.commands.pending is None or call.commands.target is None:
        return call
    pending_receipt = turn.world.receipts[call.commands.pending]
    if target := resolve_target(turn, call, find_transition(call, pending_receipt.kind, pending_receipt.agent)):
        return turn.put(call.with_commands(target=target))
    reason = LOSS_REASONS.get(trigger, reasons.CALL_CHANGED)
    receipts.finish(turn, pending_receipt.id, Outcome.ABANDONED, cause=reason.text())
    return turn.put(call.with_commands(target=None, pending=None, leaving=None))


def enter_state(turn: Turn, call: Call, previous_state: State, cause: str) -> Call:
    """Apply the side effects of a new state."""
    call = _record_places(turn, turn.put(queue_prompts.stop(turn, call)))
    if call.consultation.asked_group and call.state is not State.DIALING:
        call = _withdraw_request(turn, call)
    match call.state:
        case State.ENDED:
            call = turn.put(call.with_outcome(ended_by=call.outcome.ended_by or cause))
            return _record_end(turn, call, previous_state)
        case State.HANDED_OFF:
            return leave.hand_off(turn, call, is_hang_up=cause == Trigger.AGENT_HUNG_UP)
        case State.WAITING if previous_state not in (State.RINGING_AGENT, State.ANSWERED):
            call = leave.release_agent(turn, replace(call, ingroup=get_waiting_ingroup(turn, call)))
            return queue_tickets.return_to_front(turn, call)
        case State.RESCUE:
            return _call_agent_back(turn, call, previous_state, is_third_dropped=cause == Trigger.AGENT_HUNG_UP)
        case State.MESSAGE:
            return last_message.choose_message(turn, call, previous_state)
        case State.CUSTOMER_GONE:
            return _handle_customer_end(turn, call)
        case State.THREE_WAY | State.CONSULTING if previous_state is State.DIALING:
            return recording_decision.decide_with_third(turn, call)
        case _:
            return call


def _record_end(turn: Turn, call: Call, previous_state: State) -> Call:
    """Record the end of a call: a wait ends because the customer hung up, or because of a command or a failure."""
    if previous_state is State.DIALING_OUT:
        receipts.finish(turn, call.commands.dialling, Outcome.ABANDONED, cause=reasons.DIAL_CANCELLED.text())
        status = call.outcome.status or (NO_ANSWER_STATUS if call.customer else "")
        return turn.put(call.with_commands(dialling=None).with_outcome(status=status))
    if call.is_automatic and not call.queueing.wait:
        return turn.put(lead_outcome.with_end_status(call, previous_state, turn.now))
    if previous_state in (State.WAITING, State.RINGING_AGENT) and call.customer is None:
        status = waits.get_status(call, WaitStatus.DROP)
        return turn.put(waits.close_wait(turn, call, WaitStatus.DROP).with_outcome(status=status))
    return turn.put(waits.close_wait(turn, call, CUT_OFF_OUTCOME)) if call.queueing.wait else call


def _record_places(turn: Turn, call: Call) -> Call:
    """Record the places of customer and third party for states that keep them. A rescue keeps the previous places."""
    layout, parking = LAYOUT[call.state], call.parking
    customer_bridge, third_bridge = parking.customer_place, parking.third_place
    if layout.customer in (LegBridge.MIXING, LegBridge.HOLDING):
        customer_bridge = layout.customer
    if layout.third in (LegBridge.MIXING, LegBridge.HOLDING):
        third_bridge = layout.third
    if call.state is State.RESCUE or (customer_bridge, third_bridge) == (parking.customer_place, parking.third_place):
        return call
    return turn.put(call.with_parking(customer_place=customer_bridge, third_place=third_bridge))


def _withdraw_request(turn: Turn, call: Call) -> Call:
    """Withdraw the request for a closer."""
    turn.world.matcher.forget_call(call.id)
    receipts.finish(turn, call.commands.dialling, Outcome.ABANDONED, cause=reasons.CLOSER_WITHDRAWN.text())
    call = waits.close_wait(turn, call, WITHDRAWN_OUTCOME) if call.queueing.wait else call
    return turn.put(
        call.with_consultation(asked_group="", asked_agent="").with_commands(dialling=None).with_queueing(drop_at=None)
    )


def _handle_customer_end(turn: Turn, call: Call) -> Call:
    campaign = get_campaign(turn, call)
    agent_sounds.play_whisper(turn, call.agent or "", agent_sounds.ALERT_SOUND)
    if campaign.customer_3way_hangup_action == "DISPO":
        action_at_us = turn.now + campaign.customer_3way_hangup_seconds * SECOND_US
        turn.wake(action_at_us, TimerKind.CALL, call.id)
        call = turn.put(call.with_consultation(gone_at=action_at_us))
    return recording_decision.decide_without_customer(turn, call)


def _call_agent_back(turn: Turn, call: Call, return_state: State, *, is_third_dropped: bool) -> Call:
    """Call back the agent's lost phone, while the others hear music. A third party that still rings is cancelled."""
    session = turn.world.sessions[call.agent or ""]
    phone_call_back.call_back(turn, session, caller=call.number, order_key=call.id)
    if is_third_dropped or return_state is State.DIALING:
        return_state = resolve_target(turn, call, PARKED_OR_TALKING) or State.TALKING
    # The state after the rescue may have no third party although one has been dialled.
    third_place = LegBridge.HOLDING if LAYOUT[return_state].third else None
    return turn.put(call.with_commands(before=return_state).with_parking(third_place=third_place))


def give_to_matched_agent(turn: Turn, call: Call, user: str) -> None:
    """Give the call, or its request for a closer, to the matched agent; with ring_all, to all ready agents."""
    is_preferred = call.queueing.preferred == user
    call = give_to_agent(turn, call, user, reason=waits.explain_agent(turn, call, user))
    if turn.world.sessions[user].on_hook and not is_preferred:
        ringing.ring_other_agents(turn, call)


def give_to_agent(turn: Turn, call: Call, user: str, reason: str) -> Call:
    """Give the call, or its request for a closer, to an agent, and record the reason."""
    waits.record_match(turn, call, reason)
    call = turn.put(call.with_queueing(drop_at=None, preferred="", prefer_until=None, rest_until=None))
    if call.state in (State.WAITING, State.ANSWERED):
        call = transition(turn, call, Trigger.MATCHED)
        call = turn.put(ringing.set_ringing_agent(turn, call, user))
    else:
        call = turn.put(call.with_consultation(closer=user, closer_group=call.consultation.asked_group))
    idle_session = agent_calls.take_call(turn, user, call)
    session = ringing.bring_agent(turn, idle_session, call)
    if call.consultation.closer == user:
        return turn.put(replace(call, third=session.leg))
    is_on_line = session.leg is not None and session.leg == idle_session.leg
    return turn.put(call.with_parking(customer_place=LegBridge.MIXING if is_on_line else LegBridge.HOLDING))


def connect_parties(turn: Turn, call: Call) -> Call:
    """Connect agent and customer, who are both in the bridge."""
    call = record_connection(turn, call)
    call = agent_speech.start_listening(turn, call) if call.is_automatic else call
    agent_sounds.play_announcement(turn, call.agent or "", call.ingroup)
    return recording_decision.decide_with_agent(turn, turn.put(call.with_recording(muted=False)))


def record_connection(turn: Turn, call: Call) -> Call:
    """Record that agent and customer are connected, or were connected while the app was away."""
    user = call.agent or ""
    call = transition(turn, call, Trigger.CONNECTED)
    call = turn.put(leave.assign_agent(turn, call, user))
    agent_states.enter_state(turn, turn.world.sessions[user], AgentState.INCALL)
    if call.attempt.drop_at is None:
        agent_calls.count_connected_call(turn, user, call.ingroup)
        call = waits.close_wait(turn, call, ANSWERED_OUTCOME, user=user)
    else:
        call = turn.put(call.with_attempt(drop_at=None))
        agent_calls.count_dialled_call(turn, user)
        session = turn.world.sessions[user]
        turn.put(session.with_last_call(lead_call=call.id))
        _set_pause_after_call(turn, user)
    if call.is_automatic and not call.attempt.agent:
        call = call.with_attempt(agent=user)
        if call.outcome.callback:
            callback_promise.store_callback(turn, callback.complete(call.outcome.callback, call.id, turn.machine_time))
    return turn.put(call.with_outcome(connected=call.outcome.connected or turn.now))


def _set_pause_after_call(turn: Turn, user: str) -> None:
    """Pause the agent after this call and its disposition, if the campaign wants that (pause_after_each_call)."""
    session = turn.world.sessions[user]
    if turn.world.rules.campaign(session.campaign).pause_after_each_call == "Y":
        turn.put(session.with_after_call(pause=True))
