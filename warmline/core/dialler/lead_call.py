"""The life of an automatic call until an agent has it: it rings, is answered, waits for an agent, and may be dropped.

From its connection with an agent on, it is like any other call.
"""

from warmline.core.agents import drop_counts
from warmline.core.calls import leave, queue_entry_and_exit
from warmline.core.calls.call_transitions import transition
from warmline.core.calls.lead import call_lead, lead_outcome
from warmline.core.dialler import machine_detection
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.dialler_messages import (
    SAFE_HARBOUR_EXTENSION,
    DialLead,
    DialRefused,
    LeadAnsweredAway,
    PacingDecided,
)
from warmline.core.messages.leg_messages import ContinueInDialplan, HangUpLeg, LegArrived, LegLeftStasis, PlaySilence
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call import Call, CallOutcome
from warmline.core.model.call_ends import ENDED_UNSEEN
from warmline.core.model.call_states import Direction, Origin, State
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.transition_tables import Trigger
from warmline.core.permission import dial_gate
from warmline.core.queue import wait_choices
from warmline.core.queue.matching.serving_order import CAMPAIGN_QUEUE
from warmline.core.replace import replace
from warmline.core.rules import lead_drop_time, ring_time
from warmline.core.rules.configuration import Campaign
from warmline.core.servers.placement import choose_server
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

ENDED_BY_PACING = "pacing"  # `ended_by` of calls that were given up
ENDED_BY_DIAL_TIMEOUT = "dial_timeout"
ENDED_BY_DROP_TIME = "drop_call_seconds"
ENDED_BY_OPT_OUT = "opt-out"

JOIN_TIME_US = 500_000  # in which an app that has just started joins a lead and an agent


def begin(turn: Turn, campaign: Campaign, lead: DialLead, decision: PacingDecided) -> str:
    """Begin the call of a lead, or return the reason against it. Its leg is on record before Asterisk is asked."""
    call = Call(
        id=turn.new_id(),
        agc_id=f"V{turn.now:019d}",
        direction=Direction.OUT,
        origin=Origin.DIALLER,
        server=choose_server(turn.world) or MAIN_SERVER,
        state=State.CALLING,
        since=turn.now,
        arrived=turn.now,
        number=lead.number,
        lead=lead.lead,
        outcome=CallOutcome(campaign=campaign.id, callback=lead.due_callback),
        attempt=replace(
            call_lead.make_attempt(lead),
            caller_id=lead.caller_id or campaign.campaign_cid,
            ready=decision.ready,
            in_flight=decision.in_flight,
            threshold=decision.threshold,
            risk=decision.risk,
        ),
    )
    leg = dial_gate.dial_lead(turn, call, campaign)
    if isinstance(leg, str):
        return leg
    drop_counts.begin_windows(turn, campaign)
    call = turn.put(replace(call, customer=leg.id))
    call_lead.request_lead(turn, call)
    set_ring_timer(turn, call)
    return ""


def set_ring_timer(turn: Turn, call: Call) -> None:
    """Set the timer that ends a call in `calling`, when it begins or rings and after a restart."""
    leg = turn.world.legs.get(call.customer or "")
    if leg and call.state is State.CALLING:
        turn.wake(_get_ring_deadline(call, leg), TimerKind.CALL, call.id)


def _get_ring_deadline(call: Call, leg: Leg) -> int:
    return ring_time.compute_ring_end_us(call.arrived, call.attempt.ringing, leg.dialling.timeout)


def handle_arrival(turn: Turn, event: LegArrived) -> None:
    """Handle a lead that has answered and is in Stasis now. It may have answered while the app was away."""
    leg = turn.world.legs.get(event.leg)
    call = turn.world.calls.get(leg.owner) if leg else None
    if leg is None:
        turn.note(f"leg {event.leg} was answered after the end of its call; it hears the safe harbour message")
        turn.do(event.leg, ContinueInDialplan(event.leg, *SAFE_HARBOUR_EXTENSION, server=event.server))
    elif call and call.customer == leg.id and call.state is State.CALLING:
        _handle_answer(
            turn, call, leg, answered_us=_to_past_turn_time(turn, event.answered) or leg.answered or turn.now
        )


def _handle_answer(turn: Turn, call: Call, leg: Leg, answered_us: int) -> None:
    turn.put(replace(leg, phase=Phase.UP, answered=answered_us))
    drop_at = answered_us + lead_drop_time.compute_drop_delay_us(get_campaign(turn, call).drop_call_seconds)
    attempt = replace(call.attempt, answered=answered_us, drop_at=drop_at)
    call = transition(turn, turn.put(replace(call, attempt=attempt)), Trigger.LEAD_ANSWERED)
    handle_timer(turn, call)


