"""The bridge that a state wants for each leg of a call, and whether the leg is in it."""

from warmline.core.agents import agent_states
from warmline.core.model.bridge_names import to_call_id
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, Layout, LegBridge, State
from warmline.core.model.leg import Phase, Role
from warmline.core.world.turn import Turn


def get_layout(call: Call, state: State) -> Layout:
    """Return the state's layout, with the call's own places instead of AS_RECORDED."""
    layout = LAYOUT[state]
    if layout.customer is LegBridge.AS_RECORDED:
        layout = layout._replace(customer=call.parking.customer_place)
    if layout.third is LegBridge.AS_RECORDED:
        layout = layout._replace(third=call.parking.third_place)
    return layout


def get_bridge_id(call: Call, leg_bridge: LegBridge, *, is_third: bool) -> str:
    """Return the bridge of a place in this call."""
    if leg_bridge is LegBridge.MIXING:
        return call.mixing_bridge_id
    if is_third:
        return call.third_holding_bridge_id
    return call.ivr_bridge_id if call.ivr else call.holding_bridge_id


def find_call_of_bridge(turn: Turn, bridge: str) -> Call | None:
    """Return the call of a bridge, or None."""
    call = turn.world.calls.get(to_call_id(bridge))
    return call if call and bridge in call.bridges else None


def has_reached_state(turn: Turn, call: Call, state: State) -> bool:
    """Return whether every leg is in its place of this state, which proves that a command is done."""
    layout = get_layout(call, state)
    return (
        _is_customer_placed(turn, call, layout)
        and _is_agent_placed(turn, call, layout)
        and _is_third_placed(turn, call, layout)
    )


def _is_customer_placed(turn: Turn, call: Call, layout: Layout) -> bool:
    if layout.customer is None:
        return call.customer not in turn.world.legs
    if layout.customer is LegBridge.NO_BRIDGE:
        return is_outside_bridges(turn, call, call.customer)
    return is_in_bridge(turn, call.customer, get_bridge_id(call, layout.customer, is_third=False))


def _is_agent_placed(turn: Turn, call: Call, layout: Layout) -> bool:
    leg = agent_states.find_agent_leg(turn, call.agent)
    if layout.agent is None:
        return leg is None or is_outside_bridges(turn, call, leg.id)
    return leg is not None and is_in_bridge(turn, leg.id, call.mixing_bridge_id)


def _is_third_placed(turn: Turn, call: Call, layout: Layout) -> bool:
    if layout.third is None:
        return call.third is None or call.third not in turn.world.legs
    if call.third is None:
        return bool(call.consultation.asked_group)  # a request for a closer, who need not be there yet
    leg = turn.world.legs.get(call.third)
    if leg is None or (leg.role is Role.AGENT and (leg.phase < Phase.UP or leg.accept)):
        return leg is not None
    return is_in_bridge(turn, leg.id, get_bridge_id(call, layout.third, is_third=True)) and leg.phase >= Phase.DIALED


def is_in_bridge(turn: Turn, leg_id: str | None, bridge: str) -> bool:
    """Return whether the leg is in this bridge, and not on its way to another."""
    leg = turn.world.legs.get(leg_id or "")
    return leg is not None and leg.target_bridge is None and leg.bridge == bridge


def is_outside_bridges(turn: Turn, call: Call, leg_id: str | None) -> bool:
    """Return whether the leg is in none of the call's bridges, and not on the way into or out of one."""
    leg = turn.world.legs.get(leg_id or "")
    return leg is None or (
        leg.bridge not in (call.mixing_bridge_id, call.third_holding_bridge_id) and leg.target_bridge is None
    )
