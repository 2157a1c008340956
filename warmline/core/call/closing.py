"""When a waiting call's in-group closes: closing_time_action acts at that moment on those who wait."""

from warmline.core import calltimes
from warmline.core.call.call import Call
from warmline.core.call.states import State
from warmline.core.changed import replace
from warmline.core.world import Turn


def watch(turn: Turn, call: Call) -> Call:
    """Set the time at which closing_time_action is due for a call that waits; None: it waits on.

    A call that came into the line when the in-group was closed already (it lost its agent then) is let wait: only
    `closing_time_now_trigger` acts on it.
    """
    if call.state is not State.WAITING:
        return call
    close_at = _closes(turn, call.ingroup)
    if close_at is not None and close_at != call.close_at:
        turn.wake(close_at, call.id)
    return call if close_at == call.close_at else turn.put(replace(call, close_at=close_at))


def _closes(turn: Turn, ingroup: str) -> int | None:
    rules, group = turn.world.rules, turn.world.rules.ingroup(ingroup)
    if group.closing_time_action == "DISABLED":
        return None
    if group.closing_time_now_trigger == "Y":
        return turn.now
    look = calltimes.of(group.call_time_id, rules.call_times, rules.holidays, rules.timezone, turn.now)
    return look.until if look and look.open else None
