"""An agent's state as people and clients read it, where the agent's own state says too little."""

from typing import TYPE_CHECKING

from warmline.core.model.call_states import State
from warmline.core.model.session import AgentState, Session

if TYPE_CHECKING:
    from warmline.core.model.call import Call

LOGGED_OUT = "LOGGED_OUT"  # the session is over
NO_PHONE = "NO PHONE"  # READY, and the phone cannot be reached: no call is offered

# What an agent in a call is shown as, where INCALL says too little.
SHOWN_IN_CALL = dict.fromkeys((State.PARKED, State.CONSULTING, State.BOTH_PARKED), "PARK") | {
    State.THREE_WAY: "3-WAY",
    State.RESCUE: "LOST",
}
# And back: the state itself of each that is shown instead.
STATE_OF = dict.fromkeys(SHOWN_IN_CALL.values(), AgentState.INCALL) | {NO_PHONE: AgentState.READY}


def shown(session: Session, live: "Call | None") -> str:
    """Return the agent's state as people read it; `live` is the call the agent is in."""
    if live and session.state is AgentState.INCALL:
        return SHOWN_IN_CALL.get(live.state, session.state)
    if session.state is AgentState.READY and session.phone_loss.away_since:
        return NO_PHONE
    return session.state
