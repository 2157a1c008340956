"""Customer and third party talk on after the agent has left: for `left_max_minutes`."""

from warmline.core.call.call import Call
from warmline.core.call.forks import campaign_of
from warmline.core.call.states import State
from warmline.core.world import Turn

MINUTE = 60_000_000  # microseconds
OVER = "left_max_minutes"  # who ended such a call


def ends_at(turn: Turn, call: Call) -> int | None:
    """When the time of a call without its agent is over, in microseconds UTC; None: never, or the agent is there."""
    minutes = campaign_of(turn, call).left_max_minutes
    if call.state is not State.HANDED_OFF or call.left is None or not minutes:
        return None
    return call.left + minutes * MINUTE


def watch(turn: Turn, call: Call) -> None:
    """Set the alarm for the end of that time."""
    at = ends_at(turn, call)
    if at is not None:
        turn.wake(at, call.id)
