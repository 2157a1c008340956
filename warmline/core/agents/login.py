"""The login from an agent's phone."""

from datetime import UTC, datetime

from warmline.core.agents import agent_states, agent_time_limits
from warmline.core.messages.audio_messages import Play
from warmline.core.messages.leg_messages import AnswerLeg, HangUpLeg, LegArrived
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import LOST_PAUSE_CODE, AgentInterval, Session
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import activity, reasons
from warmline.core.rules.configuration import Agent
from warmline.core.servers.reach import get_nailed_up_refusal
from warmline.core.world.turn import Turn

LOGIN_OK_SOUND = "sound:agent-loginok"
ALREADY_ON_SOUND = "sound:agent-alreadyon"
INCORRECT_SOUND = "sound:agent-incorrect"

LOGIN_CODE = "LOGIN"  # the pause code until the login prompt has been heard


def log_in(turn: Turn, event: LegArrived) -> None:
    """Log in the agent of a phone. It hears `agent-loginok` and stays, or hears the reason and is hung up."""
    user = event.args[1] if len(event.args) > 1 else ""
    session = turn.world.sessions.get(user)
    agent = turn.world.rules.agents.get(user)
    if agent is None:
        refuse_leg(turn, event)
    elif reason := _find_refusal(turn, agent, session):
        turn.note(f"{reason}; the login is refused")
        refuse_leg(turn, event)
    elif session and (call_server := _find_call_server(turn, session, event)):
        turn.note(
            f"agent {user} is in a call on server {call_server}, which calls the phone; leg {event.leg} is hung up"
        )
        turn.do(event.leg, HangUpLeg(event.leg, server=event.server))
    elif blocking_session := _find_blocking_session(turn, agent, session):
        started_us = turn.world.machine_time(blocking_session.started)
        started_text = datetime.fromtimestamp(started_us / 1e6, UTC).isoformat(timespec="seconds")
        reason = reasons.LOGGED_IN_ALREADY.text(
            agent=blocking_session.agent, phone=blocking_session.phone_name, since=started_text
        )
        turn.note(f"{reason}; the login is refused")
        _greet(turn, event, Role.REFUSED, owner=event.leg, prompt=ALREADY_ON_SOUND)
    else:
        if session is None:
            session = create_session(turn, user, event.session)
        else:
            session = release_phone(turn, session, answered_elsewhere=True)
        receipts.finish(turn, session.login, Outcome.ABANDONED, cause=reasons.LOGIN_BY_PHONE.text())
        session = turn.put(
            replace(
                session.with_phone_loss(recall_until=0, page_away_since=0),
                login="",
                leg=event.leg,
                phone="" if agent.outside_number else agent.phone,
                outside=agent.outside_number,
                campaign=agent.campaign,
                calls=session.calls if session.campaign == agent.campaign else 0,
                ingroups=agent.ingroups,
                on_hook=is_on_hook(agent),
                browser=False,
            )
        )
        agent_states.set_phone_away(turn, session, 0)
        _greet(turn, event, Role.AGENT, owner=user, prompt=LOGIN_OK_SOUND)


def is_on_hook(agent: Agent) -> bool:
    """Return whether the agent's phone rings for each call. A number outside always does."""
    return agent.phone_mode == "on_hook" or agent.outside_number != ""


def _find_refusal(turn: Turn, agent: Agent, session: Session | None) -> str:
    """Return why this phone cannot log in, or ""."""
    inactive_reason = "" if session else activity.explain_inactive_agent(turn.world.rules, agent.id, agent.campaign)
    return inactive_reason or get_nailed_up_refusal(turn.world, agent)


def refuse_leg(turn: Turn, event: LegArrived) -> None:
    """Let a phone hear that it may not do this, and hang it up."""
    _greet(turn, event, Role.REFUSED, owner=event.leg, prompt=INCORRECT_SOUND)


def _find_call_server(turn: Turn, session: Session, event: LegArrived) -> str:
    """Return the server of the call of an agent without a line, if it is not that of the new leg; else ""."""
    call = turn.world.calls.get(session.call or "")
    is_line_lost = call is not None and session.leg is None and not session.on_hook
    return call.server if call and is_line_lost and call.server != event.server else ""


