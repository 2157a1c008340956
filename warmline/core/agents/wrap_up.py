"""The end of the wrap-up, and the state after it: logged out, PAUSED or READY."""

from warmline.core.agents import agent_time_limits
from warmline.core.agents.agent_states import RESTART_CODE, enter_state
from warmline.core.agents.logout import log_out
from warmline.core.agents.lost_phone_pause import is_without_phone, pause_for_lost_phone
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.world.turn import Turn


def enter_state_after_call(turn: Turn, session: Session) -> None:
    """Enter the state after a call and its disposition: logged out, PAUSED or READY. A lost phone leads to PAUSED."""
    if session.after_call.logout:
        log_out(turn, session)
    elif session.phone_loss.recall_until and not session.after_call.pause:
        enter_state(turn, session, AgentState.PAUSED, pause_code=RESTART_CODE)
    elif is_without_phone(turn, session):
        after_call = session.after_call
        session = session.with_after_call(pause=False, pause_code="")
        pause_for_lost_phone(turn, session, was_ready=not after_call.pause, pause_code=after_call.pause_code)
    elif session.after_call.pause:
        pause_code = session.after_call.pause_code
        enter_state(turn, session.with_after_call(pause=False, pause_code=""), AgentState.PAUSED, pause_code=pause_code)
    else:
        enter_state(turn, session, AgentState.READY)


def end_wrap_up_early(turn: Turn, session: Session) -> None:
    """End the wrap-up early, because the agent has given the code and chosen the next state."""
    if agent_time_limits.is_wrapping_up(session):
        enter_state_after_call(turn, session)
