"""The leave of an agent: its preparation, the handover, and the time limit of the remaining parties."""

from warmline.core.agents import agent_release, agent_speech, phone_call_back
from warmline.core.calls.lead import lead_outcome
from warmline.core.indexes.timers import TimerKind
from warmline.core.media import recording_decision
from warmline.core.messages.commands import Kind
from warmline.core.model import disposition_rules
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.transition_tables import Trigger
from warmline.core.moment import MINUTE_US
from warmline.core.replace import replace
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.transition_guards import get_next_state
from warmline.core.world.turn import Turn

ENDED_BY_LIMIT = "left_max_minutes"  # `ended_by` of such a call


def prepare_leave(turn: Turn, call: Call) -> Call:
    """Decide on the recording, and on a third party that still rings, before a leave. Nothing moves yet."""
    call = recording_decision.decide_for_leave(turn, call)
    if call.state is State.DIALING:
        turn.world.matcher.forget_call(call.id)
        call = call.with_consultation(unanswered=get_campaign(turn, call).leave_unanswered_action)
    return call.with_commands(leaving=Kind.LEAVE_3WAY_CALL)


def hand_off(turn: Turn, call: Call, *, is_hang_up: bool) -> Call:
    """Leave customer and third party to each other. If the third party is an agent, the call is now that agent's.

    `is_hang_up`: the agent left by hanging up, which counts as the command.
    """
    if call.agent and call.commands.leaving is None:  # the phone left without a command, which counts as a leave
        call = recording_decision.decide_for_leave(turn, call)
        call = call.with_commands(leaving=Kind.LEAVE_3WAY_CALL if is_hang_up else None)
    call = release_agent(turn, call)
    if call.consultation.closer is None:
        call = turn.put(call.with_outcome(left=turn.now))
        start_timer(turn, call)
        return call
    closer, group = call.consultation.closer, call.consultation.closer_group
    direct_agent = closer if group == AGENTDIRECT else ""
    state = get_next_state(turn, call, Trigger.CLOSER_TOOK_CALL) or call.state
    call = replace(
        call.with_consultation(closer=None, closer_group=""),
        state=state,
        third=None,
        ingroup=group,
        direct=direct_agent,
    )
    return recording_decision.decide_with_agent(turn, turn.put(assign_agent(turn, call, closer)))


def release_agent(turn: Turn, call: Call) -> Call:
    """Release the agent of the call: to DISPO, or to the previous state if the call never reached the agent."""
    user = call.agent
    if user is None:
        return call
    session = turn.world.sessions[user]
    call = agent_speech.stop_listening(turn, call) if call.is_automatic else call
    is_queued = session.state is AgentState.QUEUE and not call.is_unanswered_dial
    never_connected = is_queued and call.outcome.ended_by != "agent"
    call = call if never_connected else assign_agent(turn, call, user)
    call = turn.put(replace(call, agent=None))
    skips_disposition = disposition_rules.is_disposition_skipped(
        turn.world.rules.campaign(session.campaign), call.commands.leaving
    )
    is_taken_by_amd = call.is_automatic and lead_outcome.is_ended_by_amd(call)
    phone_call_back.call_back_during_call(turn, user)
    agent_release.release_agent(
        turn, user, never_connected=never_connected, no_dispo=skips_disposition, no_code=is_taken_by_amd
    )
    call = turn.world.calls[call.id]
    return turn.put(call.with_commands(leaving=None))


def assign_agent(turn: Turn, call: Call, user: str) -> Call:
    """Return the call with this agent as its last one, whose disposition is its status.

    An agent who is only rung does not count.
    """
    return replace(call.with_outcome(last_agent=user, campaign=turn.world.sessions[user].campaign), agent=user)


def get_deadline_us(turn: Turn, call: Call) -> int | None:
    """Return when a call without its agent ends, in microseconds UTC, or None if it has an agent or no limit."""
    minutes = get_campaign(turn, call).left_max_minutes
    if call.state is not State.HANDED_OFF or call.outcome.left is None or not minutes:
        return None
    return call.outcome.left + minutes * MINUTE_US


def start_timer(turn: Turn, call: Call) -> None:
    """Set the timer for the end of a call without its agent."""
    deadline_us = get_deadline_us(turn, call)
    if deadline_us is not None:
        turn.wake(deadline_us, TimerKind.CALL, call.id)
