"""The login by a command: the agent's phone is called, and answering it completes the login.

A browser phone is not called. Its page offers it, and the answer to that offer completes the login.
"""

from datetime import UTC, datetime

from warmline.core.agents import agent_states, login, logout, phone
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_command_types import Login
from warmline.core.messages.audio_messages import Play
from warmline.core.model import hangup_causes
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg
from warmline.core.model.receipt import Outcome, Receipt, get_outcome_for_cause
from warmline.core.model.session import BROWSER_PHONE, Session
from warmline.core.moment import SECOND_US
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import activity, reasons
from warmline.core.rules.configuration import Agent
from warmline.core.servers.reach import get_nailed_up_refusal
from warmline.core.world.turn import Turn
from warmline.core.world.world import World


def find_refusal(turn: Turn, user: str) -> str:
    """Return why the agent cannot log in with any phone, or ""."""
    if user not in turn.world.rules.agents:
        return reasons.LOGIN_AGENT_UNKNOWN.text(agent=user)
    if reason := activity.explain_inactive_agent(turn.world.rules, user, turn.world.rules.agents[user].campaign):
        return reason
    session = turn.world.sessions.get(user)
    return _describe_blocking_session(turn.world, session) if session else ""


def log_in(turn: Turn, receipt: Receipt, command: Login) -> str | None:
    """Log the agent in by a call to the phone, or by the offer of a browser phone. An on_hook phone needs no call.

    Return the reason for a refusal, or None.
    """
    agent = turn.world.rules.agents[receipt.agent]
    is_browser = command.phone == BROWSER_PHONE
    if not is_browser and (reason := _find_call_refusal(turn, agent)):
        return reason
    session = login.create_session(turn, receipt.agent, "")
    if is_browser:
        session = replace(session, browser=True, phone="", outside="")
    else:
        session = replace(session, on_hook=login.is_on_hook(agent))
    session = turn.put(session)
    if session.on_hook:
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        _enter_login_state(turn, session)
        return None
    rescue_until_us = turn.now + phone.RING_SECONDS * SECOND_US if is_browser else 0
    session = replace(
        session.with_phone_loss(called_back=True, rescue_until=rescue_until_us),
        login=receipt.id,
    )
    phone.ring_phone(turn, session, seconds=phone.RING_SECONDS, caller="", order_key=session.agent)
    receipts.record_step(turn, receipt.id, "begun" if is_browser else "dialling")
    receipts.answer_sender(turn, receipt.id)
    return None


def _find_call_refusal(turn: Turn, agent: Agent) -> str:
    """Return why the agent's phone cannot be called for a login, or ""."""
    if agent.outside_number:
        return ""
    if not agent.phone:
        return reasons.AGENT_WITHOUT_PHONE.text(agent=agent.id)
    other_user = next(iter(turn.world.session_index.list_phone_agents(agent.phone)), "")
    if other_user:
        return _describe_blocking_session(turn.world, turn.world.sessions[other_user])
    return get_nailed_up_refusal(turn.world, agent)


def _describe_blocking_session(world: World, session: Session) -> str:
    """Return a refusal that names the session in the way and its start."""
    started_text = datetime.fromtimestamp(world.machine_time(session.started) / 1e6, UTC).isoformat(timespec="seconds")
    return reasons.LOGGED_IN_ALREADY.text(agent=session.agent, phone=session.phone_name, since=started_text)


def handle_answer(turn: Turn, session: Session, leg: Leg) -> None:
    """Play `agent-loginok` to a phone that was answered. The end of the prompt completes the login."""
    receipts.finish(turn, session.login, Outcome.COMPLETED)
    agent_states.set_phone_away(turn, turn.put(replace(session.with_phone_loss(called_back=False), login="")), 0)
    turn.put(replace(leg, prompt=True))
    turn.do(session.agent, Play(leg.id, login.LOGIN_OK_SOUND, login.to_playback_id(leg.id)))


def handle_no_answer(turn: Turn, session: Session, cause: int) -> None:
    """End a login whose phone was not answered or could not be called."""
    outcome, reason = get_outcome_for_cause(cause)
    receipts.finish(turn, session.login, outcome, cause=reason)
    logout.log_out(turn, replace(session, login=""))


def wait_for_page(turn: Turn, session: Session) -> None:
    """End a login whose browser phone was not offered in time, or set a timer for that."""
    if not session.login or not session.browser or session.leg is not None:
        return
    if session.phone_loss.rescue_until <= turn.now:
        handle_no_answer(turn, session, hangup_causes.NO_ANSWER)
    else:
        turn.wake(session.phone_loss.rescue_until, TimerKind.SESSION, session.agent)


def _enter_login_state(turn: Turn, session: Session) -> None:
    agent_states.enter_state(turn, session, AgentState(turn.world.rules.campaign(session.campaign).login_state))
