"""The room of a trunk, shared by weight between the campaigns that want to dial on it at that moment.

It is a fair queue: the next call of each campaign has a due time and an end. Of the calls that are due, the one with
the first end is next. While the same campaigns compete, each is within one call of its share (R. Tijdeman, The
chairman assignment problem, 1980). The clock lets campaigns come and go (WF2Q+, J. Bennett and H. Zhang, 1996).
"""

from collections.abc import Mapping
from math import lcm

from warmline.core.rules.dial_rules import LARGEST_WEIGHT

TURN = lcm(*range(1, LARGEST_WEIGHT + 1))  # the clock's units for one call of weight 1: each weight divides them


class TrunkShares:
    """Shares the room of one trunk. It knows who has competed for the last call, and whose next call is due when."""

    def __init__(self) -> None:
        self._clock = 0
        self._due: dict[str, int] = {}
        self._competed: set[str] = set()

    def share(self, room: int, wanted: Mapping[str, int], weights: Mapping[str, int]) -> dict[str, int]:
        """Return how many of its `wanted` calls each campaign may begin now: `room` in all, or everything wanted.

        A campaign that wants less than its share leaves the rest to the others, and has no claim to it later.
        `weights` are from 1 to LARGEST_WEIGHT.
        """
        if sum(wanted.values()) <= room:
            self._competed = set()
            return dict(wanted)
        given = dict.fromkeys(wanted, 0)
        for _ in range(room):
            given[self._next([name for name in wanted if given[name] < wanted[name]], weights)] += 1
        return given

    def _next(self, competing: list[str], weights: Mapping[str, int]) -> str:
        """Return the campaign that gets the next call, and count it."""
        for name in competing:
            if name not in self._competed:
                self._due[name] = max(self._clock, self._due.get(name, 0))
        self._competed = {*competing}
        step = TURN // sum(weights[name] for name in competing)
        self._clock = max(self._clock + step, min(self._due[name] for name in competing) + 1)
        ends = {name: self._due[name] + TURN // weights[name] for name in competing if self._due[name] < self._clock}
        chosen = min(ends, key=lambda name: (ends[name], name))
        self._due[chosen] = ends[chosen]
        return chosen
