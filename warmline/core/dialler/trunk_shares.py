"""The capacity of a trunk, shared equally between the campaigns that want to dial on it: they take turns."""

from collections.abc import Mapping


class TrunkShares:
    """Shares the capacity of one trunk. It knows when each campaign has got its last call."""

    def __init__(self) -> None:
        self._call_count = 0
        self._last_calls: dict[str, int] = {}  # the number of each campaign's last call

    def share(self, capacity: int, requested_calls: Mapping[str, int]) -> dict[str, int]:
        """Return how many of its `requested_calls` each campaign may begin now: `capacity` in all, or all of them.

        A campaign that wants less than its share leaves the rest to the others, and has no claim to it later.
        """
        if sum(requested_calls.values()) <= capacity:
            return dict(requested_calls)
        granted_calls = dict.fromkeys(requested_calls, 0)
        for _ in range(capacity):
            unserved_campaigns = [
                campaign_id
                for campaign_id in requested_calls
                if granted_calls[campaign_id] < requested_calls[campaign_id]
            ]
            next_campaign = min(
                unserved_campaigns, key=lambda campaign_id: (self._last_calls.get(campaign_id, 0), campaign_id)
            )
            self._call_count += 1
            self._last_calls[next_campaign] = self._call_count
            granted_calls[next_campaign] += 1
        return granted_calls
