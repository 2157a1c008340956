"""Schedule closing_time_action, which acts on waiting calls when their in-group closes."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.rules import call_times
from warmline.core.world.turn import Turn


def schedule_closing(turn: Turn, call: Call) -> Call:
    """Set the time at which closing_time_action is due for a waiting call; None means never.

    A call may enter the line after the in-group has closed, if it lost its agent then. Such a call keeps waiting, and
    only `closing_time_now_trigger` acts on it. A due time stays set if it passed while the call could not leave, for
    example while a phone rang or the app was away.
    """
    if call.state is not State.WAITING:
        return call
    is_overdue = call.queueing.close_at is not None and call.queueing.close_at <= turn.machine_time
    close_at = call.queueing.close_at if is_overdue else find_closing_time(turn, call.ingroup)
    if close_at is not None and (is_overdue or close_at != call.queueing.close_at):
        turn.wake(turn.world.turn_time(close_at), TimerKind.CALL, call.id)
    return call if close_at == call.queueing.close_at else turn.put(call.with_queueing(close_at=close_at))


def find_closing_time(turn: Turn, ingroup: str) -> int | None:
    """Return when closing_time_action is due for calls that wait here: now, at closing time, or None for never.

    It is a time of the machine's clock, in microseconds UTC.
    """
    rules, ingroup_rules = turn.world.rules, turn.world.rules.ingroup(ingroup)
    if ingroup_rules.closing_time_action == "DISABLED":
        return None
    if ingroup_rules.closing_time_now_trigger == "Y":
        return turn.machine_time
    check = call_times.check_named(
        ingroup_rules.call_time_id, rules.call_times, rules.holidays, zone=rules.timezone, at_us=turn.machine_time
    )
    return check.until_us if check and check.is_open else None