def _find_blocking_session(turn: Turn, agent: Agent, session: Session | None) -> Session | None:
    """Return the session that prevents the login: another agent's on this phone, or the agent's own session.

    The agent's own session does not prevent it if it has no call, and has another phone or none on the line. The
    session then moves to the new phone.
    """
    other_users = (user for user in turn.world.session_index.list_phone_agents(agent.phone) if user != agent.id)
    if other_user := next(other_users, None):
        return turn.world.sessions[other_user]
    if session is None or not (session.leg or session.on_hook):
        return None
    is_on_same_phone = session.phone == agent.phone and not session.phone_loss.called_back
    return session if session.call or session.login or is_on_same_phone else None


def release_phone(turn: Turn, session: Session, *, answered_elsewhere: bool = False) -> Session:
    """Release the phone of the session. `answered_elsewhere`: the agent is on another one."""
    agent_states.hang_up_phone(turn, session, answered_elsewhere=answered_elsewhere)
    turn.world.matcher.forget_agent(session.agent)
    return replace(session.with_phone_loss(called_back=False, rescue_until=0), leg=None)


def _greet(turn: Turn, event: LegArrived, role: Role, *, owner: str, prompt: str) -> None:
    phase = Phase.UP if event.up else Phase.ARRIVED
    turn.put(
        Leg(
            id=event.leg,
            role=role,
            owner=owner,
            server=event.server,
            number=event.number[:80],
            created=turn.now,
            phase=phase,
            prompt=True,
        )
    )
    if not event.up:
        turn.do(owner, AnswerLeg(event.leg))
    turn.do(owner, Play(event.leg, prompt, to_playback_id(event.leg)))


def to_playback_id(leg: str) -> str:
    """Return the playback id of a login prompt."""
    return f"login-{leg}"


def create_session(turn: Turn, user: str, session_id: str) -> Session:
    """Return a session that begins now, PAUSED until the login prompt is over, with the given id or a new one."""
    agent = turn.world.rules.agents[user]
    interval = AgentInterval(
        id=turn.new_id(),
        session=session_id or turn.new_id(),
        agent=user,
        state=AgentState.PAUSED,
        pause_code=LOGIN_CODE,
        call="",
        started=turn.now,
    )
    turn.put(interval)
    session = Session(
        id=interval.session,
        agent=user,
        phone="" if agent.outside_number else agent.phone,
        outside=agent.outside_number,
        campaign=agent.campaign,
        ingroups=agent.ingroups,
        conf_exten=turn.world.session_index.find_free_conf_exten(),
        leg=None,
        state=AgentState.PAUSED,
        pause_code=LOGIN_CODE,
        since=turn.now,
        interval=interval.id,
        started=turn.now,
    )
    agent_time_limits.set_timers(turn, session)
    return session


def handle_prompt_end(turn: Turn, leg: Leg) -> None:
    """Handle the end of the login prompt. An agent is ready for calls; a refused or on_hook phone is hung up."""
    leg = turn.put(replace(leg, prompt=False))
    session = agent_states.find_session_by_leg(turn, leg)
    if session is None or session.on_hook:
        if not leg.hangup_requested:
            turn.put(replace(leg, hangup_requested=True))
            turn.do(leg.owner, HangUpLeg(leg.id))
        if session is None:
            return
        session = turn.put(replace(session, leg=None))
        agent_states.update_availability(turn, session)
    else:
        agent_states.make_idle(turn, leg)
        turn.touch(session.call)  # a call dialled during the prompt waits for the agent
    if session.state is not AgentState.PAUSED:
        return
    if session.pause_code in (LOGIN_CODE, LOST_PAUSE_CODE):
        agent_states.enter_state(turn, session, AgentState(turn.world.rules.campaign(session.campaign).login_state))
    elif session.pause_code == agent_states.RESTART_CODE:
        agent_states.enter_state(turn, session, AgentState.READY)