def handle_answer_away(turn: Turn, event: LeadAnsweredAway) -> None:
    """Count a lead as dropped who answered while the app was away, and heard the message from the dialplan."""
    turn.note(f"lead of call {event.call} heard the safe harbour message: {event.reason}")
    call = turn.world.calls.get(event.call)
    if call and call.state in (State.CALLING, State.ANSWERED):
        attempt = replace(call.attempt, opted_out=event.opted_out)
        _record_dialplan_message(turn, replace(call, attempt=attempt), event)


def handle_departure(turn: Turn, call: Call, event: LegLeftStasis) -> None:
    """Count a lead as dropped who hears the message from the dialplan, because the app is away or stands still."""
    turn.note("the lead hears the safe harbour message from the dialplan")
    if call.outcome.connected is None:
        _record_dialplan_message(turn, call, event)


def _record_dialplan_message(turn: Turn, call: Call, event: LeadAnsweredAway | LegLeftStasis) -> None:
    """Record the message that the dialplan plays, at its time if that is known. A message that began before stays."""
    attempt = call.attempt
    answered_us = attempt.answered or _to_past_turn_time(turn, event.answered)
    message_at = attempt.message_at or _to_past_turn_time(turn, event.message_at)
    call = replace(call, attempt=replace(attempt, answered=answered_us, message_at=message_at))
    turn.put(lead_outcome.with_drop_status(call, message_at or turn.now, ENDED_UNSEEN))


def _to_past_turn_time(turn: Turn, moment_us: int) -> int | None:
    """Return the time of a turn for a moment by the clock of Asterisk, which may be ahead; None if it is unknown."""
    return min(turn.world.turn_time(moment_us), turn.now) if moment_us else None


def handle_failed_originate(turn: Turn, leg: Leg, status: int) -> None:
    """End a call whose channel Asterisk did not create. `status` is the HTTP status; with 0, there was no answer."""
    call = turn.world.calls.get(leg.owner)
    if call is None or call.state is not State.CALLING or leg.phase is not Phase.ASKED:
        return  # events show that the channel exists
    if status == 0:
        turn.do(call.id, HangUpLeg(leg.id))  # it may exist
    turn.close(replace(leg, phase=Phase.GONE, ended=turn.now, cause=0))
    call_status = lead_outcome.CONGESTION_STATUS if status else lead_outcome.FAULT_STATUS
    outcome = replace(call.outcome, status=call_status, ended_by=lead_outcome.ENDED_BY_TRUNK)
    transition(turn, turn.put(replace(call, customer=None, outcome=outcome)), Trigger.CUSTOMER_LOST)


def follow(turn: Turn, call: Call) -> Call:
    """Request what an automatic call needs in its state: a place in the queue, or silence without an agent."""
    leg = turn.world.legs.get(call.customer or "")
    if leg is None or leg.hangup_requested:
        return call
    match call.state:
        case State.CALLING if leg.phase >= Phase.RINGING and call.attempt.ringing is None:
            call = turn.put(call.with_attempt(ringing=turn.now))
            set_ring_timer(turn, call)
            return call
        case State.ANSWERED if not turn.world.matcher.has_call(call.id):
            return _wait_for_an_agent(turn, call)
        case State.ANSWERED | State.MACHINE if leg.is_idle and not leg.silence_playing:
            turn.put(replace(leg, silence_playing=True))
            turn.do(call.id, PlaySilence(leg.id, on=True))
        case State.MESSAGE if call.prompts.playing and call.attempt.dropped and call.attempt.message_at is None:
            return turn.put(call.with_attempt(message_at=turn.now))
    return call


def _wait_for_an_agent(turn: Turn, call: Call) -> Call:
    """Give an answered lead its place in the queue, or drop it if less than JOIN_TIME_US is left until the drop.

    Less is left if the app was away. The lead would hear an agent for an instant, and then the message.
    """
    drop_at = call.attempt.drop_at or turn.now
    if drop_at - JOIN_TIME_US <= turn.now:
        return _drop(turn, call)
    campaign = get_campaign(turn, call)
    queued_at = call.attempt.answered or turn.now
    turn.world.matcher.add_call(call.id, CAMPAIGN_QUEUE + campaign.id, campaign.queue_priority, queued_at)
    turn.wake(drop_at, TimerKind.CALL, call.id)
    turn.touch(call.id)  # after the match
    return call


