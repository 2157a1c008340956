"""The engine: it handles one input, and everything that follows from it, in one turn."""

from warmline.core.agents import (
    agent_speech,
    agent_states,
    browser_phone_away,
    disposition_undo,
    phone_reachability,
    supervisor_page,
)
from warmline.core.calls import (
    call_transitions,
    leg_answer_and_loss,
    outside_phone,
    park_time,
    prompt_events,
)
from warmline.core.calls.converge import converge
from warmline.core.calls.leg_placement import call_with, reached
from warmline.core.calls.of_lead import call_lead
from warmline.core.calls.sip import sip_redirect, sip_refer
from warmline.core.commands import call_commands, command_dispatch, phone_keys
from warmline.core.engine import (
    automatic_calls,
    clock_change,
    dial_facts_answers,
    failed_turn,
    known_servers,
    lost_or_restarted_server,
)
from warmline.core.engine.action_results import action_done, action_failed
from warmline.core.engine.configuration_change import configured
from warmline.core.engine.due_timers import due
from warmline.core.engine.leg_events import arrived, ended, gone, hears_nothing, held, joined, left, played, reaches
from warmline.core.engine.recording_events import recorded
from warmline.core.engine.recovery import calls_reconciled, reconciled, reconciling
from warmline.core.media import audio_playback, recording_notice
from warmline.core.messages import events
from warmline.core.messages.commands import Ask
from warmline.core.messages.dialler_messages import (
    DialHalted,
    DialIdle,
    DialRefused,
    LeadAnsweredAway,
    LeadFound,
    LegTalking,
    PacingDecided,
)
from warmline.core.messages.events import Event
from warmline.core.messages.page_messages import PageAway, PageBack
from warmline.core.messages.values.server_action import MAIN
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, State
from warmline.core.model.leg import Phase
from warmline.core.model.transition_tables import Trigger
from warmline.core.queue import queue_tickets
from warmline.core.replace import replace
from warmline.core.rules import login_rules
from warmline.core.webhooks import webhook_retries, webhook_triggers
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

Input = Event | Ask

ROUNDS, OF_A_CALL = 1000, 100  # far more than a turn needs; a turn beyond that is a bug


def handle(world: World, entry: Input, now: int, base: str) -> Turn:
    """Handle one input. `now` is in microseconds UTC; `base` is a new ULID from which the turn draws its ids.

    The only side effect is the update of `world`. The turn ends when no call and no agent has a next step. Events are
    never refused. A refused command leaves only its receipt. An exception is a bug, and it leaves the world as it was.
    """
    turn = Turn(world, now, base)
    take(turn, entry)
    return turn


def take(turn: Turn, entry: Input) -> None:
    """Let a new turn handle one input.

    An exception leaves the world as it was; `turn.subject` is the record in work.
    """
    world = turn.world
    world.begin()
    if getattr(entry, "server", MAIN) != MAIN:
        world.several = True
    try:
        _take(turn, entry)
    except Exception:
        world.roll_back()
        raise


def _take(turn: Turn, entry: Input) -> None:
    if isinstance(entry, events.TurnFailed):
        failed_turn.set_aside(turn, entry)  # without rounds, because it must not fail for another call
        return
    if isinstance(entry, Ask):
        command_dispatch.dispatch(turn, entry)
    else:
        _event(turn, entry)
    for _ in range(ROUNDS + OF_A_CALL * len(turn.world.calls)):
        if not _one_round(turn) and not automatic_calls.detect_machines(turn):
            turn.subject = ""
            phone_keys.acknowledge(turn)
            automatic_calls.count_drops(turn)
            webhook_triggers.follow(turn)
            automatic_calls.halt_congested(turn)
            automatic_calls.let_pause(turn)
            return
    raise AssertionError(f"the turn does not end: {entry}")


