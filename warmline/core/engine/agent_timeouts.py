"""The end of an agent's state by a time limit."""

from warmline.core.agents import agent_disposition, agent_states, agent_time_limits, logout, wrap_up
from warmline.core.calls.call_transitions import transition
from warmline.core.commands import command_dispatch, next_lead
from warmline.core.messages.commands import Ask
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import LONG_LOSS_CODE, LONG_PAUSE_CODE, Session
from warmline.core.model.transition_tables import Trigger
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

NO_DISPOSITION_CODE, DEAD_CALL_CODE = "DISMX", "DCMX"


def end_overdue_state(turn: Turn, session: Session) -> None:
    """Note that a pause is overdue, and end the session's state if its time is over. Its cause may be over."""
    pause_limit_us = agent_time_limits.find_pause_limit_us(session, turn.world.rules)
    if pause_limit_us is not None and pause_limit_us <= turn.now and not session.overdue:
        session = turn.put(replace(session, overdue=True))
    campaign = turn.world.rules.campaign(session.campaign)
    state_end_us = agent_time_limits.find_state_end_us(session, turn.world.rules)
    if state_end_us is None or state_end_us > turn.now:
        return
    if agent_time_limits.is_wrapping_up(session):
        wrap_up.enter_state_after_call(turn, session)
    elif session.state is AgentState.DISPO:
        disposition_source = (
            "lost_max"
            if state_end_us == agent_time_limits.find_lost_phone_logout_us(session, campaign)
            else "dispo_max"
        )
        continues = disposition_source == "dispo_max" and campaign.dispo_max_action == "NEXT"
        agent_disposition.dispose_call(
            turn,
            session if continues else _pause_after_call(session, NO_DISPOSITION_CODE),
            NO_DISPOSITION_CODE,
            author=disposition_source,
        )
    elif session.state is AgentState.DEAD:
        _end_dead_call(turn, session)
    elif session.state is AgentState.PAUSED:
        code = (
            LONG_LOSS_CODE
            if state_end_us == agent_time_limits.find_lost_phone_logout_us(session, campaign)
            else LONG_PAUSE_CODE
        )
        logout.log_out(turn, agent_states.enter_state(turn, session, AgentState.PAUSED, pause_code=code))


def end_overdue_preview(turn: Turn, session: Session) -> None:
    """Skip or dial the previewed lead if its time is over."""
    if command := next_lead.handle_expiry(turn, session):
        command_dispatch.dispatch(turn, Ask(turn.new_id(), command, by="preview_seconds", source="timer"))


def _pause_after_call(session: Session, code: str) -> Session:
    """Return the session with a pause after the call, because the agent did not react; `code` is the default."""
    return session.with_after_call(pause=True, pause_code=session.after_call.pause_code or code)


def _end_dead_call(turn: Turn, session: Session) -> None:
    """End a call after `dead_max`. The code is the one that the agent sent, else DCMX."""
    call = turn.world.calls.get(session.call or "")
    if call is None or call.state is not State.CUSTOMER_GONE:
        return
    session = _pause_after_call(session, DEAD_CALL_CODE)
    if not session.after_call.status:
        session = session.with_after_call(status=DEAD_CALL_CODE, by="dead_max")
    turn.put(session)
    transition(turn, turn.put(call.with_outcome(ended_by="customer")), Trigger.CUSTOMER_GONE_TIMEOUT)
