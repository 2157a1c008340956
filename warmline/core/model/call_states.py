"""The states of a call and of its agent, and the place of each leg in a state (`LAYOUT`).

Rows follow "States" in docs/reference/generated/call-states.md. The states that follow are in transition_tables.py.
"""

from enum import StrEnum
from typing import NamedTuple


class Direction(StrEnum):
    IN = "in"  # the customer has called
    OUT = "out"  # the customer is dialled


class Origin(StrEnum):
    """The party that began a call."""

    CALLER = "caller"
    AGENT = "agent"  # an agent dialled the number
    CALLBACK = "callback"  # an agent dialled the customer of a callback
    DIALLER = "dialler"  # the dialler dialled a lead
    ADOPTED = "adopted"  # Asterisk's dialplan connected it, and Warmline took it over


class State(StrEnum):
    WAITING = "waiting"
    RINGING_AGENT = "ringing_agent"
    DIALING_OUT = "dialing_out"
    CALLING = "calling"
    ANSWERED = "answered"
    TALKING = "talking"
    PARKED = "parked"
    DIALING = "dialing"
    THREE_WAY = "three_way"
    CONSULTING = "consulting"
    THIRD_PARKED = "third_parked"
    BOTH_PARKED = "both_parked"
    CUSTOMER_GONE = "customer_gone"
    LEFT_RINGING = "left_ringing"
    BLIND = "blind"
    MACHINE = "machine"
    MESSAGE = "message"
    RESCUE = "rescue"
    HANDED_OFF = "handed_off"
    ENDED = "ended"


class AgentState(StrEnum):
    READY = "READY"
    QUEUE = "QUEUE"
    INCALL = "INCALL"
    DEAD = "DEAD"
    DISPO = "DISPO"
    PAUSED = "PAUSED"


class LegBridge(StrEnum):
    MIXING = "room"
    HOLDING = "spot"
    AS_RECORDED = "as_is"  # the place in the call's record
    NO_BRIDGE = "alone"  # in no bridge


class Layout(NamedTuple):
    """The place of each leg (None: not in the call), and the state of the agent."""

    customer: LegBridge | None
    agent: LegBridge | None
    third: LegBridge | None
    agent_state: AgentState


_MIXING, _HOLDING, _AS_RECORDED = LegBridge.MIXING, LegBridge.HOLDING, LegBridge.AS_RECORDED
_ALONE = Layout(LegBridge.NO_BRIDGE, None, None, agent_state=AgentState.DISPO)

LAYOUT: dict[State, Layout] = {
    State.WAITING: Layout(_HOLDING, None, None, agent_state=AgentState.DISPO),
    State.RINGING_AGENT: Layout(_AS_RECORDED, _MIXING, None, agent_state=AgentState.QUEUE),
    State.DIALING_OUT: Layout(_MIXING, _MIXING, None, agent_state=AgentState.QUEUE),
    State.CALLING: _ALONE,
    State.ANSWERED: _ALONE,
    State.TALKING: Layout(_MIXING, _MIXING, None, agent_state=AgentState.INCALL),
    State.PARKED: Layout(_HOLDING, _MIXING, None, agent_state=AgentState.INCALL),
    State.DIALING: Layout(_AS_RECORDED, _MIXING, _MIXING, agent_state=AgentState.INCALL),
    State.THREE_WAY: Layout(_MIXING, _MIXING, _MIXING, agent_state=AgentState.INCALL),
    State.CONSULTING: Layout(_HOLDING, _MIXING, _MIXING, agent_state=AgentState.INCALL),
    State.THIRD_PARKED: Layout(_MIXING, _MIXING, _HOLDING, agent_state=AgentState.INCALL),
    State.BOTH_PARKED: Layout(_HOLDING, _MIXING, _HOLDING, agent_state=AgentState.INCALL),
    State.CUSTOMER_GONE: Layout(None, _MIXING, _AS_RECORDED, agent_state=AgentState.DEAD),
    State.LEFT_RINGING: Layout(_MIXING, None, _MIXING, agent_state=AgentState.DISPO),
    State.BLIND: Layout(_MIXING, None, _MIXING, agent_state=AgentState.DISPO),
    State.MACHINE: _ALONE,
    State.MESSAGE: Layout(_HOLDING, None, None, agent_state=AgentState.DISPO),
    State.RESCUE: Layout(_HOLDING, _MIXING, _AS_RECORDED, agent_state=AgentState.INCALL),
    State.HANDED_OFF: Layout(_MIXING, None, _MIXING, agent_state=AgentState.DISPO),
    State.ENDED: Layout(None, None, None, agent_state=AgentState.DISPO),
}
