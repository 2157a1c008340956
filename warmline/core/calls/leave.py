"""An agent leaves their call: what is prepared, what becomes of the call, and for how long the others may talk on."""

from warmline.core.agents import agent, phone
from warmline.core.media import recording_control
from warmline.core.model import disposition
from warmline.core.model.call import Call
from warmline.core.model.call_states import State, Trigger
from warmline.core.model.commands import Kind
from warmline.core.model.replace import replace
from warmline.core.model.session import AgentState
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.state.call_guards import campaign_of, state_after
from warmline.core.state.timers import TimerKind
from warmline.core.state.world import Turn

MINUTE = 60_000_000  # microseconds
OVER = "left_max_minutes"  # who ended such a call


def prepare(turn: Turn, call: Call) -> Call:
    """Decide what a leave means for the recording and for a third party that still rings; nothing moves yet."""
    call = recording_control.before_leave(turn, call)
    if call.state is State.DIALING:
        turn.world.matcher.forget_call(call.id)
        call = replace(
            call, consultation=replace(call.consultation, unanswered=campaign_of(turn, call).leave_unanswered_action)
        )
    return replace(call, commands=replace(call.commands, leaving=Kind.LEAVE_3WAY_CALL))


def hand_off(turn: Turn, call: Call, *, put_down: bool) -> Call:
    """Customer and third are alone with each other; if the third is an agent of ours, the call is his now.

    `put_down`: by that the agent has left, which is as good as the command.
    """
    if call.agent and call.commands.leaving is None:  # his phone left by itself: as if he had
        call = recording_control.before_leave(turn, call)
        call = replace(call, commands=replace(call.commands, leaving=Kind.LEAVE_3WAY_CALL if put_down else None))
    call = let_agent_go(turn, call)
    if call.consultation.closer is None:
        call = turn.put(replace(call, outcome=replace(call.outcome, left=turn.now)))
        start_timer(turn, call)
        return call
    closer, group = call.consultation.closer, call.consultation.closer_group
    direct = closer if group == AGENTDIRECT else ""
    state = state_after(turn, call, Trigger.CLOSER_HAS_IT) or call.state
    call = replace(
        call,
        state=state,
        third=None,
        ingroup=group,
        direct=direct,
        consultation=replace(call.consultation, closer=None, closer_group=""),
    )
    return recording_control.agent_joined(turn, turn.put(had_by(turn, call, closer)))


def let_agent_go(turn: Turn, call: Call) -> Call:
    """The call does without its agent: he goes to DISPO, or back to where he was if it never reached him."""
    user = call.agent
    if user is None:
        return call
    session = turn.world.sessions[user]
    untouched = session.state is AgentState.QUEUE and call.outcome.ended_by != "agent" and not call.in_vain
    call = turn.put(replace(call if untouched else had_by(turn, call, user), agent=None))
    no_dispo = disposition.spared(turn.world.rules.campaign(session.campaign), call.commands.leaving)
    phone.lost_call(turn, user)
    agent.release(turn, user, untouched=untouched, no_dispo=no_dispo)
    call = turn.world.calls[call.id]
    return turn.put(replace(call, commands=replace(call.commands, leaving=None)))


def had_by(turn: Turn, call: Call, user: str) -> Call:
    """This agent has the customer, or has ended his call: his code is its status. Who is only rung for has not."""
    return replace(
        call, agent=user, outcome=replace(call.outcome, last_agent=user, campaign=turn.world.sessions[user].campaign)
    )


def ends_at(turn: Turn, call: Call) -> int | None:
    """When the time of a call without its agent is over, in microseconds UTC; None: never, or the agent is there."""
    minutes = campaign_of(turn, call).left_max_minutes
    if call.state is not State.HANDED_OFF or call.outcome.left is None or not minutes:
        return None
    return call.outcome.left + minutes * MINUTE


def start_timer(turn: Turn, call: Call) -> None:
    """Set the alarm for the end of that time."""
    at = ends_at(turn, call)
    if at is not None:
        turn.wake(at, TimerKind.CALL, call.id)
