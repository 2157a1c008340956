"""The reasons why a command does not fit the state of a call, in the words of the agent API."""

from warmline.core.model.call_states import State
from warmline.core.model.commands import Kind

NO_THIRD = "no third party on this call"
HAS_THIRD = "a third party is on this call - use HANGUP_XFER or LEAVE_3WAY_CALL"
NO_CUSTOMER = "the customer is no longer on this call"
NOT_PARKED = "the customer is not parked"
PARKED_ALREADY = "the customer is parked already"
THIRD_NOT_PARKED = "the third party is not parked"
THIRD_PARKED_ALREADY = "the third party is parked already"
THIRD_RINGS = "the third party has not answered yet"
BOTH_PARKED = "both are parked - take one of them back first"
NOT_CONNECTED = "the call has not reached the agent yet"
NOT_ANSWERED = "the customer has not answered yet"
AGENT_AWAY = "the agent's phone is being called back"
ENDING = "the call is ending"

_THERE = (State.DIALING, State.THREE_WAY, State.CONSULTING, State.THIRD_PARKED, State.BOTH_PARKED)
_NO_SECOND_THIRD = dict.fromkeys(_THERE, HAS_THIRD) | {State.CUSTOMER_GONE: NO_CUSTOMER}
_NEEDS_THIRD = {State.TALKING: NO_THIRD, State.PARKED: NO_THIRD, State.CUSTOMER_GONE: NO_CUSTOMER}
_NEEDS_PARKED = dict.fromkeys((State.TALKING, State.DIALING, State.THREE_WAY, State.THIRD_PARKED), NOT_PARKED)
_NEEDS_THIRD_PARKED = dict.fromkeys((State.THREE_WAY, State.CONSULTING), THIRD_NOT_PARKED) | {
    State.DIALING: THIRD_RINGS
}
_THIRD_AWAY = dict.fromkeys((State.THIRD_PARKED, State.BOTH_PARKED), THIRD_PARKED_ALREADY)
_NEEDS_UNPARKED = dict.fromkeys((State.PARKED, State.CONSULTING, State.BOTH_PARKED), PARKED_ALREADY)

REFUSALS: dict[Kind, dict[State, str]] = {
    Kind.DIAL_WITH_CUSTOMER: _NO_SECOND_THIRD,
    Kind.PARK_CUSTOMER_DIAL: _NO_SECOND_THIRD,
    Kind.BLIND_TRANSFER: _NO_SECOND_THIRD,
    Kind.LEAVE_VM: _NO_SECOND_THIRD,
    Kind.LOCAL_CLOSER: _NO_SECOND_THIRD,
    Kind.TAKE_CALL: _NO_SECOND_THIRD,
    Kind.LEAVE_3WAY_CALL: _NEEDS_THIRD | _THIRD_AWAY,
    Kind.HANGUP_XFER: _NEEDS_THIRD,
    Kind.HANGUP_CUSTOMER: _NEEDS_THIRD | {State.DIALING: THIRD_RINGS, State.BOTH_PARKED: BOTH_PARKED},
    Kind.PARK_CUSTOMER: _NEEDS_UNPARKED | {State.DIALING: HAS_THIRD, State.CUSTOMER_GONE: NO_CUSTOMER},
    Kind.PARK_IVR_CUSTOMER: _NEEDS_UNPARKED
    | dict.fromkeys((State.DIALING, State.THREE_WAY, State.THIRD_PARKED), HAS_THIRD)
    | {State.CUSTOMER_GONE: NO_CUSTOMER},
    Kind.GRAB_CUSTOMER: _NEEDS_PARKED | {State.CUSTOMER_GONE: NO_CUSTOMER},
    Kind.PARK_XFER: _NEEDS_THIRD | _THIRD_AWAY | {State.DIALING: THIRD_RINGS},
    Kind.GRAB_XFER: _NEEDS_THIRD | _NEEDS_THIRD_PARKED,
    Kind.SWAP_PARK_CUSTOMER: _NEEDS_THIRD | _NEEDS_THIRD_PARKED | {State.BOTH_PARKED: BOTH_PARKED},
    Kind.SWAP_PARK_XFER: _NEEDS_THIRD | _NEEDS_PARKED | {State.BOTH_PARKED: BOTH_PARKED},
    Kind.HANGUP_XFER_GRAB_CUSTOMER: _NEEDS_THIRD | _NEEDS_PARKED,
}


def refusal(kind: Kind, state: State) -> str:
    """Return why the command does not fit the state."""
    if state is State.RINGING_AGENT:
        return NOT_CONNECTED
    if state is State.DIALING_OUT:
        return NOT_ANSWERED
    if state is State.RESCUE:
        return AGENT_AWAY
    return REFUSALS.get(kind, {}).get(state, ENDING)
