"""Pause, resume and logout as an agent requests them: immediately, or after the call and its disposition."""

from warmline.core.agents.agent_states import RESTART_CODE, enter_state
from warmline.core.agents.logout import log_out
from warmline.core.agents.wrap_up import end_wrap_up_early
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.rules import activity, reasons
from warmline.core.world.turn import Turn


def pause_agent(turn: Turn, session: Session, code: str = "") -> str:
    """Pause the agent immediately, or after the call and its disposition. Return "": a pause is never refused.

    A READY agent who is kept for a lead that rings pauses after the ring, or after the call with the lead.
    """
    if session.call or session.state is AgentState.DISPO or _is_kept_for_lead(turn, session):
        session = turn.put(session.with_after_call(pause=True, pause_code=code or session.after_call.pause_code))
        end_wrap_up_early(turn, session)
    elif session.state is AgentState.READY or code or session.pause_code == RESTART_CODE:
        enter_state(turn, session, AgentState.PAUSED, pause_code=code)
    return ""


def _is_kept_for_lead(turn: Turn, session: Session) -> bool:
    if session.state is not AgentState.READY or not turn.world.lead_calls.has_calls_without_agent:
        return False
    from warmline.core.agents import ring_hold  # not loaded in a call centre without a dialler

    return ring_hold.is_kept(turn.world, turn.now, session.agent)


def find_resume_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot be READY, now or after the call, or ""."""
    if session.call or session.state is AgentState.DISPO:
        return ""
    if session.leg is None and not session.on_hook and session.phone_loss.rescue_until <= turn.now:
        return reasons.LOGIN_NEEDED.text()
    return activity.explain_inactive_agent(turn.world.rules, session.agent, session.campaign)


def resume_agent(turn: Turn, session: Session) -> str:
    """Make the agent READY, now or after the call and its disposition. Return "": `find_resume_refusal` has refused."""
    if session.call or session.state is AgentState.DISPO:
        session = turn.put(session.with_after_call(pause=False, pause_code=""))
        end_wrap_up_early(turn, session)
    else:
        after_call = replace(session.after_call, pause=False, pause_code="")
        enter_state(turn, replace(session, missed=0, previewed=None, after_call=after_call), AgentState.READY)
    return ""


def request_logout(turn: Turn, session: Session) -> str:
    """Log the agent out immediately, or after the call and its disposition. Return "": a logout is never refused."""
    if session.call or session.state is AgentState.DISPO:
        session = turn.put(session.with_after_call(logout=True))
        end_wrap_up_early(turn, session)
    else:
        log_out(turn, session)
    return ""
