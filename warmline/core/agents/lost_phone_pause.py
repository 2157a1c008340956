"""The pause of an agent whose phone is lost permanently."""

from warmline.core.agents.agent_states import RESTART_CODE, enter_state
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import LOST_PAUSE_CODE, Session
from warmline.core.world.turn import Turn


def pause_for_lost_phone(turn: Turn, session: Session, *, was_ready: bool, pause_code: str) -> None:
    """Pause an agent whose phone is lost permanently.

    The previous state is kept, because the cause may turn out to be a restart of Asterisk.
    """
    session = session.with_phone_loss(called_back=False, rescue_until=0)
    if pause_code != LOST_PAUSE_CODE:
        session = session.with_phone_loss(was_ready=was_ready or pause_code == RESTART_CODE, pause_code=pause_code)
    enter_state(turn, session, AgentState.PAUSED, pause_code=LOST_PAUSE_CODE)


def is_without_phone(turn: Turn, session: Session) -> bool:
    """Return whether the agent's phone is off the line and is not being called back."""
    is_nailed_up = session.phone_loss.called_back or not session.on_hook
    return (
        session.leg is None
        and is_nailed_up
        and not session.phone_loss.recall_until
        and session.phone_loss.rescue_until <= turn.now
    )
