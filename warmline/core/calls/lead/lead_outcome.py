"""The outcome of an automatic call that no agent got: its status, and whether it counts as dropped.

A drop is a lead that answered and heard no agent in time. The statuses are VICIdial's.
"""

from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.leg import Leg, Phase

NO_ANSWER_STATUS = "NA"
DROP_STATUS = "DROP"
FAULT_STATUS = "ERI"  # the app or Asterisk was away
CONGESTION_STATUS = "ADCT"
MACHINE_STATUS = "AA"  # taken from its agent by machine detection
MACHINE_MESSAGE_STATUS = "AL"  # and it has heard the message
NORMAL_CAUSE, BUSY_CAUSE, NO_ANSWER_CAUSE = 16, 17, 19  # causes by Q.850
STATUS_BY_CAUSE = (
    dict.fromkeys((1, 22, 28), "ADC")  # there is no such number
    | dict.fromkeys((21, 34, 38, 41, 42, 102), CONGESTION_STATUS)
    | {0: FAULT_STATUS, BUSY_CAUSE: "AB"}
)
ENDED_BY_FAULT = "away"  # the call's `ended_by` if its end was not seen
ENDED_BY_LEAD = "lead"
ENDED_BY_TRUNK = "trunk"
ENDED_BY_REFUSAL = "refused"
ENDED_BY_AMD = "amd"
ENDED_BY_FAULTS = (ENDED_BY_FAULT, "asterisk", "error")
LATE_DROP_US = 2_000_000  # from an answer to its drop: then the app was away or stood still in between
IMMEDIATE_END_US = 2_000_000  # nothing rings in such a short time: "no answer" then comes from the trunk


def get_status_for_cause(leg: Leg, cause: int, now_us: int) -> str:
    """Return the status of a call that was not answered. `cause` is the Q.850 number."""
    if cause == NO_ANSWER_CAUSE and leg.phase < Phase.RINGING and now_us - leg.created < IMMEDIATE_END_US:
        return CONGESTION_STATUS
    return STATUS_BY_CAUSE.get(cause, NO_ANSWER_STATUS)


def set_unanswered_status(call: Call, leg: Leg, *, cause: int, now_us: int) -> Call:
    """Return a call in `calling` whose leg has ended, with its status.

    A lead that answered while the app was away heard no agent, so it counts as dropped. Nothing else ends normally.
    """
    call = call.with_attempt(cause=cause)
    if call.outcome.status:  # given up, or refused in the check before the dial
        return call
    if leg.answered is not None or (cause == NORMAL_CAUSE and not leg.hangup_requested):
        return set_drop_status(call.with_attempt(answered=leg.answered), now_us, ENDED_BY_FAULT)
    ended_by = ENDED_BY_FAULT if cause == 0 else ENDED_BY_LEAD
    return _set_status(call, get_status_for_cause(leg, cause, now_us), ended_by)


def set_drop_status(call: Call, now_us: int, ended_by: str = "") -> Call:
    """Return the call as dropped now. The first drop of a call counts."""
    dropped_at_us = call.attempt.dropped if call.attempt.dropped is not None else now_us
    return _set_status(call.with_attempt(drop_at=None, dropped=dropped_at_us), DROP_STATUS, ended_by)


def is_dropped_by_fault(call: Call) -> bool:
    """Return whether the app or Asterisk caused the drop of a call."""
    answered_at_us, dropped_at_us = call.attempt.answered, call.attempt.dropped
    if answered_at_us is not None and dropped_at_us is not None and dropped_at_us - answered_at_us >= LATE_DROP_US:
        return True
    return call.outcome.ended_by in ENDED_BY_FAULTS


def set_end_status(call: Call, previous_state: State, now_us: int) -> Call:
    """Return an automatic call that has ended in the state `previous_state`, with its status."""
    if previous_state is State.CALLING and not call.outcome.status and call.outcome.ended_by != ENDED_BY_REFUSAL:
        return _set_status(call, NO_ANSWER_STATUS)
    return set_drop_status(call, now_us) if call.attempt.drop_at is not None else call


def set_cut_off_status(call: Call, now_us: int) -> Call:
    """Return an automatic call that a fault ends, with its status."""
    if call.state is State.CALLING:
        return _set_status(call, FAULT_STATUS)
    return set_drop_status(call, now_us) if call.attempt.drop_at is not None else call


def set_machine_status(call: Call) -> Call:
    """Return the call with the status of a machine that was taken from its agent."""
    return _set_status(call, MACHINE_STATUS, ENDED_BY_AMD)


def is_ended_by_amd(call: Call) -> bool:
    """Return whether machine detection has taken the call from its agent, who gives no disposition."""
    return call.outcome.ended_by == ENDED_BY_AMD


def set_message_status(call: Call) -> Call:
    """Return a call in `message` whose message was played to its end."""
    if is_ended_by_amd(call) and call.outcome.status == MACHINE_STATUS:
        return _set_status(call, MACHINE_MESSAGE_STATUS)
    return call


def _set_status(call: Call, status: str, ended_by: str = "") -> Call:
    return call.with_outcome(status=status, ended_by=call.outcome.ended_by or ended_by)
