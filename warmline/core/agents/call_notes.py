"""The notes that an agent types during a call, kept until the call's disposition takes them."""

from warmline.core.messages.agent_command_types import KeepNotes
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def find_refusal(_turn: Turn, session: Session) -> str:
    """Return why no call of the agent takes notes now, or ""."""
    if not session.call and session.state is not AgentState.DISPO:
        return reasons.DISPOSITION_WITHOUT_CALL.text()
    return reasons.DISPOSITION_SET.text(status=session.last.status) if not session.call and session.last.status else ""


def keep_notes(turn: Turn, session: Session, command: KeepNotes) -> str:
    """Keep the notes of the agent's call, or of the last one until its disposition. Return why not, or ""."""
    if command.call not in ("", session.call or session.last.call):
        return reasons.DISPOSITION_TOO_LATE.text(agent=session.agent)
    turn.put(session.with_after_call(draft=command.notes))
    return ""
