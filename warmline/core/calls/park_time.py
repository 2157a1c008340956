"""The time of a customer's park, and the reminder for the agent. A long park never ends the call.

The state that follows a park, also after a failed consultation, is in `core/model/transition_tables.py`.
`core/calls/converge.py` moves the customer to the park: a holding bridge, which plays music, or the bridge with the
campaign's `park_ivr`. A phone that holds its line moves no leg. `core/media/hold_music.py` plays music to a party if
all others in the bridge hold.
"""

from warmline.core.agents import agent_sounds, agent_states
from warmline.core.calls.leg_placement import get_layout
from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, AgentState, LegBridge, State
from warmline.core.moment import SECOND_US
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

REMINDER_INTERVAL_US = 30 * SECOND_US  # between two tones during a park that is too long


def update_park_time(turn: Turn, call: Call) -> Call:
    """Start the park time when the customer is parked, and end it when the customer is back."""
    if call.parking.fallback_at is not None:
        has_command = call.commands.pending or call.commands.dialling
        if has_command or not is_parked(call):
            call = turn.put(call.with_parking(fallback_at=None))
    if is_parked(call):
        return call if call.parking.since is not None else _start_park_time(turn, call)
    if call.parking.since is None:
        return call
    return turn.put(call.with_parking(since=None, remind_at=None))


def is_parked(call: Call) -> bool:
    """Return whether the customer is parked with an agent on the call."""
    layout = get_layout(call, call.state)
    is_away = call.state in (State.RINGING_AGENT, State.RESCUE)
    return layout.customer is LegBridge.HOLDING and layout.agent is LegBridge.MIXING and not is_away


def is_on_hold(turn: Turn, call: Call) -> bool:
    """Return whether the agent's time is hold: the customer is parked, or the agent's phone holds the line."""
    if is_parked(call):
        return True
    is_talking = LAYOUT[call.state].agent_state is AgentState.INCALL and call.state is not State.RESCUE
    agent_leg = agent_states.find_agent_leg(turn, call.agent)
    return is_talking and agent_leg is not None and agent_leg.held


def _start_park_time(turn: Turn, call: Call) -> Call:
    limit_seconds = get_campaign(turn, call).park_max_seconds
    reminder_at_us = turn.now + limit_seconds * SECOND_US if limit_seconds else None
    if reminder_at_us:
        turn.wake(reminder_at_us, TimerKind.CALL, call.id)
    return turn.put(call.with_parking(since=turn.now, remind_at=reminder_at_us))


def remind_agent(turn: Turn, call: Call) -> Call:
    """Play a tone to the agent after `park_max_seconds`, and then every 30 seconds."""
    agent_sounds.play_whisper(turn, call.agent or "", agent_sounds.ALERT_SOUND)
    turn.wake(turn.now + REMINDER_INTERVAL_US, TimerKind.CALL, call.id)
    return turn.put(call.with_parking(remind_at=turn.now + REMINDER_INTERVAL_US))
