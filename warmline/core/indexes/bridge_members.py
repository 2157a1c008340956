"""The members of each bridge: the legs that are in it or on their way into it."""

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.leg import Leg


class BridgeMembers:
    """An index of legs by bridge. It follows each change of a leg, so a lookup does not search all legs."""

    def __init__(self, undo: UndoLog | None = None) -> None:
        self._undo = undo or UndoLog()
        self._legs: dict[str, dict[str, None]] = {}  # each change makes a new dict for the bridge

    def change(self, before: Leg | None, after: Leg | None) -> None:
        """Follow a change of a leg. `before` is None for a new leg, `after` is None for a closed one."""
        if before and after and (before.bridge, before.target_bridge) == (after.bridge, after.target_bridge):
            return
        old, new = _bridges(before), _bridges(after)
        for bridge in old - new:
            self._undo.record_slot(self._legs, bridge)
            legs = dict(self._legs[bridge])
            del legs[before.id if before else ""]
            if legs:
                self._legs[bridge] = legs
            else:
                del self._legs[bridge]
        for bridge in new - old:
            self._undo.record_slot(self._legs, bridge)
            self._legs[bridge] = {**self._legs.get(bridge, {}), after.id if after else "": None}

    def in_bridge(self, bridge: str) -> tuple[str, ...]:
        """Return the legs in this bridge or on their way into it."""
        return tuple(self._legs.get(bridge, ()))


def _bridges(leg: Leg | None) -> set[str]:
    return {bridge for bridge in (leg.bridge, leg.target_bridge) if bridge} if leg else set()
