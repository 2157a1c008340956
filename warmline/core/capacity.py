"""How much one node takes on: Asterisk does not slow down when it has too much to do, it collapses."""

from warmline.core.world import World


def full(world: World) -> str:
    """Why no further call begins and nobody further is dialled now, or "". Who talks, and their phones, stay."""
    limit = world.rules.max_legs
    if not limit or len(world.legs) < limit:
        return ""
    return f"the node has {len(world.legs)} phones on the line: max_legs is {limit}"
