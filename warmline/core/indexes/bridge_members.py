"""The members of each bridge: the legs that are in it or on their way into it."""

from warmline.core.indexes.undo_log import UndoLog
from warmline.core.model.leg import Leg


class BridgeMembers:
    """An index of legs by bridge. It follows each change of a leg, so a lookup does not search all legs."""

    def __init__(self, undo_log: UndoLog | None = None) -> None:
        self._undo = undo_log or UndoLog()
        self._legs: dict[str, dict[str, None]] = {}  # each change makes a new dict for the bridge

    def change(self, old_leg: Leg | None, new_leg: Leg | None) -> None:
        """Follow a change of a leg. `old_leg` is None if it is new, `new_leg` if it is closed."""
        if old_leg and new_leg and (old_leg.bridge, old_leg.target_bridge) == (new_leg.bridge, new_leg.target_bridge):
            return
        old_bridges, new_bridges = _bridges(old_leg), _bridges(new_leg)
        for bridge in old_bridges - new_bridges:
            self._undo.record_slot(self._legs, bridge)
            legs = dict(self._legs[bridge])
            del legs[old_leg.id if old_leg else ""]
            if legs:
                self._legs[bridge] = legs
            else:
                del self._legs[bridge]
        for bridge in new_bridges - old_bridges:
            self._undo.record_slot(self._legs, bridge)
            self._legs[bridge] = {**self._legs.get(bridge, {}), new_leg.id if new_leg else "": None}

    def in_bridge(self, bridge: str) -> tuple[str, ...]:
        """Return the legs in this bridge or on their way into it."""
        return tuple(self._legs.get(bridge, ()))


def _bridges(leg: Leg | None) -> set[str]:
    return {bridge for bridge in (leg.bridge, leg.target_bridge) if bridge} if leg else set()
