"""The outcome of an automatic call that no agent got: its status, and whether it counts as dropped.

A drop is a lead that answered and heard no agent in time. The statuses are VICIdial's.
"""

from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.leg import Leg, Phase

NOT_ANSWERED = "NA"
DROPPED = "DROP"
FAULT = "ERI"  # the app or Asterisk was away
CONGESTED = "ADCT"
MACHINE = "AA"  # taken from its agent by machine detection
MACHINE_TOLD = "AL"  # and it has heard the message
NORMAL, BUSY, NO_ANSWER = 16, 17, 19  # causes by Q.850
BY_CAUSE = (
    dict.fromkeys((1, 22, 28), "ADC")  # there is no such number
    | dict.fromkeys((21, 34, 38, 41, 42, 102), CONGESTED)
    | {0: FAULT, BUSY: "AB"}
)
BY_FAULT = "away"  # the call's `ended_by` if its end was not seen
BY_LEAD = "lead"
BY_TRUNK = "trunk"
BY_LAST_LOOK = "refused"
BY_AMD = "amd"
FAULTS = (BY_FAULT, "asterisk", "error")
LATE = 2_000_000  # microseconds from an answer to its drop: then the app was away or stood still in between
AT_ONCE = 2_000_000  # microseconds in which nothing rings: "no answer" then comes from the trunk


def of_cause(leg: Leg, cause: int, now: int) -> str:
    """Return the status of a call that was not answered. `cause` is the Q.850 number; `now` in microseconds UTC."""
    if cause == NO_ANSWER and leg.phase < Phase.RINGING and now - leg.created < AT_ONCE:
        return CONGESTED
    return BY_CAUSE.get(cause, NOT_ANSWERED)


def unanswered(call: Call, leg: Leg, cause: int, now: int) -> Call:
    """Return a call in `calling` whose leg has ended, with its status.

    A lead that answered while the app was away heard no agent, so it counts as dropped. Nothing else ends normally.
    """
    call = call.with_attempt(cause=cause)
    if call.outcome.status:  # given up, or refused in the last look
        return call
    if leg.answered is not None or (cause == NORMAL and not leg.hangup_requested):
        return dropped(call.with_attempt(answered=leg.answered), now, BY_FAULT)
    by = BY_FAULT if cause == 0 else BY_LEAD
    return _with(call, of_cause(leg, cause, now), by)


def dropped(call: Call, now: int, ended_by: str = "") -> Call:
    """Return the call as dropped now, in microseconds UTC. The first drop of a call counts."""
    at = call.attempt.dropped if call.attempt.dropped is not None else now
    return _with(call.with_attempt(drop_at=None, dropped=at), DROPPED, ended_by)


def dropped_by_fault(call: Call) -> bool:
    """Return whether the app or Asterisk caused the drop of a call."""
    answered, at = call.attempt.answered, call.attempt.dropped
    late = answered is not None and at is not None and at - answered >= LATE
    return late or call.outcome.ended_by in FAULTS


def ended(call: Call, before: State, now: int) -> Call:
    """Return an automatic call that has ended in the state `before`, with its status. `now` in microseconds UTC."""
    if before is State.CALLING and not call.outcome.status and call.outcome.ended_by != BY_LAST_LOOK:
        return _with(call, NOT_ANSWERED)
    return dropped(call, now) if call.attempt.drop_at is not None else call


def cut_off(call: Call, now: int) -> Call:
    """Return an automatic call that a fault ends, with its status. `now` in microseconds UTC."""
    if call.state is State.CALLING:
        return _with(call, FAULT)
    return dropped(call, now) if call.attempt.drop_at is not None else call


def machine_taken(call: Call) -> Call:
    """Return the call with the status of a machine that was taken from its agent."""
    return _with(call, MACHINE, BY_AMD)


def by_amd(call: Call) -> bool:
    """Return whether machine detection has taken the call from its agent, who gives no disposition."""
    return call.outcome.ended_by == BY_AMD


def message_heard(call: Call) -> Call:
    """Return a call in `message` whose message was played to its end."""
    return _with(call, MACHINE_TOLD) if by_amd(call) and call.outcome.status == MACHINE else call


def _with(call: Call, status: str, ended_by: str = "") -> Call:
    return call.with_outcome(status=status, ended_by=call.outcome.ended_by or ended_by)
