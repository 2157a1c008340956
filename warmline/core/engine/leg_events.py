"""Asterisk's events about a leg: its arrival, progress, bridges and end."""

from warmline.core.agents import (
    agent_states,
    inbound_mute,
    key_line,
    login,
    moved_supervisors,
    phone,
    supervision,
    supervisor_page,
)
from warmline.core.calls import (
    arrival,
    leg_answer_and_loss,
    outside_phone,
    phone_replacement,
    prompt_events,
    queue_entry_and_exit,
)
from warmline.core.calls.leg_placement import find_call_of_bridge
from warmline.core.calls.sip import sip_redirect
from warmline.core.commands import adoption
from warmline.core.engine import automatic_calls, unrecorded_moves
from warmline.core.indexes.timers import TimerKind
from warmline.core.media import hold_music
from warmline.core.messages.audio_messages import Play
from warmline.core.messages.bridge_messages import AddToBridge
from warmline.core.messages.leg_messages import ContinueInFallback, HangUpLeg, LegArrived, LegLeftStasis
from warmline.core.model.bridge_names import to_mixing_call_id
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.session import BROWSER_PHONE
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

SUPERVISION_ROLES = (Role.SUPERVISOR, Role.SNOOP)
AGENT_PHONE_ARGUMENTS = 3  # arguments of an agent's browser phone; that of a supervisor has the client, too
BRIDGE_EXIT_GRACE_US = 2_000_000  # for the end of a leg that left a bridge, before it is moved back


def handle_arrival(turn: Turn, event: LegArrived) -> None:
    """Handle a leg in Stasis: a leg of Warmline, a phone that logs in, or a customer."""
    leg = turn.world.legs.get(event.leg)
    leg_kind = event.args[0] if event.args else ""
    if leg_kind in automatic_calls.ARRIVAL_KINDS:
        automatic_calls.handle_arrival(turn, event)
    elif leg is not None:
        _handle_own_arrival(turn, leg, event)
    elif leg_kind == "login":
        if not phone_replacement.accept_phone(turn, event):
            login.log_in(turn, event)
    elif leg_kind == BROWSER_PHONE:
        begin = (
            supervisor_page.answer_page_leg
            if len(event.args) > AGENT_PHONE_ARGUMENTS
            else phone_replacement.accept_phone
        )
        if not begin(turn, event):
            turn.note(f"leg {event.leg} has no valid token of a browser phone; it is hung up")
            turn.do(event.leg, HangUpLeg(event.leg, server=event.server))
    elif leg_kind == "keys":
        key_line.open_line(turn, event)
    elif leg_kind == "handoff":  # the app asks for the conversation that it names
        turn.do(event.leg, HangUpLeg(event.leg, server=event.server))
    elif leg_kind in ("made", "whisper"):
        turn.note(f"leg {event.leg} is no longer needed; it is hung up")
        turn.do(event.leg, HangUpLeg(event.leg, server=event.server))
    elif leg_kind == "adopted":
        reason = "the adoption of its call was given up"
        turn.note(f"leg {event.leg} goes on in its dialplan: {reason}")
        turn.do(event.leg, ContinueInFallback(event.leg, reason, next=True, server=event.server))
    elif call := arrival.handle_arrival(turn, event):
        queue_entry_and_exit.enter_ingroup(turn, call, call.ingroup, direct_agent=call.direct)


def _handle_own_arrival(turn: Turn, leg: Leg, event: LegArrived) -> None:
    if leg.phase is not Phase.ASKED:
        return
    if not leg.originated:
        adoption.record_arrival(turn, leg, event)
        _touch_calls(turn, leg, None)
        return
    leg = turn.put(replace(leg, phase=Phase.ARRIVED))
    if leg.role is Role.WHISPER:
        turn.do(leg.owner, Play(leg.id, leg.media))
    elif leg.role in SUPERVISION_ROLES:
        supervision.handle_arrival(turn, leg)
    elif leg.role is Role.AGENT:
        phone.dial_phone(turn, leg)
    turn.touch(leg.owner)


