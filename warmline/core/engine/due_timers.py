"""Timers that are due: of calls, receipts, legs, webhooks, recordings and sessions."""

from warmline.core.agents import (
    agent_states,
    browser_phone_away,
    disposition_undo,
    inbound_mute,
    phone_call_back,
    remote_login,
    supervision,
    supervisor_page,
)
from warmline.core.calls import (
    call_timers,
    leg_answer_and_loss,
    outside_phone,
    phone_replacement,
    rescue,
)
from warmline.core.calls.leg_placement import find_call_of_bridge
from warmline.core.commands import adoption, phone_keys, queued_commands
from warmline.core.engine import (
    agent_timeouts,
    automatic_calls,
    dial_facts_answers,
    unrecorded_moves,
)
from warmline.core.indexes.timers import TimerKey, TimerKind
from warmline.core.media import hold_music, recording_control
from warmline.core.messages.leg_messages import HangUpLeg
from warmline.core.model.leg import HoldMusic, Leg, Phase, Role
from warmline.core.replace import replace
from warmline.core.webhooks import webhook_retries
from warmline.core.world.turn import Turn


def fire_timer(turn: Turn, key: TimerKey) -> None:
    """Handle a timer that is due. Its cause may be over."""
    world = turn.world
    match key.kind:
        case TimerKind.CALL if (open_call := world.calls.get(key.id)) and (
            call := adoption.give_up_if_overdue(turn, open_call)
        ):
            call_timers.handle_timers(turn, call)
            if call := world.calls.get(key.id):
                automatic_calls.handle_timer(turn, call)
            if call := world.calls.get(key.id):
                unrecorded_moves.handle_timer(turn, call)
        case TimerKind.RECEIPT if receipt := world.receipts.get(key.id):
            queued_commands.refuse_overdue_command(turn, receipt)
            supervisor_page.check_offer_timeout(turn, receipt)
        case TimerKind.LEG if leg := world.legs.get(key.id):
            _fire_leg_timer(turn, leg)
        case TimerKind.WEBHOOK if webhook := world.webhooks.get(key.id):
            webhook_retries.send(turn, webhook)
        case TimerKind.RECORDING if recording := world.recordings.get(key.id):
            recording_control.handle_timer(turn, recording)
        case TimerKind.SESSION:
            for step in (
                dial_facts_answers.refuse_overdue_commands,
                phone_keys.handle_timer,
                phone_call_back.call_if_lost,
                remote_login.wait_for_page,
                browser_phone_away.handle_timer,
                rescue.give_up_rescue,
                rescue.give_up_uncalled_phone,
                disposition_undo.handle_timer,
                agent_timeouts.end_overdue_state,
                agent_timeouts.end_overdue_preview,
            ):
                if session := world.sessions.get(key.id):  # the previous function may have ended the session
                    step(turn, session)


def _fire_leg_timer(turn: Turn, leg: Leg) -> None:
    dial_facts_answers.refuse_overdue_redirect(turn, leg)
    if leg.id not in turn.world.legs:
        return
    leg = turn.world.legs[leg.id]
    if leg.accept and not leg.hangup_requested:
        outside_phone.handle_timer(turn, leg)
        return
    if leg.replaces and turn.now >= leg.created + phone_replacement.JOIN_TIMEOUT_US:
        phone_replacement.hang_up_old_leg(turn, leg)
        leg = turn.world.legs[leg.id]
    call = leg_answer_and_loss.find_call_of_leg(turn, leg)
    if leg.hangup_requested and leg.wait_until > turn.now:
        return  # a later timer handles that
    if leg.hangup_requested and _has_picked_up(turn, leg):
        leg = turn.put(replace(leg, hangup_requested=False, tries=0))
    if (leg.hangup_requested and (leg.is_hung_up_alone or leg.role is Role.THIRD)) or (
        leg.role is Role.THIRD and not call
    ):
        turn.put(replace(leg, hangup_requested=True))  # it was refused, and no other code repeats it
        turn.do(leg.owner, leg.fallback or HangUpLeg(leg.id, leg.dialling.answered_elsewhere))
        return
    if leg.role is Role.AGENT:
        if leg.bridge is None and leg.music is HoldMusic.UNKNOWN:  # its call has ended, and no longer stops it
            leg = hold_music.end_music(turn, leg.owner, leg)
        agent_states.make_idle(turn, leg)
        if session := agent_states.find_session_by_leg(turn, turn.world.legs[leg.id]):
            inbound_mute.apply_mute(turn, session)
    elif leg.role is Role.SUPERVISOR:
        supervision.start_snoop_channel(turn, leg)
    if call := call or find_call_of_bridge(turn, leg.bridge or ""):
        turn.touch(call.id)


def _has_picked_up(turn: Turn, leg: Leg) -> bool:
    """Return whether an agent, whose phone could be neither dialled nor hung up, has answered and is still needed."""
    session = agent_states.find_session_by_leg(turn, leg)
    is_up = leg.role is Role.AGENT and leg.originated and leg.phase is Phase.UP
    return is_up and session is not None and (not session.on_hook or session.call is not None)
