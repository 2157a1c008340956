"""The facts that a session keeps of a call when the agent's part of it ends."""

from warmline.core.model.call_states import AgentState
from warmline.core.model.replace import replace
from warmline.core.model.session import LastCall, Session
from warmline.core.state.world import Turn


def of(turn: Turn, session: Session) -> LastCall:
    """Return the agent's call as the last one, which has no disposition yet."""
    call = turn.world.calls.get(session.call or "")
    length = 0
    if call and call.outcome.connected is not None and session.state is not AgentState.QUEUE:
        length = turn.now - max(call.outcome.connected, session.talk_times.call_started)
    return replace(
        session.last,
        call=session.call or "",
        status="",
        notes="",
        length=length,
        ended_by=call.outcome.ended_by if call else "",
    )