def advance_phase(turn: Turn, leg_id: str, phase: Phase) -> None:
    """Record the progress of a leg. A phase that is not later than the current one changes nothing."""
    leg = turn.world.legs.get(leg_id)
    if leg is None or leg.phase >= phase:
        return
    answered_at_us = turn.now if phase is Phase.UP else leg.answered
    leg = turn.put(replace(leg, phase=phase, answered=answered_at_us))
    if phase is Phase.UP and leg.role is Role.SUPERVISOR:
        supervision.handle_answer(turn, leg)
    elif phase is Phase.UP and leg.originated:
        if not outside_phone.ask_for_key(turn, leg):
            leg_answer_and_loss.handle_agent_answer(turn, leg)
    elif phase is Phase.UP and leg.role is Role.RETURNING:
        phone_replacement.continue_replacement(turn, leg)
    elif phase is Phase.UP and leg.role is Role.AGENT:
        agent_states.make_idle(turn, leg)  # unless the login prompt still plays
    if phase is Phase.UP and leg.role in (Role.AGENT, Role.RETURNING):
        moved_supervisors.reconnect_supervisors(turn, leg.owner)
    turn.touch(leg.owner)
    if call := leg_answer_and_loss.find_call_of_leg(turn, leg):
        turn.touch(call.id)


def handle_play_end(turn: Turn, leg_id: str, play: str, *, ok: bool) -> None:
    """Handle the end or failure of a prompt: a login's, a whisper, or a caller's."""
    leg = turn.world.legs.get(leg_id)
    if leg is None:
        return
    if leg.role is Role.CUSTOMER:
        if call := leg_answer_and_loss.find_call_of_leg(turn, leg):
            prompt_events.handle_prompt_end(turn, call, play, ok=ok)
    elif leg.accept:
        outside_phone.handle_prompt_end(turn, leg, play)
    elif leg.prompt or leg.role is not Role.AGENT:
        login.handle_prompt_end(turn, leg)


def record_join(turn: Turn, leg_id: str, bridge: str) -> None:
    """Record that a leg is in a bridge. An unknown channel in a call's bridge is hung up."""
    leg = turn.world.legs.get(leg_id)
    if leg is None:
        _hang_up_unrequested(turn, leg_id, bridge)
    else:
        is_target = leg.target_bridge == bridge
        is_unrequested = not is_target and leg.bridge != bridge
        # An agent who left was on the way here.
        wait_until_us = 0 if find_call_of_bridge(turn, bridge) else leg.wait_until
        target_bridge, tries = (None, 0) if is_target else (leg.target_bridge, leg.tries)
        leg = turn.put(
            replace(
                leg, bridge=bridge, target_bridge=target_bridge, rejoining=False, tries=tries, wait_until=wait_until_us
            )
        )
        hold_music.doubt_music(turn, bridge, joined_leg_id=leg.id)
        if leg.replaces:
            phone_replacement.hang_up_old_leg(turn, leg)
        if is_unrequested:
            _restart_holding_bridge(turn, bridge)
        _touch_calls(turn, leg, bridge)


def _hang_up_unrequested(turn: Turn, channel: str, bridge: str) -> None:
    """Hang up a channel that another program added to a call's bridge, and record it in the call's journal."""
    if call := find_call_of_bridge(turn, bridge):
        turn.note(f"another program added channel {channel} to {bridge}; the channel is hung up")
        turn.put(call)
        turn.do(channel, HangUpLeg(channel, server=call.server))


def _restart_holding_bridge(turn: Turn, bridge: str) -> None:
    """Request a holding bridge again after a late join, because its music has ended."""
    if (call := find_call_of_bridge(turn, bridge)) and bridge != call.mixing_bridge_id:
        turn.put(call.with_doubtful_bridge(bridge))


def record_exit(turn: Turn, leg_id: str, bridge: str, *, found_outside: bool = False) -> None:
    """Record that a leg left a bridge: on its way to another, idle, or about to end.

    With `found_outside`, a start found it outside.
    """
    leg = turn.world.legs.get(leg_id)
    if leg is None or leg.bridge not in (bridge, None) or leg.phase is Phase.ASKED:  # or it was the dialplan's bridge
        return
    is_unrequested = leg.target_bridge is None and leg.bridge is not None
    target_bridge = leg.target_bridge if leg.rejoining and leg.bridge is not None else leg.target_bridge or None
    # A stop of the silence without an answer may have been done. An idle leg starts it again.
    leg = replace(
        leg, bridge=None, target_bridge=target_bridge, silence_playing=leg.silence_playing and target_bridge is not None
    )
    if found_outside and (call := find_call_of_bridge(turn, bridge)):
        unrecorded_moves.note_outside_leg(turn, call, leg)
    elif is_unrequested:
        leg = replace(leg, wait_until=turn.now + BRIDGE_EXIT_GRACE_US)
        turn.wake(leg.wait_until, TimerKind.LEG, leg.id)
    turn.put(leg)
    if leg.server not in turn.world.held_servers:
        leg = hold_music.end_music(turn, leg.owner, leg)
        hold_music.doubt_music(turn, bridge)
        if leg.role is Role.AGENT:  # it may be on its way to another bridge
            agent_states.make_idle(turn, leg)
    _touch_calls(turn, leg, bridge)


