"""The login by a command: the agent's phone is called, and answering it completes the login.

A browser phone is not called. Its page offers it, and the answer to that offer completes the login.
"""

from datetime import UTC, datetime

from warmline.core.agents import agent_states, login, logout, phone
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_command_types import Login
from warmline.core.messages.audio_messages import Play
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg
from warmline.core.model.receipt import Outcome, Receipt, get_outcome_for_cause
from warmline.core.model.session import BROWSER_PHONE, Session
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import activity, reasons
from warmline.core.rules.configuration import Agent
from warmline.core.servers.reach import get_nailed_up_refusal
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

NO_ANSWER_CAUSE = 19  # the cause "no answer" of Q.850


def find_refusal(turn: Turn, user: str) -> str:
    """Return why the agent cannot log in with any phone, or ""."""
    if user not in turn.world.rules.agents:
        return reasons.LOGIN_AGENT_UNKNOWN.text(agent=user)
    if why := activity.explain_inactive_agent(turn.world.rules, user, turn.world.rules.agents[user].campaign):
        return why
    session = turn.world.sessions.get(user)
    return _taken_by(turn.world, session) if session else ""


def log_in(turn: Turn, receipt: Receipt, command: Login) -> str | None:
    """Log the agent in by a call to the phone, or by the offer of a browser phone. An on_hook phone needs no call.

    Return the reason for a refusal, or None.
    """
    known = turn.world.rules.agents[receipt.agent]
    browser = command.phone == BROWSER_PHONE
    if not browser and (why := _why_no_call(turn, known)):
        return why
    session = login.create_session(turn, receipt.agent, "")
    if browser:
        session = replace(session, browser=True, phone="", outside="")
    else:
        session = replace(session, on_hook=login.is_on_hook(known))
    session = turn.put(session)
    if session.on_hook:
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        _take_seat(turn, session)
        return None
    until = turn.now + phone.RING_SECONDS * phone.SECOND_US if browser else 0
    loss = replace(session.phone_loss, called_back=True, rescue_until=until)
    phone.ring_phone(turn, replace(session, login=receipt.id, phone_loss=loss), phone.RING_SECONDS, "", session.agent)
    receipts.record_step(turn, receipt.id, "begun" if browser else "dialling")
    receipts.answer_sender(turn, receipt.id)
    return None


def _why_no_call(turn: Turn, known: Agent) -> str:
    """Return why the agent's phone cannot be called for a login, or ""."""
    if known.outside_number:
        return ""
    if not known.phone:
        return reasons.AGENT_WITHOUT_PHONE.text(agent=known.id)
    other = next(iter(turn.world.session_index.list_phone_agents(known.phone)), "")
    return _taken_by(turn.world, turn.world.sessions[other]) if other else get_nailed_up_refusal(turn.world, known)


def _taken_by(world: World, session: Session) -> str:
    """Return a refusal that names the session in the way and its start."""
    since = datetime.fromtimestamp(world.machine_time(session.started) / 1e6, UTC).isoformat(timespec="seconds")
    return reasons.LOGGED_IN_ALREADY.text(agent=session.agent, phone=session.phone_name, since=since)


def handle_answer(turn: Turn, session: Session, leg: Leg) -> None:
    """Play `agent-loginok` to a phone that was answered. The end of the prompt completes the login."""
    receipts.finish(turn, session.login, Outcome.COMPLETED)
    agent_states.set_phone_away(turn, turn.put(replace(session.with_phone_loss(called_back=False), login="")), 0)
    turn.put(replace(leg, prompt=True))
    turn.do(session.agent, Play(leg.id, login.LOGIN_OK_SOUND, login.to_playback_id(leg.id)))


def handle_no_answer(turn: Turn, session: Session, cause: int) -> None:
    """End a login whose phone was not answered or could not be called."""
    outcome, why = get_outcome_for_cause(cause)
    receipts.finish(turn, session.login, outcome, why)
    logout.log_out(turn, replace(session, login=""))


def wait_for_page(turn: Turn, session: Session) -> None:
    """End a login whose browser phone was not offered in time, or set a timer for that."""
    if not session.login or not session.browser or session.leg is not None:
        return
    if session.phone_loss.rescue_until <= turn.now:
        handle_no_answer(turn, session, NO_ANSWER_CAUSE)
    else:
        turn.wake(session.phone_loss.rescue_until, TimerKind.SESSION, session.agent)


def _take_seat(turn: Turn, session: Session) -> None:
    agent_states.enter_state(turn, session, AgentState(turn.world.rules.campaign(session.campaign).login_state))
