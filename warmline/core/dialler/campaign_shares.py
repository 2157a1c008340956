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

    def share(self, world: World, requested_calls: Mapping[str, int], now_us: int) -> dict[str, int]:
        """Return how many of its `requested_calls` each campaign may begin at `now_us`.

        A campaign that may not dial now takes no capacity from others.
        """
        shares = dict(requested_calls)
        requests_by_trunk = defaultdict[str, dict[str, int]](dict)
        for name, calls in requested_calls.items():
            campaign = world.rules.campaign(name)
            closed_reason = dial_gate.find_closed_reason(world, campaign, now_us)
            requests_by_trunk[dial_rules.get_trunk(campaign)][name] = 0 if closed_reason else calls
        for trunk, requests in requests_by_trunk.items():
            capacity = trunk_limits.get_capacity(world, trunk, now_us)
            if capacity is not None:
                shares |= self._shares[trunk].share(capacity, requests)
        return shares
