"""The table of the events: what each one does. A new event of messages/events.py gets its row here.

A handler gets the turn and the event. An event that is late, repeated or about an unknown record changes nothing.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from warmline.core.agents import agent_speech, browser_phone_away, disposition_undo, phone_reachability, supervisor_page
from warmline.core.calls import outside_phone, prompt_events
from warmline.core.calls.lead import call_lead
from warmline.core.calls.leg_placement import find_call_of_bridge
from warmline.core.calls.sip import sip_redirect, sip_refer
from warmline.core.commands import command_dispatch, phone_keys
from warmline.core.engine import (
    automatic_calls,
    clock_change,
    dial_facts_answers,
    known_servers,
    leg_events,
    lost_or_restarted_server,
    recording_events,
    recovery,
)
from warmline.core.engine.action_results import handle_done_action, handle_failed_action
from warmline.core.engine.configuration_change import apply_rules
from warmline.core.engine.due_timers import fire_timer
from warmline.core.media import audio_playback, recording_notice
from warmline.core.messages import dialler_messages, events
from warmline.core.messages.page_messages import PageAway, PageBack
from warmline.core.model.leg import Phase
from warmline.core.replace import replace
from warmline.core.rules import login_rules
from warmline.core.webhooks import webhook_retries
from warmline.core.world.turn import Turn

E = TypeVar("E")


def _row(event_class: type[E], handler: Callable[[Turn, E], None]) -> tuple[type, Callable[[Turn, Any], None]]:
    """Return a row of the table. The type checker checks that the handler takes this event."""
    return event_class, handler


def _handle_page_away(turn: Turn, event: PageAway) -> None:
    browser_phone_away.record_page_away(turn, event.agent, event.page)
    supervisor_page.end_page_supervision(turn, event.agent, event.page)


def _handle_audio_end(turn: Turn, event: events.AudioEnded) -> None:
    audio_playback.handle_audio_end(turn, event)
    recording_notice.handle_notice_end(turn, event)


def _handle_key(turn: Turn, event: events.DtmfReceived) -> None:
    if not outside_phone.handle_key(turn, event.leg, event.digit):
        prompt_events.handle_key(turn, event.leg, event.digit)
        automatic_calls.handle_key(turn, event.leg, event.digit)
        phone_keys.handle_key(turn, event)


def _handle_refer(turn: Turn, event: events.ReferReceived) -> None:
    if request := sip_refer.handle_refer(turn, event):
        command_dispatch.dispatch(turn, request)


def _replace_bridge(turn: Turn, event: events.BridgeDestroyed) -> None:
    """Request a bridge of a live call again that another program destroyed, and move the legs back.

    The event may be late and may be about a bridge that was requested again. Any such bridge is closed with the call.
    """
    bridge = event.bridge
    call = find_call_of_bridge(turn, bridge)
    if call is None:
        return
    for leg in [turn.world.legs[leg] for leg in turn.world.bridge_members.in_bridge(bridge)]:
        if leg.bridge == bridge:
            turn.put(replace(leg, bridge=None))
    turn.put(call.with_doubtful_bridge(bridge))


def _handle_app_start(turn: Turn, event: events.AppStarted) -> None:
    if event.correction is not None:
        clock_change.apply_correction(turn, event.correction)
    turn.world.trunk_use.forget_dials()
    phone_keys.forget_typed_keys(turn)
    webhook_retries.resume(turn)
    disposition_undo.restore_timers(turn)
    dial_facts_answers.resume(turn)


def _begin_reconciliation(turn: Turn, event: events.Reconciling) -> None:
    phone_keys.forget_typed_keys(turn, event.server)
    recovery.begin_reconciliation(turn, event.server)


def _finish_reconciliation(turn: Turn, event: events.Reconciled) -> None:
    recovery.finish_reconciliation(turn, event.server)
    known_servers.mark_reached(turn, event.server)
    automatic_calls.delay_diallers(turn, event.server)


def _handle_server_loss(turn: Turn, event: events.ServerLost) -> None:
    known_servers.mark_away(turn, event.server)
    lost_or_restarted_server.end_server_calls(turn, event.server)


def _fire_timers(turn: Turn, _event: events.TimerFired) -> None:
    for key in turn.take_due_timers():
        turn.subject = key.id
        fire_timer(turn, key)
    turn.subject = ""


def _note_fallback(turn: Turn, event: events.FallbackTaken) -> None:
    if event.goto:
        return  # its DID sent it there, which is no problem
    if event.reason.startswith(login_rules.REFUSAL_PREFIX):
        turn.note(event.reason)
    else:
        turn.note(f"call {event.call} to {event.dialled} took the fallback: {event.reason}")


EVENT_HANDLERS: dict[type, Callable[[Turn, Any], None]] = dict(
    (
        # A leg: see leg_events.py.
        _row(events.LegArrived, leg_events.handle_arrival),
        _row(events.LegRinging, lambda turn, event: leg_events.advance_phase(turn, event.leg, Phase.RINGING)),
        _row(events.LegProgress, lambda turn, event: leg_events.advance_phase(turn, event.leg, Phase.PROGRESS)),
        _row(events.LegAnswered, lambda turn, event: leg_events.advance_phase(turn, event.leg, Phase.UP)),
        _row(events.LegJoined, lambda turn, event: leg_events.record_join(turn, event.leg, event.bridge)),
        _row(
            events.LegLeft,
            lambda turn, event: leg_events.record_exit(turn, event.leg, event.bridge, found_outside=event.found),
        ),
        _row(events.LegHoldChanged, lambda turn, event: leg_events.record_hold(turn, event.leg, is_on=event.on)),
        _row(events.LegWithoutAudio, lambda turn, event: leg_events.rejoin_for_audio(turn, event.leg, event.bridge)),
        _row(events.LegLeftStasis, leg_events.handle_stasis_exit),
        _row(events.LegDestroyed, lambda turn, event: leg_events.close_leg(turn, event.leg, event.cause)),
        _row(events.LegRedirected, sip_redirect.record_redirect),
        _row(events.ReferReceived, _handle_refer),
        _row(events.BridgeDestroyed, _replace_bridge),
        # What is heard and pressed.
        _row(
            events.PlayFinished,
            lambda turn, event: leg_events.handle_play_end(turn, event.leg, event.play, ok=event.ok),
        ),
        _row(events.AudioEnded, _handle_audio_end),
        _row(events.DtmfReceived, _handle_key),
        _row(dialler_messages.LegTalking, agent_speech.record_speech),
        # Recordings.
        _row(events.RecordingStarted, recording_events.note_start),
        _row(events.RecordingFinished, recording_events.note_end),
        _row(events.RecordingFailed, recording_events.note_failure),
        _row(events.RecordingMeasured, recording_events.note_measurement),
        _row(events.RecordingConverted, recording_events.note_conversion),
        # Phones and pages of agents.
        _row(events.PhoneUnreachable, lambda turn, event: phone_reachability.record_phone_away(turn, event.phone)),
        _row(events.PhoneReachable, lambda turn, event: phone_reachability.record_phone_back(turn, event.phone)),
        _row(PageAway, _handle_page_away),
        _row(PageBack, lambda turn, event: browser_phone_away.record_page_back(turn, event.agent, event.page)),
        # Answers to actions.
        _row(events.ActionDone, lambda turn, event: handle_done_action(turn, event.action)),
        _row(
            events.ActionFailed,
            lambda turn, event: handle_failed_action(turn, event.action, event.status, text=event.text),
        ),
        _row(dialler_messages.LeadFound, call_lead.store_lead),
        _row(events.DialFactsFound, dial_facts_answers.handle_facts),
        _row(events.WebhookTried, webhook_retries.handle_try),
        # The dialler.
        _row(dialler_messages.PacingDecided, automatic_calls.handle_dialler_event),
        _row(dialler_messages.DialHalted, automatic_calls.handle_dialler_event),
        _row(dialler_messages.DialIdle, automatic_calls.handle_dialler_event),
        _row(dialler_messages.DialRefused, automatic_calls.handle_dialler_event),
        _row(dialler_messages.LeadAnsweredAway, automatic_calls.handle_dialler_event),
        # The app, its clock, settings and servers.
        _row(events.AppStarted, _handle_app_start),
        _row(events.TimerFired, _fire_timers),
        _row(events.ClockCorrected, lambda turn, event: clock_change.apply_correction(turn, event.correction)),
        _row(events.ConfigurationChanged, lambda turn, event: apply_rules(turn, event.rules)),
        _row(events.FallbackTaken, _note_fallback),
        _row(events.Reconciling, _begin_reconciliation),
        _row(events.Reconciled, _finish_reconciliation),
        _row(
            events.CallsReconciled,
            lambda turn, event: recovery.finish_call_reconciliation(turn, event.calls, event.legs),
        ),
        _row(
            events.AsteriskConnected,
            lambda turn, event: lost_or_restarted_server.note_asterisk_start(turn, event.started, event.server),
        ),
        _row(events.ServerLost, _handle_server_loss),
        _row(events.ServerAway, lambda turn, event: known_servers.mark_away(turn, event.server)),
        _row(events.ServersKnown, known_servers.update_servers),
    )
)
