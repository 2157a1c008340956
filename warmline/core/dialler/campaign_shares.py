"""How many calls each campaign may begin on its trunk: what it wants, or its share of what is left of the trunk."""

from collections import defaultdict
from collections.abc import Mapping

from warmline.core.dialler.trunk_shares import TrunkShares
from warmline.core.permission import dial_gate, trunk_limits
from warmline.core.rules import dial_rules
from warmline.core.world.world import World


class CampaignShares:
    """Shares the lines and the calls per second that are left of each trunk equally between the campaigns."""

    def __init__(self) -> None:
        self._shares = defaultdict[str, TrunkShares](TrunkShares)

    def share(self, world: World, wanted: Mapping[str, int], now: int) -> dict[str, int]:
        """Return how many of its `wanted` calls each campaign may begin at `now` (microseconds UTC).

        A campaign that may not dial now takes no room from others.
        """
        found, on_trunk = dict(wanted), defaultdict[str, dict[str, int]](dict)
        for name, calls in wanted.items():
            campaign = world.rules.campaign(name)
            closed = dial_gate.find_closed_reason(world, campaign, now)
            on_trunk[dial_rules.get_trunk(campaign)][name] = 0 if closed else calls
        for trunk, calls_of in on_trunk.items():
            room = trunk_limits.get_capacity(world, trunk, now)
            if room is not None:
                found |= self._shares[trunk].share(room, calls_of)
        return found
