"""How long an agent, a call or a waiting caller may be in a state until a supervisor should look."""

from typing import NamedTuple

from warmline.core.model.call_states import AgentState, State
from warmline.core.model.shown_state import NO_PHONE, SHOWN_STATE_IN_CALL


class UrgencyLimits(NamedTuple):
    """The seconds after which a state takes long, and too long."""

    warning_seconds: int
    alarm_seconds: int


# The states of agents and calls that need attention, the most urgent one first.
URGENCY_LIMITS: dict[str, UrgencyLimits] = {
    State.WAITING: UrgencyLimits(20, 60),
    NO_PHONE: UrgencyLimits(0, 60),
    SHOWN_STATE_IN_CALL[State.RESCUE]: UrgencyLimits(0, 60),
    AgentState.DEAD: UrgencyLimits(10, 60),
    State.PARKED: UrgencyLimits(60, 180),
    SHOWN_STATE_IN_CALL[State.PARKED]: UrgencyLimits(60, 180),
    AgentState.QUEUE: UrgencyLimits(15, 30),
    AgentState.DISPO: UrgencyLimits(60, 300),
    AgentState.PAUSED: UrgencyLimits(900, 1800),
}
