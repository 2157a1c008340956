"""The mute of a phone that holds its line: music that the phone sends is not heard by the others, nor recorded.

In a bridge of two without a recording, the other party hears Warmline's music in place of the phone's. No mute is
needed there, and a phone that resumes its line while the app is stopped is heard. A mute lasts until the line is
resumed, in any bridge.
"""

from warmline.core.agents import agent_states, inbound_mute
from warmline.core.media import recording_decision
from warmline.core.model.call import Call
from warmline.core.model.leg import Leg, Role
from warmline.core.world.turn import Turn

PAIR_SIZE = 2


def update_mutes(turn: Turn, call: Call) -> None:
    """Mute each phone that holds its line in a bridge with several others or a recorder; unmute those who resume it.

    An agent's phone that resumes the line is unmuted by `inbound_mute`.
    """
    legs = turn.world.legs
    customer_leg, third_leg = legs.get(call.customer or ""), legs.get(call.third or "")
    for leg in (customer_leg, agent_states.find_agent_leg(turn, call.agent), third_leg):
        if leg is None or leg.role is Role.IVR:
            continue
        if leg.held and inbound_mute.is_muted(leg) is not True and _has_several_listeners(turn, call, leg):
            inbound_mute.request_mute(turn, call.id, leg, muted=True)
        elif not leg.held and leg.role is not Role.AGENT and inbound_mute.is_muted(leg) is not False:
            inbound_mute.request_mute(turn, call.id, leg, muted=False)


def _has_several_listeners(turn: Turn, call: Call, leg: Leg) -> bool:
    """Return whether more than one other party, or a recorder, gets the audio of this leg."""
    bridge = leg.bridge if leg.target_bridge is None else leg.target_bridge
    if bridge != call.mixing_bridge_id:
        return False
    leg_count = len(turn.world.bridge_members.in_bridge(call.mixing_bridge_id))
    return leg_count > PAIR_SIZE or recording_decision.choose_track(turn, call).track is not None
