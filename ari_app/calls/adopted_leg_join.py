"""The first join of an adopted leg: the conversation has a gap until then, and the intent is stored already."""

from collections.abc import Callable

from warmline.core.messages.actions import Action
from warmline.core.messages.bridge_messages import AddToBridge
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.model.leg import Phase
from warmline.core.world.world import World

ADOPTED = "adopted"


def join_at_once(event: Event, world: World, perform: Callable[[str, Action], None]) -> None:
    """Add a leg that just arrived to the bridge that the core has stored for it; the core then hears of both."""
    if isinstance(event, LegArrived) and event.args[:1] == (ADOPTED,):
        leg = world.legs.get(event.leg)
        if leg and leg.phase is Phase.ASKED and leg.target_bridge:
            perform(leg.id, AddToBridge(leg.id, leg.target_bridge, leg.absorbs_keys, server=leg.server))
