"""The effects of a change of the machine's clock on calls."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.model.clock_correction import ClockCorrection
from warmline.core.queue import closing_time
from warmline.core.world.turn import Turn


def apply_correction(turn: Turn, correction: int) -> None:
    """Note the machine's time, and find out again when the in-groups of waiting calls close.

    All other decisions by the clock look at it when they are due.
    """
    for old_correction in [*turn.world.clock_corrections.values()]:
        turn.close(old_correction)
    turn.put(ClockCorrection(id=str(turn.now), at=turn.now, correction=correction))
    for call in turn.iterate(turn.world.calls):
        close_at = closing_time.schedule_closing(turn, call).queueing.close_at
        if close_at is not None:
            turn.wake(max(turn.now, turn.world.turn_time(close_at)), TimerKind.CALL, call.id)
