"""Somebody is to be called back: when, by whom, and what came of it."""

from dataclasses import dataclass

from warmline.core.model.replace import replace

ANYONE, USERONLY = "ANYONE", "USERONLY"
PENDING, DUE, MISSED, COMPLETED, CANCELLED = STATES = ("pending", "due", "missed", "completed", "cancelled")
OPEN = (PENDING, DUE, MISSED)
MISSED_AFTER = 3600_000_000  # microseconds for which it is due before it counts as missed
MINUTE = 60_000_000


@dataclass(frozen=True, kw_only=True)
class Callback:
    """`agent` is empty for anyone's. Times in microseconds, UTC.

    Recorded is PENDING, COMPLETED or CANCELLED; what is due or missed, and whose it is by then, follows from the time:
    see `now_is`.
    """

    id: str
    call: str  # in which it was asked for
    number: str
    ingroup: str = ""
    campaign: str = ""
    agent: str = ""
    at: int  # when it is due
    made: int = 0
    status: str = ""  # the disposition that asked for it
    comments: str = ""
    by: str = ""  # who last said something about it
    state: str = PENDING
    ended: int | None = None
    done_in: str = ""  # the call in which it was done


def now_is(callback: Callback, now: int, move_minutes: int) -> Callback:
    """The callback as it stands now: due from its time on, missed an hour later.

    One agent's is anyone's `move_minutes` (callback_useronly_move_minutes; 0: never) after its time.
    """
    if callback.state != PENDING or now < callback.at:
        return callback
    late = now - callback.at
    moved = move_minutes and late >= move_minutes * MINUTE
    state = MISSED if late >= MISSED_AFTER else DUE
    return replace(callback, state=state, agent="" if moved else callback.agent)


def not_open(callback: Callback) -> str:
    """Why nothing can be done with it any more, or ""."""
    return "" if callback.state in OPEN else f"the callback is {callback.state} already"


def not_his(callback: Callback, agent: str) -> str:
    """Why this agent does not call back, or ""; the callback as it stands now."""
    if why := not_open(callback):
        return why
    if callback.agent not in ("", agent):
        return f"the callback is agent {callback.agent}'s - take it first"
    return ""


def completed(callback: Callback, call: str, now: int) -> Callback:
    """The customer has been called back, and has answered."""
    return replace(callback, state=COMPLETED, ended=now, done_in=call)