def handle_timer(turn: Turn, call: Call) -> None:
    """End a call that has rung for its time, and drop an answered lead whose drop time is over."""
    leg = turn.world.legs.get(call.customer or "")
    if leg and _get_ring_deadline(call, leg) <= turn.now:
        _end_unanswered(turn, call, leg, ended_by=ENDED_BY_DIAL_TIMEOUT)
    silent_by = call.attempt.amd.silent_by
    if silent_by is not None and silent_by <= turn.now:
        machine_detection.give_up(turn, call)
    if call.attempt.drop_at is not None and call.attempt.drop_at <= turn.now:
        _drop(turn, call)


def _drop(turn: Turn, call: Call) -> Call:
    """Play the message to an answered lead, or do what else the campaign does with a lead who is dropped."""
    turn.world.matcher.forget_call(call.id)
    group = get_campaign(turn, call).drop_inbound_group
    call = call.with_outcome(ended_by=ENDED_BY_DROP_TIME)
    call = transition(turn, turn.put(call), Trigger.DROP_TIMEOUT)
    call = turn.put(lead_outcome.with_drop_status(call, turn.now))
    call = leave.release_agent(turn, call)  # whose phone rings; while its server is away, `converge` does not come here
    if call.state is State.WAITING:  # the in-group's rules decide from now on, and so does its agent's disposition
        call = turn.put(call.with_outcome(status="", ended_by=""))
        queue_entry_and_exit.enter_ingroup(turn, call, group, direct_agent="")
    return turn.world.calls.get(call.id, call)


def count_drops(turn: Turn) -> None:
    """Count the leads whom this turn has dropped."""
    for call, _ in turn.changes:
        if isinstance(call, Call) and call.attempt.dropped is not None:
            previous_call = turn.get_previous(call)
            if previous_call is None or previous_call.attempt.dropped is None:
                by_fault = lead_outcome.is_dropped_by_fault(call)
                drop_counts.count_person(turn, call.outcome.campaign, is_dropped=True, by_fault=by_fault)


def handle_key(turn: Turn, leg_id: str, digit: str) -> None:
    """Put a dropped lead that presses `safe_harbor_optout` on the do-not-call list, and hang up immediately."""
    leg = turn.world.legs.get(leg_id)
    call = turn.world.calls.get(leg.owner) if leg else None
    if call and call.customer == leg_id and digit and digit == wait_choices.get_opt_out_key(turn.world.rules, call):
        attempt = replace(call.attempt, opted_out=True)
        outcome = replace(call.outcome, ended_by=ENDED_BY_OPT_OUT)
        transition(turn, turn.put(replace(call, attempt=attempt, outcome=outcome)), Trigger.OPTED_OUT)


def handle_refusal(turn: Turn, event: DialRefused) -> None:
    """End a call whose number the last look refused. No channel was requested."""
    leg = turn.world.legs.get(event.leg)
    call = turn.world.calls.get(leg.owner) if leg else None
    if leg is None or call is None or call.state is not State.CALLING or leg.phase is not Phase.ASKED:
        return
    turn.note(f"the last look refused the call: {event.reason}")
    turn.close(replace(leg, phase=Phase.GONE, ended=turn.now, cause=0))
    outcome = replace(call.outcome, status=event.status, ended_by=lead_outcome.ENDED_BY_REFUSAL)
    transition(turn, turn.put(replace(call, customer=None, outcome=outcome)), Trigger.CUSTOMER_LOST)


def give_up(turn: Turn, call_id: str) -> None:
    """Hang up a call that has rung long enough and would find no agent. An answer that comes first wins."""
    call = turn.world.calls.get(call_id)
    leg = turn.world.legs.get(call.customer or "") if call else None
    if call and leg and ring_time.compute_ring_end_us(call.arrived, call.attempt.ringing) <= turn.now:
        _end_unanswered(turn, call, leg, ended_by=ENDED_BY_PACING)


def _end_unanswered(turn: Turn, call: Call, leg: Leg, ended_by: str) -> None:
    """End a call that has rung long enough, unless it is answered: it may not have arrived in Stasis yet."""
    if call.state is State.CALLING and leg.phase is not Phase.UP:
        outcome = replace(call.outcome, status=lead_outcome.NO_ANSWER_STATUS, ended_by=ended_by)
        transition(turn, turn.put(replace(call, outcome=outcome)), Trigger.CALL_GIVEN_UP)
