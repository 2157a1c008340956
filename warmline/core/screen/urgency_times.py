"""How long an agent, a call or a waiting caller may be in a state until a supervisor should look."""

from typing import NamedTuple

from warmline.core.model.call_states import AgentState, State
from warmline.core.model.shown_state import NO_PHONE, SHOWN_IN_CALL


class Patience(NamedTuple):
    """The seconds after which a state takes long, and too long."""

    long: int
    too_long: int


# The states of agents and calls that need attention, the most urgent one first.
PATIENCE: dict[str, Patience] = {
    State.WAITING: Patience(20, 60),
    NO_PHONE: Patience(0, 60),
    SHOWN_IN_CALL[State.RESCUE]: Patience(0, 60),
    AgentState.DEAD: Patience(10, 60),
    State.PARKED: Patience(60, 180),
    SHOWN_IN_CALL[State.PARKED]: Patience(60, 180),
    AgentState.QUEUE: Patience(15, 30),
    AgentState.DISPO: Patience(60, 300),
    AgentState.PAUSED: Patience(900, 1800),
}
