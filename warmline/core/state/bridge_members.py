"""Who is where: the legs that are in a bridge, or on their way into it."""

from collections.abc import Iterable

from warmline.core.model.leg import Leg


class BridgeMembers:
    """Kept as the legs change, so that to look into a bridge takes no look at all other legs."""

    def __init__(self) -> None:
        self._legs: dict[str, dict[str, None]] = {}

    def change(self, before: Leg | None, after: Leg | None) -> None:
        """A leg was there, and is here now; None: it was not, or is no more."""
        old, new = _bridges(before), _bridges(after)
        for bridge in old - new:
            legs = self._legs[bridge]
            del legs[before.id if before else ""]
            if not legs:
                del self._legs[bridge]
        for bridge in new - old:
            self._legs.setdefault(bridge, {})[after.id if after else ""] = None

    def in_bridge(self, bridge: str) -> Iterable[str]:
        """The legs in this bridge, or on their way into it."""
        return tuple(self._legs.get(bridge, ()))


def _bridges(leg: Leg | None) -> set[str]:
    return {bridge for bridge in (leg.bridge, leg.target_bridge) if bridge} if leg else set()
