"""What should be recorded of a call: the decisions at its events and by commands, and the choice at each moment.

`core/rules/recording_rules.py` decides. A decision is stored in the call; `recording_control.py` starts and stops the
recordings.
"""

from typing import NamedTuple

from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, LegBridge, State
from warmline.core.model.leg import Phase
from warmline.core.rules import reasons, recording_rules
from warmline.core.rules.configuration import Agent
from warmline.core.rules.recording_rules import RecordingDecision, Track
from warmline.core.world.campaign_and_ingroup import get_campaign, get_home_ingroup
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn

SECOND_US = 1_000_000


class RecordingPolicy(NamedTuple):
    """The value of the recording options in force, the option that gave it, and what the others say."""

    policy: str
    rule: str
    overruled_rules: tuple[str, ...]


def _choose_policy(turn: Turn, call: Call) -> RecordingPolicy:
    """Return the policy for the call's agent, or its last one."""
    user = call.agent or call.outcome.last_agent
    agent = turn.world.rules.agents.get(user) or Agent(id=user)
    return RecordingPolicy(
        *recording_rules.choose_policy(get_campaign(turn, call), get_home_ingroup(turn, call), agent)
    )


def _apply_decision(turn: Turn, call: Call, decision: RecordingDecision | None) -> Call:
    if decision is None:
        return call
    return turn.put(call.with_recording(track=decision.track, track_reason=decision.reason, start_at=None))


def decide_with_agent(turn: Turn, call: Call) -> Call:
    """Decide on recording when an agent has joined, after `allcalls_delay` seconds."""
    decision = recording_rules.decide_during_call(*_choose_policy(turn, call))
    delay_seconds = get_campaign(turn, call).allcalls_delay
    if decision.track is None or not delay_seconds:
        return _apply_decision(turn, call, decision)
    start_at_us = turn.now + delay_seconds * SECOND_US
    turn.wake(start_at_us, TimerKind.CALL, call.id)
    reason = f"allcalls_delay={delay_seconds}"
    return turn.put(call.with_recording(start_at=start_at_us, track=None, track_reason=reason))


def decide_after_delay(turn: Turn, call: Call) -> Call:
    """Decide on recording after `allcalls_delay` seconds."""
    call = turn.put(call.with_recording(start_at=None))
    if not call.agent:
        return call
    return _apply_decision(turn, call, recording_rules.decide_during_call(*_choose_policy(turn, call)))


def decide_with_third(turn: Turn, call: Call) -> Call:
    """Decide on recording when a third party is connected (`three_way_record_stop`)."""
    campaign = get_campaign(turn, call)
    is_listed = _is_third_listed(turn, call, campaign.three_way_record_stop_exception)
    return _apply_decision(turn, call, recording_rules.decide_with_third(campaign, is_listed))


def decide_without_third(turn: Turn, call: Call) -> Call:
    """Decide on recording when the agent has hung up the third party (`hangup_xfer_record_start`)."""
    return _apply_decision(turn, call, recording_rules.decide_without_third(get_campaign(turn, call)))


def decide_without_customer(turn: Turn, call: Call) -> Call:
    """Decide on recording when the customer has hung up (`dead_stop_recording`)."""
    decision = recording_rules.decide_when_dead(get_campaign(turn, call), is_outbound=call.is_outbound)
    return _apply_decision(turn, call, decision)


def decide_for_leave(turn: Turn, call: Call) -> Call:
    """Decide what is recorded after the agent has left."""
    campaign = get_campaign(turn, call)
    policy, rule, _ = _choose_policy(turn, call)
    is_listed = _is_third_listed(turn, call, campaign.leave_3way_start_recording_exception)
    is_running = call.recording.track is not None
    decision = recording_rules.decide_at_leave(
        campaign, policy, rule, is_number_listed=is_listed, is_recording=is_running
    )
    return turn.put(call.with_recording(after_leave=decision.track, after_leave_reason=decision.reason))


def _is_third_listed(turn: Turn, call: Call, container: str) -> bool:
    third_leg = turn.world.legs.get(call.third or "")
    third_number = third_leg.number if third_leg else ""
    prefix = recording_rules.get_third_prefix(get_campaign(turn, call))
    return recording_rules.is_listed(turn.world.rules, container, third_number, prefix=prefix)


def find_start_refusal(turn: Turn, call: Call) -> str:
    """Return why the agent cannot start a recording, or ""."""
    if reason := get_away_reason(turn.world, call.server):
        return reason
    policy, rule, _ = _choose_policy(turn, call)
    if call.recording.track is Track.CALL:
        return reasons.RECORDED_ALREADY.text()
    return reasons.RECORDING_FORBIDDEN.text(rule=rule) if policy == "NEVER" else ""


def start_by_command(turn: Turn, call: Call) -> str:
    """Start a recording for the agent. Return "": nothing refuses it here."""
    _apply_decision(turn, call, RecordingDecision(Track.CALL, "START"))
    return ""


def find_stop_refusal(turn: Turn, call: Call) -> str:
    """Return why the agent cannot stop the recording, or ""."""
    if reason := get_away_reason(turn.world, call.server):
        return reason
    policy, rule, _ = _choose_policy(turn, call)
    if call.recording.track is None:
        return reasons.NOT_RECORDED.text()
    return reasons.RECORDING_FORBIDDEN.text(rule=rule) if policy == "ALLFORCE" else ""


def stop_by_command(turn: Turn, call: Call) -> str:
    """Stop the recording for the agent. Return "": nothing refuses it here."""
    _apply_decision(turn, call, RecordingDecision(None, "STOP"))
    return ""


def choose_track(turn: Turn, call: Call) -> RecordingDecision:
    """Decide what should be recorded now, from the call's state and the decisions that are stored in it."""
    state = call.commands.target or call.state
    if state is State.HANDED_OFF and call.consultation.closer is None:
        return RecordingDecision(call.recording.after_leave, call.recording.after_leave_reason)
    if state is State.CUSTOMER_GONE and not _has_third_answered(turn, call):
        return RecordingDecision(None, "no party is in the call")
    is_agent_alone = state is State.DIALING and call.parking.customer_place is LegBridge.HOLDING
    if is_agent_alone or state is State.PARKED:
        decision = recording_rules.decide_when_parked(get_campaign(turn, call))
        if decision:
            return decision
    if LAYOUT[state].agent is not None and state not in (State.RINGING_AGENT, State.RESCUE):
        return RecordingDecision(call.recording.track, call.recording.track_reason)
    return RecordingDecision(None, "no agent is in the call")


def _has_third_answered(turn: Turn, call: Call) -> bool:
    """Return whether the third party has answered."""
    third_leg = turn.world.legs.get(call.third or "")
    return third_leg is not None and third_leg.phase is Phase.UP
