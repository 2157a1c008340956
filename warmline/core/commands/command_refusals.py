"""The reasons why a command does not fit the state of a call."""

from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.rules.coded_reason import CodedReason
from warmline.core.rules.reasons import (
    BOTH_PARKED,
    CALL_ENDING,
    CALL_NOT_CONNECTED,
    CALL_WITHOUT_AGENT,
    CUSTOMER_GONE,
    CUSTOMER_NOT_PARKED,
    CUSTOMER_PARKED,
    CUSTOMER_RINGING,
    LEAD_RINGING,
    PHONE_CALLED_BACK,
    THIRD_MISSING,
    THIRD_NOT_PARKED,
    THIRD_PARKED,
    THIRD_PRESENT,
    THIRD_RINGING,
)

_THIRD_STATES = (State.DIALING, State.THREE_WAY, State.CONSULTING, State.THIRD_PARKED, State.BOTH_PARKED)
_NO_SECOND_THIRD = dict.fromkeys(_THIRD_STATES, THIRD_PRESENT) | {State.CUSTOMER_GONE: CUSTOMER_GONE}
_NEEDS_THIRD = {
    State.TALKING: THIRD_MISSING,
    State.PARKED: THIRD_MISSING,
    State.CUSTOMER_GONE: CUSTOMER_GONE,
}
_NEEDS_PARKED = dict.fromkeys((State.TALKING, State.DIALING, State.THREE_WAY, State.THIRD_PARKED), CUSTOMER_NOT_PARKED)
_NEEDS_THIRD_PARKED = dict.fromkeys((State.THREE_WAY, State.CONSULTING), THIRD_NOT_PARKED) | {
    State.DIALING: THIRD_RINGING
}
_NEEDS_THIRD_UNPARKED = dict.fromkeys((State.THIRD_PARKED, State.BOTH_PARKED), THIRD_PARKED)
_NEEDS_UNPARKED = dict.fromkeys((State.PARKED, State.CONSULTING, State.BOTH_PARKED), CUSTOMER_PARKED)

REFUSALS: dict[Kind, dict[State, CodedReason]] = {
    Kind.DIAL_WITH_CUSTOMER: _NO_SECOND_THIRD,
    Kind.PARK_CUSTOMER_DIAL: _NO_SECOND_THIRD,
    Kind.BLIND_TRANSFER: _NO_SECOND_THIRD,
    Kind.LEAVE_VM: _NO_SECOND_THIRD,
    Kind.LOCAL_CLOSER: _NO_SECOND_THIRD,
    Kind.TAKE_CALL: _NO_SECOND_THIRD,
    Kind.LEAVE_3WAY_CALL: _NEEDS_THIRD | _NEEDS_THIRD_UNPARKED,
    Kind.HANGUP_XFER: _NEEDS_THIRD,
    Kind.HANGUP_CUSTOMER: _NEEDS_THIRD | {State.DIALING: THIRD_RINGING, State.BOTH_PARKED: BOTH_PARKED},
    Kind.PARK_CUSTOMER: _NEEDS_UNPARKED | {State.DIALING: THIRD_PRESENT, State.CUSTOMER_GONE: CUSTOMER_GONE},
    Kind.PARK_IVR_CUSTOMER: _NEEDS_UNPARKED
    | dict.fromkeys((State.DIALING, State.THREE_WAY, State.THIRD_PARKED), THIRD_PRESENT)
    | {State.CUSTOMER_GONE: CUSTOMER_GONE},
    Kind.GRAB_CUSTOMER: _NEEDS_PARKED | {State.CUSTOMER_GONE: CUSTOMER_GONE},
    Kind.PARK_XFER: _NEEDS_THIRD | _NEEDS_THIRD_UNPARKED | {State.DIALING: THIRD_RINGING},
    Kind.GRAB_XFER: _NEEDS_THIRD | _NEEDS_THIRD_PARKED,
    Kind.SWAP_PARK_CUSTOMER: _NEEDS_THIRD | _NEEDS_THIRD_PARKED | {State.BOTH_PARKED: BOTH_PARKED},
    Kind.SWAP_PARK_XFER: _NEEDS_THIRD | _NEEDS_PARKED | {State.BOTH_PARKED: BOTH_PARKED},
    Kind.HANGUP_XFER_GRAB_CUSTOMER: _NEEDS_THIRD | _NEEDS_PARKED,
}


def find_state_refusal(kind: Kind, state: State) -> CodedReason:
    """Return the reason why the command does not fit the state."""
    if state is State.RINGING_AGENT:
        return CALL_NOT_CONNECTED
    if state is State.DIALING_OUT:
        return CUSTOMER_RINGING
    if state is State.CALLING:
        return LEAD_RINGING
    if state is State.ANSWERED:
        return CALL_WITHOUT_AGENT
    if state is State.RESCUE:
        return PHONE_CALLED_BACK
    return REFUSALS.get(kind, {}).get(state, CALL_ENDING)
