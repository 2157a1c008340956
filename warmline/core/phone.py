"""An agent's phone rings: for each call (on_hook), or because its line was lost (nailed_up)."""

from warmline.core import agent
from warmline.core.actions import Dial
from warmline.core.changed import replace
from warmline.core.leg import Leg, Role
from warmline.core.made import make_leg
from warmline.core.session import AgentState, Session
from warmline.core.world import Turn

RING_SECONDS = 30
SECOND = 1_000_000
RECALL = 300 * SECOND  # microseconds for which phones are called back after Asterisk has died
RECALL_PAUSE = 2 * SECOND  # between two calls: a phone may have to register anew first


def ring(turn: Turn, session: Session, seconds: int, caller: str, lane: str) -> Session:
    """Call the agent's phone, for at most so many seconds."""
    way, call = f"PJSIP/{session.phone}", session.call or ""
    who = (Role.AGENT, session.agent, session.phone)
    leg = make_leg(turn, *who, way, caller=caller, seconds=seconds, call=call, lane=lane)
    return turn.put(replace(session, leg=leg.id))


def dial(turn: Turn, leg: Leg) -> None:
    """The channel is there: now the phone rings."""
    turn.put(replace(leg, dial_asked=True))
    turn.do(leg.owner, Dial(leg.id, leg.timeout))


def lost(turn: Turn, session: Session) -> None:
    """The phone is gone. Without a call a nailed-up one is called back, once; then the agent is PAUSED.

    After Asterisk has died it is called back again and again.
    """
    session = turn.put(replace(session, leg=None))
    turn.world.floor.forget_agent(session.agent)
    if session.call:
        return
    if session.on_hook:
        agent.offer(turn, turn.put(replace(session, called_back=False)))
    elif session.recall_until > turn.now:
        turn.wake(turn.now + RECALL_PAUSE, session.agent)
    elif session.called_back or session.pause_code == agent.LOST_CODE:
        session = turn.put(replace(session, recall_until=0))
        if session.state is not AgentState.DISPO:
            agent.lost(turn, session, ready=session.state is AgentState.READY, code=session.pause_code)
    else:
        call_back(turn, session, "", session.agent)


def lost_call(turn: Turn, user: str) -> None:
    """The agent's call goes on or ends without him: a nailed_up phone that was lost in it is called back, once."""
    session = turn.world.sessions[user]
    if session.leg is None and not session.on_hook and not session.called_back:
        call_back(turn, session, "", user)


def call_back(turn: Turn, session: Session, caller: str, lane: str) -> None:
    """Ring a phone that was lost, for `agent_rescue_seconds`."""
    seconds = turn.world.rules.campaign(session.campaign).agent_rescue_seconds
    ring(turn, replace(session, called_back=True), seconds, caller, lane)


def back(turn: Turn, session: Session, leg: Leg) -> None:
    """A phone that was called back without a call has answered."""
    session = turn.put(replace(session, called_back=False, recall_until=0))
    agent.take_seat(turn, leg)
    if session.pause_code == agent.RESTART_CODE and session.state is AgentState.PAUSED:
        agent.enter(turn, session, AgentState.READY)


def call_again_if_lost(turn: Turn, session: Session) -> None:
    """Asterisk died, and the phone is not back."""
    if session.recall_until and session.leg is None and not turn.world.holding:
        call_back(turn, session, "", session.agent)


def missed(turn: Turn, session: Session) -> None:
    """A phone did not take the call: an on_hook agent is PAUSED NOANSW after `max_missed` in a row."""
    known, missed = turn.world.rules.agents.get(session.agent), session.missed + 1
    session = replace(session, call=None)
    if session.logout_asked:
        agent.log_out(turn, session)
    elif not session.on_hook:  # his line was lost just now, that is no fault of his
        lost(turn, session)
        agent.rest(turn, turn.world.sessions[session.agent])
    elif missed >= (known.max_missed if known else 1):
        session = replace(session, missed=0, ready_since=turn.now, pause_asked=False, pause_code_asked="")
        agent.enter(turn, session, AgentState.PAUSED, agent.NO_ANSWER_CODE)
    else:
        agent.rest(turn, replace(session, missed=missed, ready_since=turn.now))


def call_again(turn: Turn, session: Session) -> str:
    """Ring a nailed-up phone that is not on the line. Returns why not, or ""."""
    if session.leg is not None or session.on_hook:
        return "the agent's phone needs no call"
    ring(turn, replace(session, called_back=True), RING_SECONDS, "", session.agent)
    return ""
