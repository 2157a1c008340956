"""A callback: when and by which agent a customer is called back, and the result."""

from dataclasses import dataclass

from warmline.core.moment import MINUTE_US
from warmline.core.replace import replace
from warmline.core.rules import reasons

ANYONE, USERONLY = "ANYONE", "USERONLY"
PENDING, DUE, MISSED, COMPLETED, CANCELLED = STATES = ("pending", "due", "missed", "completed", "cancelled")
OPEN_STATES = (PENDING, DUE, MISSED)
MISSED_DELAY_US = 3_600_000_000  # after its time at which a due callback is missed


@dataclass(frozen=True, kw_only=True)
class Callback:
    """A callback. `agent` is empty if any agent may make it. Times in microseconds UTC.

    The recorded state is PENDING, COMPLETED or CANCELLED. DUE and MISSED, and a move to all agents, follow from the
    time: see `now_is`.
    """

    id: str
    call: str  # the call in which it was agreed, or ""
    lead: int = 0  # its lead_id, or 0
    number: str
    ingroup: str = ""
    campaign: str = ""
    agent: str = ""
    at: int  # when it is due
    made: int = 0
    status: str = ""  # the disposition that promised it
    comments: str = ""
    by: str = ""  # the sender of the last change
    state: str = PENDING
    ended: int | None = None
    done_in: str = ""  # the call that completed it


def update_state(callback: Callback, now_us: int, move_minutes: int) -> Callback:
    """Return the callback with its state now: due from its time on, missed one hour later.

    After `move_minutes` (callback_useronly_move_minutes; 0 for never), one agent's callback becomes one for any agent.
    """
    if callback.state != PENDING or now_us < callback.at:
        return callback
    late_us = now_us - callback.at
    is_moved = move_minutes and late_us >= move_minutes * MINUTE_US
    state = MISSED if late_us >= MISSED_DELAY_US else DUE
    return replace(callback, state=state, agent="" if is_moved else callback.agent)


def explain_closed(callback: Callback) -> str:
    """Return why the callback can no longer be changed, or ""."""
    return "" if callback.state in OPEN_STATES else reasons.CALLBACK_CLOSED.text(state=callback.state)


def explain_not_theirs(callback: Callback, agent: str) -> str:
    """Return why this agent cannot make the callback, or "". `callback` has its state now."""
    if reason := explain_closed(callback):
        return reason
    if callback.agent not in ("", agent):
        return reasons.CALLBACK_OF_ANOTHER.text(agent=callback.agent)
    return ""


def complete(callback: Callback, call: str, now_us: int) -> Callback:
    """Return the callback as completed: the customer was called and answered."""
    return replace(callback, state=COMPLETED, ended=now_us, done_in=call)
