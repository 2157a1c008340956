"""How much one node takes on: Asterisk does not slow down when it has too much to do, it collapses."""

from warmline.core.model.actions import ContinueInFallback
from warmline.core.model.receipt import Receipt
from warmline.core.state.world import Turn, World

FULL = "the node has {} phones on the line: max_legs is {}"


def full(world: World) -> str:
    """Why no further call begins and nobody further is dialled now, or "". Who talks, and their phones, stay."""
    limit = world.rules.max_legs
    if not limit or len(world.legs) < limit:
        return ""
    return FULL.format(len(world.legs), limit)


def refused(turn: Turn) -> int:
    """How many callers and dials this turn refused for it."""
    sent_back = [action for _, action in turn.actions if isinstance(action, ContinueInFallback)]
    # Who is known has been counted, and is asked for again.
    reasons = [action.reason for action in sent_back if action.leg not in turn.world.legs]
    reasons += [record.cause for record, is_open in turn.changes if isinstance(record, Receipt) and not is_open]
    return sum(reason.startswith(FULL.partition("{")[0]) for reason in reasons)