def _event(turn: Turn, event: Event) -> None:
    match event:
        case events.LegArrived():
            arrived(turn, event)
        case events.LegRinging(leg):
            reaches(turn, leg, Phase.RINGING)
        case events.LegProgress(leg):
            reaches(turn, leg, Phase.PROGRESS)
        case events.LegAnswered(leg):
            reaches(turn, leg, Phase.UP)
        case events.LegJoined(leg, bridge):
            joined(turn, leg, bridge)
        case events.LegLeft(leg, bridge, found):
            left(turn, leg, bridge, found=found)
        case events.LegLeftStasis():
            ended(turn, event)
        case events.LegDestroyed(leg, cause):
            gone(turn, leg, cause)
        case events.LegHoldChanged(leg, on):
            held(turn, leg, on=on)
        case events.LegWithoutAudio(leg, bridge):
            hears_nothing(turn, leg, bridge)
        case events.PhoneUnreachable(line):
            phone_reachability.away(turn, line)
        case events.PhoneReachable(line):
            phone_reachability.back(turn, line)
        case PageAway(user, page):
            browser_phone_away.away(turn, user, page)
            supervisor_page.away(turn, user, page)
        case PageBack(user, page):
            browser_phone_away.back(turn, user, page)
        case events.PlayFinished(leg, ok, play):
            played(turn, leg, play, ok=ok)
        case events.AudioEnded():
            audio_playback.ended(turn, event)
            recording_notice.ended(turn, event)
        case events.DtmfReceived(leg, digit):
            if not outside_phone.key_pressed(turn, leg, digit):
                prompt_events.key_pressed(turn, leg, digit)
                automatic_calls.key_pressed(turn, leg, digit)
                phone_keys.pressed(turn, event)
        case events.ReferReceived():
            if ask := sip_refer.asked(turn, event):
                command_dispatch.dispatch(turn, ask)
        case events.LegRedirected():
            sip_redirect.said(turn, event)
        case events.BridgeDestroyed(bridge):
            _bridge_gone(turn, bridge)
        case events.ActionDone(action):
            action_done(turn, action)
        case events.ActionFailed(action, status, text):
            action_failed(turn, action, status, text)
        case events.ConfigurationChanged(rules):
            configured(turn, rules)
        case events.ClockCorrected(correction):
            clock_change.corrected(turn, correction)
        case events.Reconciling(server):
            phone_keys.forget_all(turn, server)
            reconciling(turn, server)
        case events.AsteriskConnected(started, server):
            lost_or_restarted_server.seen(turn, started, server)
        case events.ServerLost(server):
            known_servers.away(turn, server)
            lost_or_restarted_server.lost(turn, server)
        case events.ServerAway(server):
            known_servers.away(turn, server)
        case events.ServersKnown():
            known_servers.known(turn, event)
        case events.Reconciled(server):
            reconciled(turn, server)
            known_servers.back(turn, server)
            automatic_calls.reconciled(turn, server)
        case events.CallsReconciled(calls, legs):
            calls_reconciled(turn, calls, legs)
        case PacingDecided() | DialHalted() | DialIdle() | DialRefused() | LeadAnsweredAway():
            automatic_calls.handle(turn, event)
        case LegTalking():
            agent_speech.heard(turn, event)
        case LeadFound():
            call_lead.found(turn, event)
        case events.DialFactsFound():
            dial_facts_answers.found(turn, event)
        case events.WebhookTried():
            webhook_retries.tried(turn, event)
        case events.AppStarted(correction):
            if correction is not None:
                clock_change.corrected(turn, correction)
            turn.world.trunk_use.restarted()
            phone_keys.forget_all(turn)
            webhook_retries.resume(turn)
            disposition_undo.resume(turn)
            dial_facts_answers.ask_again(turn)
        case events.TimerFired():
            for key in turn.due():
                turn.subject = key.id
                due(turn, key)
            turn.subject = ""
        case events.FallbackTaken() if event.goto:
            pass  # its DID sent it there, which is no problem
        case events.FallbackTaken(reason=reason) if reason.startswith(login_rules.REFUSED):
            turn.note(reason)
        case events.FallbackTaken():
            turn.note(f"call {event.call} to {event.dialled} took the fallback: {event.reason}")
        case _:
            recorded(turn, event)


def _bridge_gone(turn: Turn, bridge: str) -> None:
    """Request a bridge of a live call again that another program destroyed, and move the legs back.

    The event may be late and may be about a bridge that was requested again. Any such bridge is closed with the call.
    """
    call = call_with(turn, bridge)
    if call is None:
        return
    for leg in [turn.world.legs[leg] for leg in turn.world.bridge_members.in_bridge(bridge)]:
        if leg.bridge == bridge:
            turn.put(replace(leg, bridge=None))
    turn.put(call.in_doubt(bridge))


def _one_round(turn: Turn) -> bool:
    """Make one match, or let one call take its next step. Return False if there is nothing left to do."""
    world = turn.world
    held = world.is_held if world.holding else None
    keeps = automatic_calls.keeps(turn) if world.lead_calls.any_without_agent else None
    if match := world.matcher.match(held, keeps):
        turn.subject, user = match
        call_transitions.matched(turn, world.calls[turn.subject], user)
        return True
    while turn.touched:
        call_id, _ = turn.touched.popitem(last=False)
        call = world.calls.get(call_id)
        if call and call.server not in world.holding and call_id not in world.reconciling:
            turn.subject = call_id
            _advance(turn, call)
            return True
    return False


def _advance(turn: Turn, call: Call) -> None:
    """Take each step that has been proved, then request what is still missing."""
    if call.queueing.preferred:
        call = queue_tickets.prefer_again(turn, call)
    if call.automatic:
        call = automatic_calls.follow(turn, call)
    while True:
        if call.commands.target is not None:
            if not reached(turn, call, call.commands.target):
                break
            call = call_commands.complete(turn, call)
        elif call.state is State.RINGING_AGENT and reached(turn, call, call.state):
            call = call_transitions.connected(turn, call)
        elif came := leg_answer_and_loss.somebody_came(turn, call):
            call = came
        elif leg_answer_and_loss.without_a_phone(turn, call):
            call = call_transitions.transition(turn, call, Trigger.AGENT_LOST)
        elif call.commands.queue:
            call = call_commands.next_waiting(turn, call)
        else:
            break
    session = turn.world.sessions.get(call.agent or "")
    if session and LAYOUT[call.state].agent is not None:
        agent_states.enter(turn, session, LAYOUT[call.state].agent_state, hold=park_time.on_hold(turn, call))
    if call.id in turn.world.calls:
        converge(turn, turn.world.calls[call.id])
