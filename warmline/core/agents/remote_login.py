"""The login by a command: the agent's phone is called, and answering it completes the login."""

from datetime import UTC, datetime

from warmline.core.agents import agent, login, phone
from warmline.core.model.actions import Play
from warmline.core.model.agent_command_types import Login
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg
from warmline.core.model.receipt import Outcome, Receipt, outcome_of
from warmline.core.model.replace import replace
from warmline.core.model.session import Session
from warmline.core.rules import activity, reasons
from warmline.core.state import receipts
from warmline.core.state.world import Turn


def why_not(turn: Turn, user: str) -> str:
    """Return why the agent cannot log in by a call to the phone, or ""."""
    known = turn.world.rules.agents.get(user)
    return _taken(turn, user, known.phone) if known else reasons.LOGIN_AGENT_UNKNOWN.text(agent=user)


def log_in(turn: Turn, receipt: Receipt, _command: Login) -> None:
    """Log the agent in by a call to the phone. An on_hook phone needs no call."""
    known = turn.world.rules.agents[receipt.agent]
    session = turn.put(replace(login.new_session(turn, receipt.agent, ""), on_hook=known.phone_mode == "on_hook"))
    if session.on_hook:
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        _take_seat(turn, session)
        return
    session = turn.put(replace(session, login=receipt.id, phone_loss=replace(session.phone_loss, called_back=True)))
    phone.ring(turn, session, phone.RING_SECONDS, "", session.agent)
    receipts.step(turn, receipt.id, "dialling")
    receipts.tell(turn, receipt.id)


def _taken(turn: Turn, user: str, line: str) -> str:
    """Return why this agent or phone cannot log in, or "". The reason names the session in the way and its start."""
    if why := activity.why_not(turn.world.rules, user, turn.world.rules.agents[user].campaign):
        return why
    sessions = turn.world.sessions
    there = sessions.get(user) or next((sessions[one] for one in turn.world.session_index.on_phone(line)), None)
    if there is None:
        return "" if line else reasons.AGENT_WITHOUT_PHONE.text(agent=user)
    since = datetime.fromtimestamp(there.started / 1e6, UTC).isoformat(timespec="seconds")
    return reasons.LOGGED_IN_ALREADY.text(agent=there.agent, phone=there.phone, since=since)


def answered(turn: Turn, session: Session, leg: Leg) -> None:
    """Play `agent-loginok` to a phone that was answered. The end of the prompt completes the login."""
    receipts.finish(turn, session.login, Outcome.COMPLETED)
    agent.set_phone_away(
        turn, turn.put(replace(session, login="", phone_loss=replace(session.phone_loss, called_back=False))), 0
    )
    turn.put(replace(leg, prompt=True))
    turn.do(session.agent, Play(leg.id, login.LOGIN_OK, login.play_id(leg.id)))


def not_answered(turn: Turn, session: Session, cause: int) -> None:
    """End a login whose phone was not answered or could not be called."""
    outcome, why = outcome_of(cause)
    receipts.finish(turn, session.login, outcome, why)
    agent.log_out(turn, replace(session, login=""))


def _take_seat(turn: Turn, session: Session) -> None:
    agent.enter(turn, session, AgentState(turn.world.rules.campaign(session.campaign).login_state))
