"""The steps of a turn that concern the dialler and its automatic calls.

Only this file of the engine imports the dialler, and only when there is an automatic call, a dialler or one of their
events. A call centre without automatic calls runs without those modules.
"""

from collections.abc import Callable
from functools import partial

from warmline.core.indexes.lead_calls import STATES_WITHOUT_AGENT
from warmline.core.messages.dialler_messages import (
    CreateDetector,
    DetectTalking,
    DialHalted,
    DialIdle,
    DialRefused,
    LeadAnsweredAway,
    OriginateToDialplan,
    PacingDecided,
)
from warmline.core.messages.leg_messages import LegArrived, LegLeftStasis
from warmline.core.model.call import Call
from warmline.core.servers.placement import choose_server
from warmline.core.world.turn import Turn

DiallerEvent = PacingDecided | DialHalted | DialIdle | DialRefused | LeadAnsweredAway
DiallerAction = OriginateToDialplan | CreateDetector
ARRIVAL_KINDS = ("auto", "amd")  # first arguments of a lead and of a detector of machines


def handle_dialler_event(turn: Turn, event: DiallerEvent) -> None:
    """Handle an event of the dialler."""
    from warmline.core.dialler import dialler_halts, idle_state, lead_call, proposals

    match event:
        case PacingDecided():
            proposals.apply_decision(turn, event)
        case DialHalted(reason, campaign):
            dialler_halts.halt_diallers(turn, reason, campaign)
        case DialIdle(campaign, reason):
            idle_state.set_idle_reason(turn, campaign, reason)
        case DialRefused():
            lead_call.handle_refusal(turn, event)
        case LeadAnsweredAway():
            lead_call.handle_answer_away(turn, event)


def handle_arrival(turn: Turn, event: LegArrived) -> None:
    """Handle a lead that has answered, or a detector, in Stasis. The first argument is one of ARRIVES."""
    from warmline.core.dialler import lead_call, machine_detection

    if event.args[0] == "auto":
        lead_call.handle_arrival(turn, event)
    else:
        machine_detection.handle_arrival(turn, event)


def handle_key(turn: Turn, leg_id: str, digit: str) -> None:
    """Handle a key of a lead."""
    leg = turn.world.legs.get(leg_id)
    call = turn.world.calls.get(leg.owner) if leg else None
    if call and call.is_automatic:
        from warmline.core.dialler import lead_call

        lead_call.handle_key(turn, leg_id, digit)


def handle_talk_detection(turn: Turn, action: DetectTalking) -> None:
    """Continue after Asterisk began or ceased to listen to an agent's words alongside a detector."""
    from warmline.core.dialler import machine_detection

    machine_detection.handle_agent_silence(turn, action.leg, is_on=action.on)


def handle_failed_action(turn: Turn, action: DiallerAction, status: int) -> None:
    """Continue without the channel that Asterisk did not create. Its leg is known."""
    from warmline.core.dialler import lead_call, machine_detection

    leg = turn.world.legs[action.leg]
    if isinstance(action, OriginateToDialplan):
        lead_call.handle_failed_originate(turn, leg, status)
    else:
        machine_detection.handle_failure(turn, leg)


def handle_safe_harbour(turn: Turn, call: Call, event: LegLeftStasis) -> None:
    """Handle a lead whom the guard has sent to the safe harbour message."""
    from warmline.core.dialler import lead_call

    lead_call.handle_departure(turn, call, event)


def follow_call(turn: Turn, call: Call) -> Call:
    """Request what an automatic call needs in its state."""
    from warmline.core.dialler import lead_call

    return lead_call.follow(turn, call)


def handle_timer(turn: Turn, call: Call) -> None:
    """Let the time limits of an automatic call take effect."""
    if call.is_automatic:
        from warmline.core.dialler import lead_call

        lead_call.handle_timer(turn, call)


def set_timers(turn: Turn, call: Call) -> None:
    """Set the timer of an automatic call after a restart."""
    if call.is_automatic:
        from warmline.core.dialler import lead_call

        lead_call.set_ring_timer(turn, call)


def detect_machines(turn: Turn) -> bool:
    """Let a detector listen to each lead whom this turn has answered. Return whether there is one."""
    if not _has_changed_automatic_call(turn):
        return False
    from warmline.core.dialler import machine_detection

    return machine_detection.begin(turn)


def count_drops(turn: Turn) -> None:
    """Count the leads whom this turn has dropped, and halt a dialler above its limit."""
    if _has_changed_automatic_call(turn):
        from warmline.core.dialler import dialler_halts, lead_call

        lead_call.count_drops(turn)
        dialler_halts.follow_drops(turn)


def halt_congested_diallers(turn: Turn) -> None:
    """Halt the diallers of a trunk that the calls of this turn have shown to be congested."""
    if _has_changed_automatic_call(turn):
        from warmline.core.dialler import trunk_congestion

        trunk_congestion.follow_ended_dials(turn)


def make_ring_hold_test(turn: Turn) -> Callable[[str, int], bool]:
    """Return what tells whether an agent is kept from a caller of a priority, while leads need agents."""
    from warmline.core.agents import ring_hold

    return partial(ring_hold.is_kept, turn.world, turn.now)


def pause_released_agents(turn: Turn) -> None:
    """Pause the agents who were kept for the calls that this turn has ended or connected."""
    campaigns = {
        call.outcome.campaign
        for call, _ in turn.changes
        if isinstance(call, Call)
        and call.is_automatic
        and (old_call := turn.get_previous_call(call.id))
        and old_call.state in STATES_WITHOUT_AGENT
        and call.state not in STATES_WITHOUT_AGENT
    }
    if campaigns:
        from warmline.core.agents import ring_hold

        ring_hold.pause_released_agents(turn, campaigns)


def delay_diallers(turn: Turn, server: str) -> None:
    """Let every dialler wait after the calls of a server are known again, unless another server took calls before."""
    world = turn.world
    if world.diallers and not (world.servers and choose_server(world, (server,))):
        from warmline.core.dialler import dialler_commands

        dialler_commands.delay_diallers(turn)


def _has_changed_automatic_call(turn: Turn) -> bool:
    """Return whether this turn has changed an automatic call."""
    for record, _ in turn.changes:  # noqa: SIM110 - each turn asks three times, and a generator costs twice as much
        if isinstance(record, Call) and record.is_automatic:
            return True
    return False
