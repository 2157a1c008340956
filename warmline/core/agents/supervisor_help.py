"""The help that an agent asks for in a call. It ends when a supervisor joins, by a command, and with the call."""

from warmline.core.model.session import HelpRequest, Session
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def find_refusal(_turn: Turn, session: Session) -> str:
    """Return why the agent cannot ask for help, or ""."""
    return "" if session.call else reasons.AGENT_WITHOUT_CALL.text()


def find_end_refusal(_turn: Turn, session: Session) -> str:
    """Return why a request for help cannot be taken back, or ""."""
    return "" if session.help_since else reasons.HELP_NOT_ASKED.text()


def request_help(turn: Turn, session: Session) -> str:
    """Ask for help in this call. A second request changes nothing, not even the time of the first."""
    if not session.help_since:
        turn.put(replace(session, help=HelpRequest(call=session.call or "", since=turn.now)))
    return ""


def end_help(turn: Turn, user: str) -> str:
    """Take back the request: the agent does, or a supervisor joins the call."""
    session = turn.world.sessions.get(user)
    if session and session.help_since:
        turn.put(replace(session, help=HelpRequest()))
    return ""