def _touch_calls(turn: Turn, leg: Leg, bridge: str | None) -> None:
    """Check the leg's call again, and the call of the bridge, whose agent may have been released before."""
    if call := leg_answer_and_loss.find_call_of_leg(turn, leg):
        turn.touch(call.id)
    turn.touch(to_mixing_call_id(bridge or ""))


def record_hold(turn: Turn, leg_id: str, *, is_on: bool) -> None:
    """Record a hold or its end (see hold_music.py). An idle agent whose phone holds the line gets no call."""
    leg = turn.world.legs.get(leg_id)
    if leg is None or leg.held is is_on:
        return
    leg = turn.put(replace(leg, held=is_on))
    if is_on:
        hold_music.handle_hold(turn, leg)
    if session := agent_states.find_session_by_leg(turn, leg):
        agent_states.update_availability(turn, session)
        inbound_mute.apply_mute(turn, session)
        if is_on and session.call is None:
            turn.note(f"agent {session.agent} holds the idle line; no call is offered until the agent resumes it")
    _touch_calls(turn, leg, None)


def rejoin_for_audio(turn: Turn, leg_id: str, bridge: str) -> None:
    """Let a leg without audio join its bridge again, so that Asterisk restarts the audio to it."""
    leg, call = turn.world.legs.get(leg_id), find_call_of_bridge(turn, bridge)
    if leg is None or call is None or not leg.bridge == bridge == call.mixing_bridge_id:
        return
    if leg.target_bridge is not None or leg.hangup_requested or leg.held or leg.music:
        return
    if leg.server in turn.world.held_servers:
        return
    turn.note(f"leg {leg_id} got no audio in {bridge}; it joins the bridge again")
    turn.put(call)  # records it in the call's story, even for an agent's leg
    turn.put(replace(leg, target_bridge=bridge, rejoining=True))
    turn.do(call.id, AddToBridge(leg_id, bridge, leg.absorbs_keys))


def handle_stasis_exit(turn: Turn, event: LegLeftStasis) -> None:
    """Handle a leg that left Stasis. It is gone, unless its end with a cause follows.

    The cause follows if Warmline dialled the leg, and for an adopted phone. A dialled customer who was sent into the
    dialplan is gone, too, because Asterisk may not report that end. So is a lead who hears the message, with `harbour`.
    """
    leg_id = event.leg
    leg = turn.world.legs.get(leg_id)
    if leg is None:
        return
    call, session = leg_answer_and_loss.find_call_of_leg(turn, leg), agent_states.find_session_by_leg(turn, leg)
    if event.harbour and call and call.is_automatic and call.customer == leg_id:
        automatic_calls.handle_safe_harbour(turn, call, event)
        close_leg(turn, leg_id, 0)
        return
    ends_later = leg.originated or (session and session.on_hook and call)
    if not ends_later or (call and call.customer == leg_id and call.queueing.exit and leg.hangup_requested):
        close_leg(turn, leg_id, 0)


def close_leg(turn: Turn, leg_id: str, cause: int) -> None:
    """Close a leg that has ended, and handle its loss."""
    leg = turn.world.legs.get(leg_id)
    if leg is None or sip_redirect.delay_leg_end(turn, leg, cause):
        return
    call = leg_answer_and_loss.find_call_of_leg(turn, leg)
    turn.close(replace(leg, phase=Phase.GONE, bridge=None, target_bridge=None, ended=turn.now, cause=cause))
    inbound_mute.abandon_commands(turn, leg)
    if leg.replaces:
        phone_replacement.hang_up_old_leg(turn, leg)
    if leg.role in SUPERVISION_ROLES:
        supervision.handle_leg_end(turn, leg, cause)
    elif leg.role is Role.KEYS:
        key_line.handle_line_end(turn, leg)
    elif leg.role is Role.WHISPER:
        supervision.replace_snoop_channels(turn, agent_states.find_agent_leg(turn, leg.owner))
    leg_answer_and_loss.handle_leg_end(turn, leg, call, cause=cause)
    _touch_calls(turn, leg, leg.bridge)
