"""Who is where: the legs that are in a bridge, or on their way into it."""

from collections.abc import Iterable

from warmline.core.model.leg import Leg
from warmline.core.state.undo_log import UndoLog


class BridgeMembers:
    """Kept as the legs change, so that to look into a bridge takes no look at all other legs."""

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._legs: dict[str, dict[str, None]] = {}  # a bridge's legs are another dict after each change

    def change(self, before: Leg | None, after: Leg | None) -> None:
        """A leg was there, and is here now; None: it was not, or is no more."""
        old, new = _bridges(before), _bridges(after)
        for bridge in old - new:
            self._undo.slot(self._legs, bridge)
            legs = dict(self._legs[bridge])
            del legs[before.id if before else ""]
            if legs:
                self._legs[bridge] = legs
            else:
                del self._legs[bridge]
        for bridge in new - old:
            self._undo.slot(self._legs, bridge)
            self._legs[bridge] = {**self._legs.get(bridge, {}), after.id if after else "": None}

    def in_bridge(self, bridge: str) -> Iterable[str]:
        """The legs in this bridge, or on their way into it."""
        return tuple(self._legs.get(bridge, ()))


def _bridges(leg: Leg | None) -> set[str]:
    return {bridge for bridge in (leg.bridge, leg.target_bridge) if bridge} if leg else set()
