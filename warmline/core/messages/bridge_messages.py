"""Bridges: the requests for them and their members, and the end of one."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import ServerAction


@dataclass(frozen=True, slots=True)
class CreateMixingBridge(ServerAction):
    """Make the call's mixing bridge. Proof: the first LegJoined."""

    bridge: str


@dataclass(frozen=True, slots=True)
class CreateHoldingBridge(ServerAction):
    """Make a holding bridge with music of class `music`. Proof: LegJoined."""

    bridge: str
    music: str


@dataclass(frozen=True, slots=True)
class DestroyBridge(ServerAction):
    """Destroy a bridge; legs in it leave it and stay. Proof: BridgeDestroyed, or the answer that it is unknown."""

    bridge: str


@dataclass(frozen=True, slots=True)
class AddToBridge(ServerAction):
    """Move a leg into a bridge, out of any other; `absorb` keeps its phone's keys from the others. Proof: LegJoined."""

    leg: str
    bridge: str
    absorb: bool = False


@dataclass(frozen=True, slots=True)
class RemoveFromBridge(ServerAction):
    """Remove a leg from a bridge; it stays in Stasis. Proof: LegLeft."""

    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class BridgeDestroyed:
    bridge: str
