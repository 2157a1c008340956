"""One agent's states and times, from login to logout."""

from dataclasses import replace
from datetime import UTC, datetime

from warmline.core.actions import Answer, Hangup, Play, Silence, Whisper
from warmline.core.call.call import Call
from warmline.core.disposition import DispositionEntry
from warmline.core.events import LegArrived
from warmline.core.leg import Leg, Phase, Role
from warmline.core.session import AgentInterval, AgentState, Session
from warmline.core.world import Turn

LOGIN_OK = "sound:agent-loginok"
ALREADY_ON = "sound:agent-alreadyon"
INCORRECT = "sound:agent-incorrect"
BEEP = "sound:beep"

FIRST_CONF_EXTEN = 8600051
LOGIN_CODE = "LOGIN"  # the pause code until the login prompt has been heard
LOST_CODE = "LOST"


def log_in(turn: Turn, event: LegArrived) -> None:
    """A phone asks to be this agent's. It hears `agent-loginok` and is seated, or hears why not and is hung up."""
    user = event.args[1] if len(event.args) > 1 else ""
    session = turn.world.sessions.get(user)
    agent = turn.world.rules.agents.get(user)
    if agent is None:
        _refuse(turn, event, INCORRECT)
    elif session and session.leg:
        since = datetime.fromtimestamp(session.started / 1e6, UTC).isoformat(timespec="seconds")
        turn.note(f"agent {user} is logged in already, on phone {session.phone} since {since}; the login is refused")
        _refuse(turn, event, ALREADY_ON)
    else:
        session = session or _new_session(turn, user, event.session)
        turn.put(
            replace(session, leg=event.leg, phone=agent.phone, campaign=agent.campaign, ingroups=agent.ingroups)
        )
        _greet(turn, event, Role.AGENT, user, LOGIN_OK)


def _refuse(turn: Turn, event: LegArrived, prompt: str) -> None:
    _greet(turn, event, Role.REFUSED, event.leg, prompt)


def _greet(turn: Turn, event: LegArrived, role: Role, owner: str, prompt: str) -> None:
    phase = Phase.UP if event.up else Phase.ARRIVED
    number = event.number[:80]
    turn.put(Leg(id=event.leg, role=role, owner=owner, number=number, created=turn.now, phase=phase, prompt=True))
    if not event.up:
        turn.do(owner, Answer(event.leg))
    turn.do(owner, Play(event.leg, prompt))


def _new_session(turn: Turn, user: str, wanted_id: str) -> Session:
    agent = turn.world.rules.agents[user]
    interval = AgentInterval(
        id=turn.new_id(),
        session=wanted_id or turn.new_id(),
        agent=user,
        state=AgentState.PAUSED,
        pause_code=LOGIN_CODE,
        call="",
        started=turn.now,
    )
    turn.put(interval)
    return Session(
        id=interval.session,
        agent=user,
        phone=agent.phone,
        campaign=agent.campaign,
        ingroups=agent.ingroups,
        conf_exten=_free_conf_exten(turn),
        leg=None,
        state=AgentState.PAUSED,
        pause_code=LOGIN_CODE,
        since=turn.now,
        interval=interval.id,
        started=turn.now,
    )


def _free_conf_exten(turn: Turn) -> str:
    taken = {session.conf_exten for session in turn.world.sessions.values()}
    number = FIRST_CONF_EXTEN
    while str(number) in taken:
        number += 1
    return str(number)


def prompt_ended(turn: Turn, leg: Leg) -> None:
    """The login prompt is over, heard or not: an agent takes his seat, a refused phone is hung up."""
    if leg.role is Role.AGENT:
        leg = turn.put(replace(leg, prompt=False))
        if session := by_leg(turn, leg):
            take_seat(turn, leg)
            if session.pause_code in (LOGIN_CODE, LOST_CODE) and session.state is AgentState.PAUSED:
                enter(turn, session, AgentState(turn.world.rules.campaign(session.campaign).login_state))
    elif not leg.hanging:
        turn.put(replace(leg, hanging=True))
        turn.do(leg.owner, Hangup(leg.id))


def by_leg(turn: Turn, leg: Leg) -> Session | None:
    """The session whose phone this leg is."""
    session = turn.world.sessions.get(leg.owner)
    return session if session and session.leg == leg.id else None


def take_seat(turn: Turn, leg: Leg) -> None:
    """The agent's leg is in no bridge: it hears silence, so that its phone gets packets."""
    if leg.seated and not leg.silent:
        turn.put(replace(leg, silent=True))
        turn.do(leg.owner, Silence(leg.id, on=True))
    if session := by_leg(turn, leg):
        offer(turn, session)


