"""Everything that moves a call from one state to another is in this file: three tables.

`LAYOUT` says where each leg belongs in a state, `EVENTS` and `COMMANDS` which state follows. The rest of the core
only brings the legs to where the table wants them. Rows follow "A call's states" in docs/behaviour.md.
"""

from enum import StrEnum
from typing import NamedTuple

from warmline.core.commands import Kind
from warmline.core.session import AgentState


class State(StrEnum):
    WAITING = "waiting"
    RINGING_AGENT = "ringing_agent"
    TALKING = "talking"
    DIALING = "dialing"
    THREE_WAY = "three_way"
    CUSTOMER_GONE = "customer_gone"
    HANDED_OFF = "handed_off"
    ENDED = "ended"


class Place(StrEnum):
    ROOM = "room"
    SPOT = "spot"


class Layout(NamedTuple):
    """Where the legs belong, None for not in the call; and the state its agent is in."""

    customer: Place | None
    agent: Place | None
    third: Place | None
    agent_state: AgentState


_R, _S = Place.ROOM, Place.SPOT

LAYOUT: dict[State, Layout] = {
    State.WAITING: Layout(_S, None, None, AgentState.DISPO),
    State.RINGING_AGENT: Layout(_R, _R, None, AgentState.QUEUE),
    State.TALKING: Layout(_R, _R, None, AgentState.INCALL),
    State.DIALING: Layout(_R, _R, _R, AgentState.INCALL),
    State.THREE_WAY: Layout(_R, _R, _R, AgentState.INCALL),
    State.CUSTOMER_GONE: Layout(None, _R, _R, AgentState.DEAD),
    State.HANDED_OFF: Layout(_R, None, _R, AgentState.DISPO),
    State.ENDED: Layout(None, None, None, AgentState.DISPO),
}


class Trigger(StrEnum):
    """What can happen to a call, told apart from the many events that say so."""

    MATCHED = "matched"  # the floor found an agent
    CONNECTED = "connected"  # agent and customer are both in the room
    THIRD_ANSWERED = "third_answered"
    CUSTOMER_LOST = "customer_lost"
    AGENT_LOST = "agent_lost"  # the agent's leg is gone, nobody asked for it
    THIRD_LOST = "third_lost"
    DROP_TIME = "drop_time"  # drop_call_seconds are over


def _row(
    *,
    waiting: State | None = None,
    ringing_agent: State | None = None,
    talking: State | None = None,
    dialing: State | None = None,
    three_way: State | None = None,
    customer_gone: State | None = None,
    handed_off: State | None = None,
    ended: State | None = None,
) -> dict[State, State | None]:
    cells = (waiting, ringing_agent, talking, dialing, three_way, customer_gone, handed_off, ended)
    return dict(zip(State, cells, strict=True))


# The state that follows an event; None: the call stays where it is.
EVENTS: dict[Trigger, dict[State, State | None]] = {
    Trigger.MATCHED: _row(waiting=State.RINGING_AGENT),
    Trigger.CONNECTED: _row(ringing_agent=State.TALKING),
    Trigger.THIRD_ANSWERED: _row(dialing=State.THREE_WAY),
    Trigger.CUSTOMER_LOST: _row(
        waiting=State.ENDED,
        ringing_agent=State.ENDED,
        talking=State.ENDED,
        dialing=State.ENDED,
        three_way=State.CUSTOMER_GONE,
        handed_off=State.ENDED,
    ),
    Trigger.AGENT_LOST: _row(
        ringing_agent=State.WAITING,
        talking=State.WAITING,
        dialing=State.WAITING,
        three_way=State.HANDED_OFF,
        customer_gone=State.ENDED,
    ),
    Trigger.THIRD_LOST: _row(
        dialing=State.TALKING,
        three_way=State.TALKING,
        customer_gone=State.ENDED,
        handed_off=State.ENDED,
    ),
    Trigger.DROP_TIME: _row(waiting=State.ENDED),
}

_LIVE = (State.RINGING_AGENT, State.TALKING, State.DIALING, State.THREE_WAY, State.CUSTOMER_GONE)

# The row a command ends in, for each row it is allowed in; every other row refuses.
COMMANDS: dict[Kind, dict[State, State]] = {
    Kind.DIAL_WITH_CUSTOMER: {State.TALKING: State.DIALING},
    Kind.LEAVE_3WAY_CALL: {State.THREE_WAY: State.HANDED_OFF},
    Kind.HANGUP_XFER: {
        State.DIALING: State.TALKING,
        State.THREE_WAY: State.TALKING,
        State.CUSTOMER_GONE: State.ENDED,
    },
    Kind.HANGUP_BOTH: dict.fromkeys(_LIVE, State.ENDED),
    Kind.HANGUP: dict.fromkeys(_LIVE, State.ENDED),
}

NO_THIRD = "no third party on this call"
HAS_THIRD = "a third party is on this call - use HANGUP_XFER or LEAVE_3WAY_CALL"
NOT_ANSWERED = "the third party has not answered yet"
NO_CUSTOMER = "the customer is no longer on this call"
NOT_CONNECTED = "the call has not reached the agent yet"
ENDING = "the call is ending"

# Why a command does not fit a row, in the words of the agent API.
REFUSALS: dict[Kind, dict[State, str]] = {
    Kind.DIAL_WITH_CUSTOMER: {
        State.RINGING_AGENT: NOT_CONNECTED,
        State.DIALING: HAS_THIRD,
        State.THREE_WAY: HAS_THIRD,
        State.CUSTOMER_GONE: NO_CUSTOMER,
    },
    Kind.LEAVE_3WAY_CALL: {
        State.RINGING_AGENT: NO_THIRD,
        State.TALKING: NO_THIRD,
        State.DIALING: NOT_ANSWERED,
        State.CUSTOMER_GONE: NO_CUSTOMER,
    },
    Kind.HANGUP_XFER: {State.RINGING_AGENT: NO_THIRD, State.TALKING: NO_THIRD},
}


def refusal(kind: Kind, state: State) -> str:
    """Why the command does not fit the row."""
    return REFUSALS.get(kind, {}).get(state, ENDING)
