"""The limits of a trunk: parallel calls, and calls that begin in a second. They hold back only the dialler."""

from warmline.core.rules import dial_rules, reasons
from warmline.core.rules.configuration import Campaign, Trunk
from warmline.core.world.world import World

CALLS_WINDOW_US = (
    1_100_000  # microseconds that count as a second, because the way to the wire takes each call another time
)


def find_trunk_refusal(world: World, campaign: Campaign, now_us: int) -> str:
    """Return why the dialler begins no call on the campaign's trunk at `now_us` (UTC), or ""."""
    name = dial_rules.get_trunk(campaign)
    trunk, learnt_lines = world.rules.trunks.get(name), world.trunk_use.get_learnt_lines(name)
    if learnt_lines:
        dialled_calls, max_lines = world.trunk_use.count_dialled(name), learnt_lines.limit(now_us)
        if dialled_calls >= max_lines:
            return reasons.TRUNK_LINES_LEARNT.text(trunk=name, lines=dialled_calls, limit=max_lines)
    if trunk is None:
        return ""
    used_lines, begun_calls = _get_usage(world, trunk, now_us)
    if used_lines >= trunk.lines:
        return reasons.TRUNK_FULL.text(trunk=trunk.id, lines=used_lines, limit=trunk.lines)
    if begun_calls >= trunk.calls_per_second:
        return reasons.TRUNK_TOO_FAST.text(trunk=trunk.id, limit=trunk.calls_per_second)
    return ""


def get_capacity(world: World, name: str, now_us: int) -> int | None:
    """Return how many calls the dialler may begin on the trunk of this name immediately, or None for no limit."""
    trunk, learnt_lines = world.rules.trunks.get(name), world.trunk_use.get_learnt_lines(name)
    capacities = [learnt_lines.limit(now_us) - world.trunk_use.count_dialled(name)] if learnt_lines else []
    if trunk is not None:
        used_lines, begun_calls = _get_usage(world, trunk, now_us)
        capacities += [trunk.lines - used_lines, trunk.calls_per_second - begun_calls]
    return max(0, min(capacities)) if capacities else None


def _get_usage(world: World, trunk: Trunk, now_us: int) -> tuple[int, int]:
    return world.trunk_use.count_lines(trunk.id), world.trunk_use.count_begun(trunk.id, now_us - CALLS_WINDOW_US)
