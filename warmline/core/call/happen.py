"""Something happened to a call: the table says where it goes, this says what else that means."""

from dataclasses import replace

from warmline.core import agent, disposition, phone, receipts
from warmline.core.call import arrival, tape
from warmline.core.call.call import Call
from warmline.core.call.forks import campaign_of, home_of, resolve
from warmline.core.call.states import COMMANDS, EVENTS, Place, State, Trigger
from warmline.core.leg import Phase
from warmline.core.receipt import Outcome
from warmline.core.session import AgentState
from warmline.core.world import Turn

SECOND = 1_000_000
REMIND = 30 * SECOND  # between two tones for a park that is too long

WHY_LOST = {
    Trigger.CUSTOMER_LOST: "the customer hung up first",
    Trigger.AGENT_LOST: "the agent's phone was lost first",
    Trigger.AGENT_HUNG_UP: "the agent's phone hung up first",
    Trigger.THIRD_LOST: "the third party hung up first",
}

PARKED_ROWS = (State.PARKED, State.CONSULTING, State.BOTH_PARKED)


def happen(turn: Turn, call: Call, trigger: Trigger) -> Call:
    """Move the call along the table. A trigger that means nothing in this state changes nothing."""
    after = resolve(turn, call, EVENTS[trigger][call.state])
    if after is None:
        return call
    before = call.state
    call = turn.put(replace(call, state=after, since=turn.now))
    call = _judge_pending(turn, call, trigger)
    return entered(turn, call, before, trigger.removesuffix("_lost"))


def _judge_pending(turn: Turn, call: Call, trigger: Trigger) -> Call:
    """A pending command goes on if it would end in the same row from here; otherwise it has been overtaken."""
    if call.pending is None or call.target is None:
        return call
    pending = turn.world.receipts[call.pending]
    if resolve(turn, call, COMMANDS[pending.kind].get(call.state)) is call.target:
        return call
    receipts.finish(turn, pending.id, Outcome.ABANDONED, WHY_LOST.get(trigger, "overtaken by what happened"))
    return turn.put(replace(call, target=None, pending=None, leaving=None))


def entered(turn: Turn, call: Call, before: State, why: str) -> Call:
    """What belongs to being in a new state, whatever led there."""
    if call.asked_group and call.state is not State.DIALING:
        call = _withdraw(turn, call)
    match call.state:
        case State.ENDED if not call.ended_by:
            return turn.put(replace(call, ended_by=why))
        case State.HANDED_OFF:
            return hand_off(turn, call)
        case State.WAITING if before is not State.RINGING_AGENT:
            return arrival.back_to_the_front(turn, let_agent_go(turn, call))
        case State.RESCUE:
            return _call_back(turn, call, before)
        case State.MESSAGE:
            return _message(turn, call, before)
        case State.CUSTOMER_GONE:
            return _customer_gone(turn, call, before)
        case State.THREE_WAY | State.CONSULTING if before is State.DIALING:
            return tape.third_came(turn, call)
        case _ if call.state in PARKED_ROWS:
            return _parked(turn, call, before)
        case _:
            return turn.put(replace(call, parked=None))


def _withdraw(turn: Turn, call: Call) -> Call:
    """Nobody waits for the closer any more."""
    turn.world.floor.forget_call(call.id)
    receipts.finish(turn, call.dialling, Outcome.ABANDONED, "withdrawn before a closer came")
    return turn.put(replace(call, asked_group="", asked_agent="", dialling=None, drop_at=None))


def _parked(turn: Turn, call: Call, before: State) -> Call:
    if before in (State.DIALING, *PARKED_ROWS) and call.state is State.PARKED:
        agent.whisper(turn, call.agent or "", agent.ALERT)  # the third is gone again
    if call.parked is not None:
        return call
    limit = campaign_of(turn, call).park_max_seconds
    alarm = turn.now + limit * SECOND if limit else None
    if alarm:
        turn.wake(alarm, call.id)
    return turn.put(replace(call, parked=turn.now, alarm_at=alarm))


def _customer_gone(turn: Turn, call: Call, before: State) -> Call:
    campaign = campaign_of(turn, call)
    agent.whisper(turn, call.agent or "", agent.ALERT)
    spot = before in (State.THIRD_PARKED, State.BOTH_PARKED)
    call = replace(call, third_place=Place.SPOT if spot else Place.ROOM, parked=None, alarm_at=None)
    if campaign.customer_3way_hangup_action == "DISPO":
        call = replace(call, alarm_at=turn.now + campaign.customer_3way_hangup_seconds * SECOND)
        turn.wake(call.alarm_at or 0, call.id)
    return tape.customer_gone(turn, call)


def _message(turn: Turn, call: Call, before: State) -> Call:
    if before is State.WAITING:
        message = home_of(turn, call).drop_message
    elif call.unanswered:
        message = campaign_of(turn, call).unanswered_message
    else:
        message = call.vm_message or campaign_of(turn, call).am_message_exten
    return turn.put(replace(call, message=message))


