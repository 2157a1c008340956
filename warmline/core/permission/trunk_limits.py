"""The limits of a trunk: calls at once, and calls that begin in a second. They hold back only the dialler."""

from warmline.core.rules import dial_rules, reasons
from warmline.core.rules.configuration import Campaign, Trunk
from warmline.core.world.world import World

CALLS_WINDOW_US = (
    1_100_000  # microseconds that count as a second, because the way to the wire takes each call another time
)


def find_refusal(world: World, campaign: Campaign, now: int) -> str:
    """Return why the dialler begins no call on the campaign's trunk at `now` (microseconds UTC), or ""."""
    name = dial_rules.get_trunk(campaign)
    trunk, learnt = world.rules.trunks.get(name), world.trunk_use.get_learnt_lines(name)
    if learnt and (dialled := world.trunk_use.count_dialled(name)) >= (limit := learnt.limit(now)):
        return reasons.TRUNK_LINES_LEARNT.text(trunk=name, lines=dialled, limit=limit)
    if trunk is None:
        return ""
    lines, begun = _get_usage(world, trunk, now)
    if lines >= trunk.lines:
        return reasons.TRUNK_FULL.text(trunk=trunk.id, lines=lines, limit=trunk.lines)
    if begun >= trunk.calls_per_second:
        return reasons.TRUNK_TOO_FAST.text(trunk=trunk.id, limit=trunk.calls_per_second)
    return ""


def get_capacity(world: World, name: str, now: int) -> int | None:
    """Return how many calls the dialler may begin on the trunk of this name at once, or None for no limit."""
    trunk, learnt = world.rules.trunks.get(name), world.trunk_use.get_learnt_lines(name)
    rooms = [learnt.limit(now) - world.trunk_use.count_dialled(name)] if learnt else []
    if trunk is not None:
        lines, begun = _get_usage(world, trunk, now)
        rooms += [trunk.lines - lines, trunk.calls_per_second - begun]
    return max(0, min(rooms)) if rooms else None


def _get_usage(world: World, trunk: Trunk, now: int) -> tuple[int, int]:
    return world.trunk_use.count_lines(trunk.id), world.trunk_use.count_begun(trunk.id, now - CALLS_WINDOW_US)
