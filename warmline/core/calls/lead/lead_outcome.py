"""The outcome of an automatic call that no agent got: its status, and whether it counts as dropped.

A drop is a lead that answered and heard no agent in time. The statuses are VICIdial's.
"""

from warmline.core.model import hangup_causes
from warmline.core.model.call import Call
from warmline.core.model.call_ends import ENDED_UNSEEN, FAULTY_ENDS
from warmline.core.model.call_states import State
from warmline.core.model.leg import Leg, Phase

# Statuses
NO_ANSWER_STATUS = "NA"
DROP_STATUS = "DROP"
FAULT_STATUS = "ERI"  # the app or Asterisk was away
BUSY_STATUS = "AB"
CONGESTION_STATUS = "ADCT"
DISCONNECTED_STATUS = "ADC"  # there is no such number
MACHINE_STATUS = "AA"  # taken from its agent by machine detection
MACHINE_MESSAGE_STATUS = "AL"  # and it has heard the message
STATUS_BY_CAUSE = (
    dict.fromkeys((hangup_causes.UNALLOCATED_NUMBER, 22, hangup_causes.INVALID_NUMBER_FORMAT), DISCONNECTED_STATUS)
    | dict.fromkeys((hangup_causes.CALL_REJECTED, 34, 38, 41, 42, 102), CONGESTION_STATUS)
    | {hangup_causes.NO_CAUSE: FAULT_STATUS, hangup_causes.USER_BUSY: BUSY_STATUS}
)

# The call's `ended_by`; model/call_ends.py has those of faults
ENDED_BY_LEAD = "lead"
ENDED_BY_TRUNK = "trunk"
ENDED_BY_REFUSAL = "refused"
ENDED_BY_AMD = "amd"

# Times
LATE_DROP_US = 2_000_000  # from an answer to its drop: then the app was away or stood still in between
IMMEDIATE_END_US = 2_000_000  # nothing rings in such a short time: "no answer" then comes from the trunk


def get_status_for_cause(leg: Leg, cause: int, now_us: int) -> str:
    """Return the status of a call that was not answered. `cause` is the Q.850 number."""
    was_never_rung = leg.phase < Phase.RINGING and now_us - leg.created < IMMEDIATE_END_US
    if cause == hangup_causes.NO_ANSWER and was_never_rung:
        return CONGESTION_STATUS
    return STATUS_BY_CAUSE.get(cause, NO_ANSWER_STATUS)


def with_unanswered_status(call: Call, leg: Leg, *, cause: int, now_us: int) -> Call:
    """Return a call in `calling` whose leg has ended, with its status.

    A lead that answered while the app was away heard no agent, so it counts as dropped. Only an answered call ends
    with cause 16 without a request of Warmline.
    """
    call = call.with_attempt(cause=cause)
    if call.outcome.status:  # given up, or refused in the check before the dial
        return call
    if leg.answered is not None or (cause == hangup_causes.NORMAL_CLEARING and not leg.hangup_requested):
        return with_drop_status(call.with_attempt(answered=leg.answered), now_us, ENDED_UNSEEN)
    ended_by = ENDED_UNSEEN if cause == hangup_causes.NO_CAUSE else ENDED_BY_LEAD
    return _with_status(call, get_status_for_cause(leg, cause, now_us), ended_by)


def with_drop_status(call: Call, now_us: int, ended_by: str = "") -> Call:
    """Return the call as dropped now. The first drop of a call counts."""
    dropped_at_us = call.attempt.dropped if call.attempt.dropped is not None else now_us
    return _with_status(call.with_attempt(drop_at=None, dropped=dropped_at_us), DROP_STATUS, ended_by)


def with_end_status(call: Call, previous_state: State, now_us: int) -> Call:
    """Return an automatic call that has ended in the state `previous_state`, with its status."""
    if previous_state is State.CALLING and not call.outcome.status and call.outcome.ended_by != ENDED_BY_REFUSAL:
        return _with_status(call, NO_ANSWER_STATUS)
    return with_drop_status(call, now_us) if call.attempt.drop_at is not None else call


def with_cut_off_status(call: Call, now_us: int) -> Call:
    """Return an automatic call that a fault ends, with its status."""
    if call.state is State.CALLING:
        return _with_status(call, FAULT_STATUS)
    return with_drop_status(call, now_us) if call.attempt.drop_at is not None else call


def with_machine_status(call: Call) -> Call:
    """Return the call with the status of a machine that was taken from its agent."""
    return _with_status(call, MACHINE_STATUS, ENDED_BY_AMD)


def with_message_status(call: Call) -> Call:
    """Return a call in `message` whose message was played to its end."""
    if is_ended_by_amd(call) and call.outcome.status == MACHINE_STATUS:
        return _with_status(call, MACHINE_MESSAGE_STATUS)
    return call


def _with_status(call: Call, status: str, ended_by: str = "") -> Call:
    return call.with_outcome(status=status, ended_by=call.outcome.ended_by or ended_by)


def is_ended_by_amd(call: Call) -> bool:
    """Return whether machine detection has taken the call from its agent, who gives no disposition."""
    return call.outcome.ended_by == ENDED_BY_AMD


def is_dropped_by_fault(call: Call) -> bool:
    """Return whether the app or Asterisk caused the drop of a call."""
    answered_at_us, dropped_at_us = call.attempt.answered, call.attempt.dropped
    if answered_at_us is not None and dropped_at_us is not None and dropped_at_us - answered_at_us >= LATE_DROP_US:
        return True
    return call.outcome.ended_by in FAULTY_ENDS