def _call_back(turn: Turn, call: Call, before: State) -> Call:
    """The agent's phone is lost: everybody else hears music while it rings."""
    session = turn.world.sessions[call.agent or ""]
    phone.ring(turn, session, campaign_of(turn, call).agent_rescue_seconds, call.number, call.id)
    third_gone = session.on_hook or before is State.DIALING
    return turn.put(replace(call, before=before, third_place=Place.ROOM if third_gone else Place.SPOT))


def hand_off(turn: Turn, call: Call) -> Call:
    """Customer and third are alone with each other; if the third is an agent of ours, the call is his now."""
    call = let_agent_go(turn, call)
    if call.closer is None:
        return turn.put(replace(call, left=turn.now, alarm_at=None, parked=None))
    call = replace(
        call, state=State.TALKING, agent=call.closer, last_agent=call.closer, closer=None, third=None, leaving=None
    )
    return tape.agent_came(turn, turn.put(call))


def let_agent_go(turn: Turn, call: Call) -> Call:
    """The call does without its agent: he goes to DISPO, or back to where he was if it never reached him."""
    user = call.agent
    if user is None:
        return call
    call = turn.put(replace(call, agent=None))
    session = turn.world.sessions[user]
    untouched = session.state is AgentState.QUEUE and call.ended_by != "agent"
    no_dispo = disposition.spared(turn.world.rules.campaign(session.campaign), call.leaving)
    agent.release(turn, user, untouched=untouched, no_dispo=no_dispo)
    return turn.put(replace(turn.world.calls[call.id], leaving=None))


def matched(turn: Turn, call: Call, user: str) -> None:
    """The floor gives this call, or its request for a closer, to that agent."""
    call = turn.put(replace(call, drop_at=None))
    if call.state is State.WAITING:
        call = happen(turn, call, Trigger.MATCHED)
        call = turn.put(replace(call, agent=user, last_agent=user))
    else:
        call = turn.put(replace(call, closer=user))
    session = agent.take_call(turn, user, call)
    if session.on_hook:
        known = turn.world.rules.agents.get(user)
        session = phone.ring(turn, session, known.on_hook_ring_time if known else 15, call.number, call.id)
    if call.closer == user:
        turn.put(replace(call, third=session.leg))
    else:
        turn.put(replace(call, customer_place=Place.SPOT if session.on_hook else Place.ROOM))


def connected(turn: Turn, call: Call) -> Call:
    """Agent and customer are both in the room."""
    call = happen(turn, call, Trigger.CONNECTED)
    agent.whisper(turn, call.agent or "", agent.BEEP)
    return tape.agent_came(turn, turn.put(replace(call, connected=call.connected or turn.now)))


def closer_came(turn: Turn, call: Call) -> Call:
    """The closer who was asked for is in the room."""
    session = turn.world.sessions[call.closer or ""]
    agent.enter(turn, session, AgentState.INCALL)
    agent.whisper(turn, session.agent, agent.BEEP)
    receipts.finish(turn, call.dialling, Outcome.COMPLETED)
    call = turn.put(replace(call, dialling=None, asked_group="", asked_agent=""))
    return happen(turn, call, Trigger.THIRD_ANSWERED)


def alarm(turn: Turn, call: Call) -> None:
    """A time the call set has come: it has waited, been parked, or been without its customer for too long."""
    if call.drop_at is not None and call.drop_at <= turn.now:
        _drop(turn, call)
    elif call.alarm_at is not None and call.alarm_at <= turn.now:
        if call.state is State.CUSTOMER_GONE:
            turn.put(replace(call, alarm_at=None, state=State.ENDED, ended_by=call.ended_by or "customer"))
        elif call.parked is not None and call.agent:
            agent.whisper(turn, call.agent, agent.ALERT)
            turn.wake(turn.now + REMIND, call.id)
            turn.put(replace(call, alarm_at=turn.now + REMIND))
    elif call.record_at is not None and call.record_at <= turn.now:
        tape.delay_over(turn, call)


def _drop(turn: Turn, call: Call) -> None:
    turn.world.floor.forget_call(call.id)
    call = turn.put(replace(call, drop_at=None))
    if call.state is State.WAITING:
        call = turn.put(replace(call, status="DROP", ended_by="drop_call_seconds"))
    else:
        receipts.finish(turn, call.dialling, Outcome.NO_AGENT, "no agent took it in drop_call_seconds")
        call = turn.put(replace(call, asked_group="", asked_agent="", dialling=None))
    happen(turn, call, Trigger.DROP_TIME)


def third_phase(turn: Turn, call: Call) -> Phase:
    """How far the third party has come; ASKED when there is none."""
    leg = turn.world.legs.get(call.third or "")
    return leg.phase if leg else Phase.ASKED