def offer(turn: Turn, session: Session) -> None:
    """Tell the floor whether this agent can take a call: READY, and his leg in its seat."""
    leg = turn.world.legs.get(session.leg or "")
    if session.state is AgentState.READY and leg and leg.seated:
        turn.world.floor.ready(session.agent, session.ingroups, session.since)
    else:
        turn.world.floor.forget_agent(session.agent)


def enter(turn: Turn, session: Session, state: AgentState, pause_code: str = "") -> Session:
    """Begin a state: the running interval ends, the next one starts."""
    if session.state is state and session.pause_code == pause_code:
        return session
    if running := turn.world.intervals.get(session.interval):
        turn.close(replace(running, ended=turn.now))
    interval = AgentInterval(
        id=turn.new_id(),
        session=session.id,
        agent=session.agent,
        state=state,
        pause_code=pause_code,
        call=session.call or (session.last_call if state is AgentState.DISPO else ""),
        started=turn.now,
    )
    turn.put(interval)
    session = replace(session, state=state, pause_code=pause_code, since=turn.now, interval=interval.id)
    session = turn.put(session)
    offer(turn, session)
    return session


def take_call(turn: Turn, user: str, call: Call) -> None:
    """The floor gave this agent a call."""
    session = turn.world.sessions[user]
    session = replace(session, call=call.id, status_asked="", by_asked="")
    enter(turn, session, AgentState.QUEUE)


def beep(turn: Turn, session: Session) -> None:
    """Whisper a beep to the agent alone: a call is there."""
    assert session.leg is not None
    leg = turn.put(Leg(id=turn.new_id(), role=Role.WHISPER, owner=session.agent, created=turn.now, made=True))
    turn.do(session.agent, Whisper(leg.id, to=session.leg))


def release(turn: Turn, user: str, *, offered_only: bool) -> None:
    """The call is over for this agent: DISPO; or, if it never reached him, the state he had."""
    session = replace(turn.world.sessions[user], last_call=turn.world.sessions[user].call or "", call=None)
    if offered_only:
        rest(turn, session)
        return
    session = enter(turn, replace(session, last_status=""), AgentState.DISPO)
    if session.status_asked:
        dispose(turn, session, session.status_asked, session.by_asked)


def rest(turn: Turn, session: Session) -> Session:
    """What follows a call and its disposition: READY, or PAUSED if that was asked or the phone is lost."""
    if session.leg is None:
        return enter(turn, replace(session, pause_asked=False), AgentState.PAUSED, LOST_CODE)
    if session.pause_asked:
        return enter(turn, replace(session, pause_asked=False), AgentState.PAUSED)
    return enter(turn, session, AgentState.READY)


def dispose(turn: Turn, session: Session, status: str, by: str) -> None:
    """Write the disposition of the call the agent has just had."""
    call = session.last_call
    turn.close(DispositionEntry(id=turn.new_id(), call=call, agent=session.agent, status=status, at=turn.now, by=by))
    if live := turn.world.calls.get(call):
        turn.put(replace(live, status=status))
    rest(turn, replace(session, status_asked="", by_asked="", last_status=status))


def leg_lost(turn: Turn, session: Session) -> None:
    """The agent's phone is gone. In a call the call decides; otherwise he is PAUSED until he logs in again."""
    session = turn.put(replace(session, leg=None))
    turn.world.floor.forget_agent(session.agent)
    if session.call is None and session.state is not AgentState.DISPO:
        enter(turn, session, AgentState.PAUSED, LOST_CODE)


def set_status(turn: Turn, session: Session, status: str, by: str) -> str:
    """A disposition code from outside: given at once in DISPO, kept during a call. Returns why not, or ""."""
    if session.call:
        turn.put(replace(session, status_asked=status, by_asked=by))
        return ""
    if session.state is AgentState.DISPO:
        dispose(turn, session, status, by)
        return ""
    if session.last_status == status:
        return ""
    if session.last_status:
        return f"the last call has the disposition {session.last_status} already"
    return "no call waits for a disposition"


def pause(turn: Turn, session: Session) -> str:
    """PAUSED at once, or after the call and its disposition. Returns why not, or ""."""
    if session.call or session.state is AgentState.DISPO:
        turn.put(replace(session, pause_asked=True))
    elif session.state is AgentState.READY:
        enter(turn, session, AgentState.PAUSED)
    return ""


def resume(turn: Turn, session: Session) -> str:
    """READY again. Returns why not, or ""."""
    if session.call or session.state is AgentState.DISPO:
        turn.put(replace(session, pause_asked=False))
        return ""
    if session.leg is None:
        return "the agent's phone is not on the line - log in again"
    enter(turn, session, AgentState.READY)
    return ""
