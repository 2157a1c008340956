"""Something happened to a call: the table says where it goes, this says what else that means."""

from dataclasses import replace

from warmline.core import agent, receipts, recording
from warmline.core.call import arrival
from warmline.core.call.call import Call
from warmline.core.call.states import COMMANDS, EVENTS, LAYOUT, State, Trigger
from warmline.core.leg import Leg, Phase, Role
from warmline.core.receipt import Outcome, outcome_of
from warmline.core.session import AgentState
from warmline.core.world import Turn

WHY_LOST = {
    Trigger.CUSTOMER_LOST: "the customer hung up first",
    Trigger.AGENT_LOST: "the agent's phone hung up first",
    Trigger.THIRD_LOST: "the third party hung up first",
}


def happen(turn: Turn, call: Call, trigger: Trigger) -> Call:
    """Move the call along the table. A trigger that means nothing in this state changes nothing."""
    after = EVENTS[trigger][call.state]
    if after is None:
        return call
    call = turn.put(replace(call, state=after, since=turn.now))
    call = _judge_pending(turn, call, trigger)
    if after is State.ENDED and not call.ended_by:
        call = turn.put(replace(call, ended_by=trigger.removesuffix("_lost")))
    if after is State.HANDED_OFF:
        call = hand_off(turn, decide_after_leave(turn, call))
    return call


def _judge_pending(turn: Turn, call: Call, trigger: Trigger) -> Call:
    """A pending command goes on if it would end in the same row from here; otherwise it has been overtaken."""
    if call.pending is None or call.target is None:
        return call
    pending = turn.world.receipts[call.pending]
    if COMMANDS[pending.kind].get(call.state) is call.target:
        return call
    receipts.finish(turn, pending.id, Outcome.ABANDONED, WHY_LOST.get(trigger, "overtaken by what happened"))
    return turn.put(replace(call, target=None, pending=None))


def hand_off(turn: Turn, call: Call) -> Call:
    """Customer and third are alone with each other from now on."""
    return turn.put(replace(call, left=turn.now))


def decide_after_leave(turn: Turn, call: Call) -> Call:
    """Ask the recording rules what the room records once the agent is out."""
    session = turn.world.sessions[call.agent or call.last_agent]
    track, reason = recording.at_leave(turn.world.rules.campaign(session.campaign))
    return turn.put(replace(call, after_leave=track, after_leave_reason=reason))


def matched(turn: Turn, call: Call, user: str) -> None:
    """The floor gives this call to that agent."""
    call = happen(turn, call, Trigger.MATCHED)
    call = turn.put(replace(call, agent=user, last_agent=user, drop_at=None))
    agent.take_call(turn, user, call)


def connected(turn: Turn, call: Call) -> Call:
    """Agent and customer are both in the room."""
    call = happen(turn, call, Trigger.CONNECTED)
    session = turn.world.sessions[call.agent or ""]
    decision = recording.during_call(turn.world.rules.campaign(session.campaign))
    agent.beep(turn, session)
    return turn.put(
        replace(
            call,
            connected=call.connected or turn.now,
            track=recording.Track.CALL if decision.record else None,
            track_reason=decision.reason,
        )
    )


def answered(turn: Turn, leg: Leg) -> None:
    """A third party picked up."""
    call = turn.world.calls.get(leg.owner)
    if call and call.third == leg.id:
        receipts.finish(turn, call.dialling, Outcome.COMPLETED)
        call = turn.put(replace(call, dialling=None))
        happen(turn, call, Trigger.THIRD_ANSWERED)


def leg_gone(turn: Turn, leg: Leg, call: Call | None, cause: int) -> None:
    """A leg of this call, or an agent's, is gone: asked for, it is progress; by itself, it is an event."""
    if leg.role is Role.AGENT:
        if session := agent.by_leg(turn, leg):
            agent.leg_lost(turn, session)
        if call:
            _agent_lost(turn, call)
    elif call and leg.role is Role.CUSTOMER:
        _customer_lost(turn, turn.put(replace(call, customer=None)))
    elif call and leg.role is Role.THIRD:
        _third_lost(turn, turn.put(replace(call, third=None)), leg, cause)


def call_of(turn: Turn, leg: Leg) -> Call | None:
    """The call a leg is part of now."""
    if leg.role is Role.AGENT:
        session = agent.by_leg(turn, leg)
        return turn.world.calls.get(session.call or "") if session else None
    call = turn.world.calls.get(leg.owner)
    return call if call and leg.id in (call.customer, call.third) else None


def _customer_lost(turn: Turn, call: Call) -> None:
    turn.world.floor.forget_call(call.id)
    if call.target and LAYOUT[call.target].customer is None:
        return
    happen(turn, call, Trigger.CUSTOMER_LOST)


def _third_lost(turn: Turn, call: Call, leg: Leg, cause: int) -> None:
    cancelled = call.target is not None and LAYOUT[call.target].third is None
    outcome, why = (Outcome.ABANDONED, "hung up before it answered") if leg.hanging else outcome_of(cause)
    if call.dialling and call.pending == call.dialling:
        call = turn.put(replace(call, target=None, pending=None))
    receipts.finish(turn, call.dialling, outcome, why)
    call = turn.put(replace(call, dialling=None))
    if not cancelled:
        happen(turn, call, Trigger.THIRD_LOST)


def _agent_lost(turn: Turn, call: Call) -> None:
    if call.target and LAYOUT[call.target].agent is None:
        return
    call = happen(turn, call, Trigger.AGENT_LOST)
    if call.state is State.WAITING:
        call = let_agent_go(turn, call)
        arrival.back_to_the_front(turn, turn.put(replace(call, track=None, track_reason="")))


def let_agent_go(turn: Turn, call: Call) -> Call:
    """The call does without its agent: he goes to DISPO, or back to where he was if it never reached him."""
    user = call.agent
    if user is None:
        return call
    call = turn.put(replace(call, agent=None))
    session = turn.world.sessions[user]
    untouched = session.state is AgentState.QUEUE and call.ended_by != "agent"
    agent.release(turn, user, offered_only=untouched)
    return call


def third_phase(turn: Turn, call: Call) -> Phase:
    """How far the third party has come; ASKED when there is none."""
    leg = turn.world.legs.get(call.third or "")
    return leg.phase if leg else Phase.ASKED
