"""The room of a trunk, shared equally between the campaigns that want to dial on it at that moment: they take turns."""

from collections.abc import Mapping


class TrunkShares:
    """Shares the room of one trunk. It knows when each campaign has got its last call."""

    def __init__(self) -> None:
        self._given = 0  # calls so far
        self._last: dict[str, int] = {}  # of each campaign, the number of its last call

    def share(self, room: int, wanted: Mapping[str, int]) -> dict[str, int]:
        """Return how many of its `wanted` calls each campaign may begin now: `room` in all, or everything wanted.

        A campaign that wants less than its share leaves the rest to the others, and has no claim to it later.
        """
        if sum(wanted.values()) <= room:
            return dict(wanted)
        given = dict.fromkeys(wanted, 0)
        for _ in range(room):
            waiting = [name for name in wanted if given[name] < wanted[name]]
            chosen = min(waiting, key=lambda name: (self._last.get(name, 0), name))
            self._given += 1
            self._last[chosen] = self._given
            given[chosen] += 1
        return given
