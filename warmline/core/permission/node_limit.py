"""The limit of legs on one node. An overloaded Asterisk does not slow down but collapses."""

from warmline.core.messages.leg_messages import ContinueInFallback
from warmline.core.model.receipt import Receipt
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

RESERVED_PERCENT = 15  # of the limit, for callers and agents


def find_node_refusal(world: World) -> str:
    """Return why no other call may begin and no other party is dialled now, or "". Existing calls continue."""
    max_legs = world.rules.max_legs
    if not max_legs or len(world.legs) < max_legs:
        return ""
    return reasons.NODE_FULL.text(legs=len(world.legs), limit=max_legs)


def find_dialler_refusal(world: World) -> str:
    """Return why the dialler may not begin another call now, or "". A part of the limit is left for others."""
    max_legs = world.rules.max_legs
    dialler_limit = max_legs * (100 - RESERVED_PERCENT) // 100
    if not max_legs or len(world.legs) < dialler_limit:
        return ""
    return reasons.NODE_RESERVED.text(legs=len(world.legs), limit=dialler_limit)


def count_refusals(turn: Turn) -> int:
    """Return how many callers and dials this turn refused because of the limit."""
    rejections = [action for _, action in turn.actions if isinstance(action, ContinueInFallback)]
    # A leg on record was counted when it was first sent back. This is a repetition.
    causes = [action.reason for action in rejections if action.leg not in turn.world.legs]
    causes += [record.cause for record, is_open in turn.changes if isinstance(record, Receipt) and not is_open]
    return sum(reasons.NODE_FULL.matches(cause) for cause in causes if cause)
