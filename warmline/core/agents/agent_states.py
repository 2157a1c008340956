"""The states of an agent session, their intervals, and whether the agent can take a call."""

from warmline.core.agents import agent_time_limits
from warmline.core.messages.leg_messages import HangUpLeg, PlaySilence
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.session import AgentInterval, Session
from warmline.core.queue import agent_ranking, empty_ingroup
from warmline.core.queue.matching.serving_order import AGENT_QUEUE
from warmline.core.replace import make_record, replace
from warmline.core.rules import activity
from warmline.core.world.turn import Turn

NO_PHONE_CODE = "NOPHONE"  # in a READY agent's interval: the phone could not be reached
RESTART_CODE = "RESTART"  # Asterisk died; the agent is READY again when the phone is back
NO_ANSWER_CODE = "NOANSW"
INACTIVE_CODE = "INACTIVE"  # the agent or the campaign has active=N


def find_session_by_leg(turn: Turn, leg: Leg) -> Session | None:
    """Return the session whose phone this leg is, or None."""
    session = turn.world.sessions.get(leg.owner)
    return session if session and session.leg == leg.id else None


def find_agent_leg(turn: Turn, user: str | None) -> Leg | None:
    """Return the leg of an agent's phone if it is on the line or rings, else None."""
    session = turn.world.sessions.get(user or "")
    return turn.world.legs.get(session.leg or "") if session else None


def hang_up_phone(turn: Turn, session: Session, *, answered_elsewhere: bool = False) -> None:
    """Hang up the agent's phone, if that was not requested yet.

    With `answered_elsewhere`, another phone or agent has the call: a phone that still rings lists no missed call.
    """
    leg = turn.world.legs.get(session.leg or "")
    if leg is None or leg.hangup_requested:
        return
    is_answered_elsewhere = answered_elsewhere and leg.originated and leg.phase < Phase.UP
    dialling = replace(leg.dialling, answered_elsewhere=True) if is_answered_elsewhere else leg.dialling
    turn.put(replace(leg, dialling=dialling, hangup_requested=True))
    turn.do(session.agent, HangUpLeg(leg.id, is_answered_elsewhere))


def has_feature_keys(turn: Turn, leg: Leg) -> bool:
    """Return whether the leg is an agent's phone, whose campaign has feature keys."""
    session = find_session_by_leg(turn, leg) if leg.role is Role.AGENT else None
    return session is not None and turn.world.rules.campaign(session.campaign).feature_keys == "Y"


def make_idle(turn: Turn, leg: Leg) -> None:
    """Play silence to an idle agent's leg, so that the phone gets packets while it is in no bridge."""
    if leg.is_idle and not leg.silence_playing and leg.server not in turn.world.held_servers:
        turn.put(replace(leg, silence_playing=True))
        turn.do(leg.owner, PlaySilence(leg.id, on=True))
    if session := find_session_by_leg(turn, leg):
        update_availability(turn, session)


def update_availability(turn: Turn, session: Session) -> None:
    """Put the agent into the queues, or remove the agent from them.

    The agent can take a call if READY and the phone is idle or on the hook. An agent whose phone holds the line or
    cannot be reached takes no call, because agent and caller would not hear each other. Neither does an agent whose
    browser phone has lost its page.
    """
    if session.state is AgentState.READY and has_free_phone(turn, session):
        agent_ranking.update_queues(turn, session)
    else:
        leave_queues(turn, session)


def has_free_phone(turn: Turn, session: Session) -> bool:
    """Return whether the agent's phone is idle or on the hook, can be reached, and has its page if it is in one."""
    leg = turn.world.legs.get(session.leg or "")
    if session.phone_loss.away_since or session.phone_loss.page_away_since:
        return False
    if session.on_hook:
        return leg is None and not session.typed.line
    return leg is not None and leg.is_idle and not leg.held


def leave_queues(turn: Turn, session: Session) -> None:
    """Remove the agent from the queues. Calls that prefer this agent check whether they still wait for them."""
    turn.world.matcher.forget_agent(session.agent)
    for call in turn.world.matcher.list_calls(AGENT_QUEUE + session.agent):
        turn.touch(call)
    empty_ingroup.recheck_calls_of_agent(turn, session)


def enter_state(
    turn: Turn, session: Session, state: AgentState, pause_code: str = "", *, is_on_hold: bool = False
) -> Session:
    """Enter a state, or a hold within it. The current interval ends and the next one starts.

    An agent who is not active is PAUSED in place of READY.
    """
    if state is AgentState.READY and activity.explain_inactive_agent(turn.world.rules, session.agent, session.campaign):
        state, pause_code = AgentState.PAUSED, INACTIVE_CODE
    is_same_state = session.state is state and session.pause_code == pause_code
    if is_same_state and session.hold == is_on_hold:
        session = turn.put(session)
        update_availability(turn, session)
        return session
    if state is AgentState.READY and session.state is not AgentState.QUEUE:
        session = replace(session, ready_since=turn.now)
    since_us = session.since if is_same_state else turn.now
    session = replace(session, state=state, pause_code=pause_code, hold=is_on_hold, since=since_us, overdue=False)
    return begin_interval(turn, session)


def begin_interval(turn: Turn, session: Session) -> Session:
    """Store a session with a new state, hold or reachability, and start its interval."""
    current_interval = turn.world.intervals.get(session.interval)
    if current_interval:
        turn.close(replace(current_interval, ended=turn.now))
    is_without_phone = session.state is AgentState.READY and session.phone_loss.away_since
    interval = make_record(
        AgentInterval,
        id=turn.new_id(),
        session=session.id,
        agent=session.agent,
        state=session.state,
        pause_code=NO_PHONE_CODE if is_without_phone else session.pause_code,
        hold=session.hold,
        call=session.call or (session.last.call if session.state is AgentState.DISPO else ""),
        started=turn.now,
    )
    turn.put(interval)
    session = turn.put(replace(session, interval=interval.id))
    agent_time_limits.set_timers(turn, session)
    update_availability(turn, session)
    return session


def set_phone_away(turn: Turn, session: Session, since_us: int) -> Session:
    """Store since when the phone cannot be reached; 0 if it can. READY without a phone is a separate interval."""
    if bool(session.phone_loss.away_since) == bool(since_us):
        return session
    session = session.with_phone_loss(away_since=since_us)
    if session.state is AgentState.READY:
        return begin_interval(turn, session)
    session = turn.put(session)
    update_availability(turn, session)
    return session


def pause_if_inactive(turn: Turn, session: Session) -> None:
    """Pause a READY agent who may take no further call."""
    if session.state is AgentState.READY and activity.explain_inactive_agent(
        turn.world.rules, session.agent, session.campaign
    ):
        enter_state(turn, session, AgentState.PAUSED, pause_code=INACTIVE_CODE)
