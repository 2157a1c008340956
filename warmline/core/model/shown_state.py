"""An agent's state as people and clients see it."""

from typing import TYPE_CHECKING

from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import Session

if TYPE_CHECKING:
    from warmline.core.model.call import Call

LOGGED_OUT = "LOGGED_OUT"  # the session is over
NO_PHONE = "NO PHONE"  # READY, and the phone cannot be reached: no call is offered

# The shown state of an agent in a call, if it differs from INCALL.
SHOWN_STATE_IN_CALL = dict.fromkeys((State.PARKED, State.CONSULTING, State.BOTH_PARKED), "PARK") | {
    State.THREE_WAY: "3-WAY",
    State.RESCUE: "LOST",
}
# The agent's own state for each shown state.
STATE_BY_SHOWN_STATE = dict.fromkeys(SHOWN_STATE_IN_CALL.values(), AgentState.INCALL) | {NO_PHONE: AgentState.READY}


def to_shown_state(session: Session, call: "Call | None") -> str:
    """Return the agent's state as people see it; `call` is the agent's current call, or None."""
    if call and session.state is AgentState.INCALL:
        return SHOWN_STATE_IN_CALL.get(call.state, session.state)
    if session.state is AgentState.READY and session.phone_loss.away_since:
        return NO_PHONE
    return session.state
