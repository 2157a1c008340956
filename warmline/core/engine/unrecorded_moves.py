"""Moves that Asterisk made and that are not on record, because the app died before its last turns were on disk.

A start finds a leg outside of the room where the journal has it. Such a leg is not brought back to the people there:
the agent may have left them. Two parties who are in the room without their agent have been left. Otherwise the customer
hears music and the agent gets an alert. If the agent gives no command in time, the customer goes to the fallback.
"""

from warmline.core.agents import agent_sounds, agent_states
from warmline.core.calls.call_transitions import transition
from warmline.core.engine import call_removal
from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, AgentState, LegBridge, State
from warmline.core.model.leg import Leg
from warmline.core.model.transition_tables import Trigger
from warmline.core.moment import SECOND_US
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

AGENT_JOIN_DELAY_US = 2 * SECOND_US  # until an agent joins the empty room; the customer has left it before
AGENTLESS_STATES = (State.HANDED_OFF, State.LEFT_RINGING, State.BLIND)  # customer and third party, without an agent


def note_outside_leg(turn: Turn, call: Call, leg: Leg) -> None:
    """Note a leg of the call that is outside of its room. Nothing moves before `settle`."""
    outside_legs = (*call.parking.found_outside, leg.id)
    turn.put(call.with_parking(found_outside=outside_legs))


def settle_call(turn: Turn, call: Call) -> Call:
    """Move the call to the state that Asterisk shows, after all differences are known. Join no parties by a guess."""
    outside_legs = call.parking.found_outside
    if not outside_legs:
        return call
    call = turn.put(call.with_parking(found_outside=()))
    phone = agent_states.find_agent_leg(turn, call.agent)
    if call.state in AGENTLESS_STATES and {call.customer, call.third} & {*outside_legs}:
        _note_move(turn, call, "the parties were found apart; the customer goes to the fallback")
        call_removal.send_to_fallback(turn, call, reasons.FOUND_APART.text())
        return call
    if LAYOUT[call.state].agent_state not in (AgentState.INCALL, AgentState.DEAD) or call.state is State.RESCUE:
        return call  # no parties talk in this state
    if phone and phone.id in outside_legs:
        return _handle_agent_outside(turn, call, phone)
    if call.third in outside_legs:
        call = _handle_third_outside(turn, call)
    return _hold_customer(turn, call) if call.customer in outside_legs else call


def _handle_agent_outside(turn: Turn, call: Call, phone: Leg) -> Call:
    if _is_in_mixing_bridge(turn, call, call.customer) and _is_in_mixing_bridge(turn, call, call.third):
        _note_move(turn, call, f"agent {call.agent} was found outside the room, and has left the call")
        return transition(turn, call, Trigger.FOUND_AGENT_OUTSIDE)
    turn.put(replace(phone, wait_until=turn.now + AGENT_JOIN_DELAY_US))
    turn.wake(turn.now + AGENT_JOIN_DELAY_US, TimerKind.LEG, phone.id)
    if call.third:
        call = _handle_third_outside(turn, call)
    return _hold_customer(turn, call) if call.customer else call


def _handle_third_outside(turn: Turn, call: Call) -> Call:
    """Hold the third party. A closer is released."""
    _note_move(turn, call, "the third party was found outside the room")
    if call.consultation.closer:
        return transition(turn, call, Trigger.THIRD_LOST)
    call = transition(turn, call, Trigger.FOUND_THIRD_OUTSIDE)
    return turn.put(call.with_parking(third_place=LegBridge.HOLDING))


def _hold_customer(turn: Turn, call: Call) -> Call:
    """Hold the customer, alert the agent, and set the time of the fallback."""
    wait_seconds = get_campaign(turn, call).agent_rescue_seconds
    _note_move(
        turn,
        call,
        f"the customer is on hold: agent {call.agent} was not found with them; the fallback has {wait_seconds} s",
    )
    call = transition(turn, call, Trigger.FOUND_CUSTOMER_OUTSIDE)
    fallback_at_us = turn.now + wait_seconds * SECOND_US
    turn.wake(fallback_at_us, TimerKind.CALL, call.id)
    parking = replace(call.parking, customer_place=LegBridge.HOLDING, fallback_at=fallback_at_us)
    call = turn.put(replace(call, parking=parking))
    agent_sounds.play_whisper(turn, call.agent or "", agent_sounds.ALERT_SOUND)
    return turn.world.calls[call.id]


def handle_timer(turn: Turn, call: Call) -> None:
    """Send the customer to the fallback if the agent gave no command in time."""
    if call.parking.fallback_at is not None and call.parking.fallback_at <= turn.now:
        call_removal.send_to_fallback(turn, call, reasons.FOUND_APART.text())


def _is_in_mixing_bridge(turn: Turn, call: Call, name: str | None) -> bool:
    leg = turn.world.legs.get(name or "")
    return leg is not None and leg.bridge == call.mixing_bridge_id


def _note_move(turn: Turn, call: Call, text: str) -> None:
    turn.note(f"call {call.id}: after the start, {text}")
