"""The results of actions: accepted by Asterisk, refused, or not answered in time."""

from warmline.core.agents import inbound_mute, supervision
from warmline.core.calls import leg_answer_and_loss, outbound
from warmline.core.calls.leg_placement import call_with
from warmline.core.commands import adoption
from warmline.core.engine import automatic_calls
from warmline.core.engine.leg_events import SUPERVISION, gone, played, reaches
from warmline.core.indexes.timers import TimerKind
from warmline.core.media import (
    audio_playback,
    bridge_audio,
    hold_music,
    recording_control,
    recording_mute,
    recording_notice,
)
from warmline.core.messages import actions
from warmline.core.messages.audio_messages import AudioEnded
from warmline.core.messages.dialler_messages import CreateDetector, DetectTalking, OriginateToDialplan
from warmline.core.messages.leg_messages import MoveIntoStasis
from warmline.core.messages.values.server_action import ServerAction
from warmline.core.model.leg import HoldMusic, Leg, Phase, Role
from warmline.core.model.receipt import Outcome
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn

RETRY = 500_000  # microseconds until a failed move is repeated
TRIES = 3
SELDOM = 6  # how often the pause between two hang-ups doubles; it is 32 s at most
NO_BRIDGE = 404  # a join of an unknown leg results in 400
MOVES = 12  # six seconds, so that a short overload of Asterisk costs no call


def action_done(turn: Turn, action: actions.Action) -> None:
    """Handle an action that Asterisk accepted: a dial, a mute, or the end of music."""
    match action:
        case actions.DialLeg(leg):
            reaches(turn, leg, Phase.DIALED)
        case actions.MuteInbound(leg, on):
            inbound_mute.done(turn, leg, on=on)
        case DetectTalking():
            automatic_calls.listening(turn, action)
        case actions.StopHoldMusic(leg):
            hold_music.ended(turn, leg)
        case actions.MuteRecording(name, on) if recording := turn.world.recordings.get(name):
            recording_mute.done(turn, recording, on=on)


def action_failed(turn: Turn, action: actions.Action, status: int, text: str) -> None:
    """Handle an action that failed: repeat it if that is harmless, otherwise give it up; log it in both cases.

    An action for a leg that is gone needs nothing.
    """
    leg = actions.leg_of(action)
    if leg is not None and leg not in turn.world.legs and not isinstance(action, actions.ContinueInFallback):
        return
    known = turn.world.legs.get(leg or "")
    if known and isinstance(action, ServerAction) and known.server != action.server:
        return  # another channel with this id, on another server
    # The journal row names the action.
    turn.note(f"Asterisk answered {status} {text!r}" + (f" for leg {leg}" if leg else ""))
    cause = reasons.ASTERISK_REFUSED.text(why=text or "no answer in time", status=status)
    match action:
        case actions.CreateChannel(leg) | actions.DialLeg(leg) if status == 0 and _has_come(
            turn.world.legs[leg], action
        ):
            pass
        case actions.CreateChannel(leg) | actions.DialLeg(leg):
            _dial_failed(turn, leg, cause, made=isinstance(action, actions.DialLeg))
        case OriginateToDialplan() | CreateDetector():
            automatic_calls.action_failed(turn, action, status)
        case actions.AnswerLeg(leg):
            _answer_failed(turn, leg)
        case MoveIntoStasis(customer) if status and (found := turn.world.legs.get(customer)):
            adoption.give_up(turn, turn.world.calls[found.owner], cause)
        case actions.AddToBridge(leg) if turn.world.legs[leg].role in SUPERVISION:
            supervision.failed(turn, turn.world.legs[leg])
        case actions.AddToBridge(leg, bridge) if status == NO_BRIDGE:
            _bridge_missing(turn, leg, bridge)
        case actions.AddToBridge(leg) | actions.RemoveFromBridge(leg):
            _move_failed(turn, leg)
        case actions.HangUpLeg(leg):
            if found := turn.world.legs.get(leg):
                _hang_up_again(turn, found)
        case actions.ContinueInDialplan(leg):
            if found := turn.world.legs.get(leg):
                _exit_failed(turn, found, cause)
        case actions.ContinueInFallback():
            _still_here(turn, action)
        case actions.PlaySilence(leg, on):
            if found := turn.world.legs.get(leg):
                # It may have started, and the agent would not hear the bridge.
                doubtful = status == 0 and found.bridge is not None
                _again(turn, replace(found, silence_playing=not on or doubtful))
        case actions.MuteOutbound(leg, on):  # a leg that may be muted must be unmuted, or it stays silent
            if found := turn.world.legs.get(leg):
                _again(turn, replace(found, outbound_muted=not on or status == 0))
        case actions.PlayHoldMusic(leg) | actions.StopHoldMusic(leg):
            _again(turn, replace(turn.world.legs[leg], music=HoldMusic.UNKNOWN))
        case actions.MuteInbound(leg, on):
            inbound_mute.failed(turn, turn.world.legs[leg], cause, on=on)
        case actions.CreateMixingBridge(bridge) | actions.CreateHoldingBridge(bridge):
            _bridge_failed(turn, bridge, doubtful=status == 0)
        case actions.PlayBridgeAudio(tone):
            audio_playback.ended(turn, AudioEnded(tone, ok=False))
            recording_notice.ended(turn, AudioEnded(tone, ok=False))
        case actions.PauseBridgeAudio(tone, on):
            audio_playback.pause_failed(turn, tone, on=on)
        case actions.StartRecording(name) if recording := turn.world.recordings.get(name):
            if recording.started is None and status == 0:
                recording_control.unanswered(turn, recording, cause)
            elif recording.started is None:
                recording_control.failed(turn, recording, cause)
        case actions.MuteRecording(name) if recording := turn.world.recordings.get(name):
            recording_mute.failed(turn, recording)
        case actions.StopRecording(name):
            turn.wake(turn.now + RETRY, TimerKind.RECORDING, name)
        case actions.StopBridgeAudio(tone):
            bridge_audio.not_done(turn, tone)
        case actions.StopBridgeMusic(bridge) | actions.PlayBridgeMusic(bridge):
            bridge_audio.not_done(turn, bridge)
        case actions.StopPlay(_, play):
            bridge_audio.not_done(turn, play)
        case actions.Play(leg, _, play):
            played(turn, leg, play, ok=False)
        case actions.CreateWhisperLeg(leg) | actions.CreateSnoopLeg(leg):
            if turn.world.legs[leg].phase is Phase.ASKED:  # else only the answer was late
                gone(turn, leg, 0)


def _has_come(leg: Leg, action: actions.Action) -> bool:
    """Return whether events show that an action without an answer was done."""
    return leg.phase > (Phase.DIALED if isinstance(action, actions.DialLeg) else Phase.ASKED)


def _dial_failed(turn: Turn, leg_id: str, cause: str, *, made: bool) -> None:
    """End a leg that was not created, or hang up a leg that cannot be dialled."""
    leg = turn.world.legs[leg_id]
    call = leg_answer_and_loss.call_of(turn, leg)
    if call and call.third == leg_id and call.commands.dialling:
        if call.commands.pending == call.commands.dialling:
            call = turn.put(call.with_commands(target=None, pending=None, leaving=None))
        receipts.finish(turn, call.commands.dialling, Outcome.FAILED, cause)
        turn.put(call.with_commands(dialling=None))
    elif call and call.customer == leg_id:
        outbound.not_answered(turn, call, Outcome.FAILED, cause)
    if made and not leg.hangup_requested:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, actions.HangUpLeg(leg_id))
    elif not made:
        gone(turn, leg_id, 0)


def _answer_failed(turn: Turn, leg_id: str) -> None:
    """Repeat an answer that failed, and hang up after the last try. A late answer has arrived by now."""
    leg = turn.world.legs[leg_id]
    if leg.phase >= Phase.UP or leg.hangup_requested:
        return
    if leg.tries + 1 < TRIES:
        turn.put(replace(leg, tries=leg.tries + 1))
        turn.do(leg.owner, actions.AnswerLeg(leg_id))
    else:
        turn.put(replace(leg, hangup_requested=True, tries=0))
        turn.do(leg.owner, actions.HangUpLeg(leg_id))


def _bridge_missing(turn: Turn, leg_id: str, bridge: str) -> None:
    """Request a bridge again that another program destroyed after its last leg left. Events may be late or missing.

    The first repetition is immediate.
    """
    if call := call_with(turn, bridge):
        turn.put(call.in_doubt(bridge))
    leg = turn.world.legs[leg_id]
    if leg.tries:
        _move_failed(turn, leg_id)
    else:
        turn.put(replace(leg, target_bridge=None, rejoining=False, tries=1))


def _move_failed(turn: Turn, leg_id: str) -> None:
    leg = turn.world.legs.get(leg_id)
    if leg is None:
        return
    if leg.tries + 1 < MOVES:
        _again(turn, replace(leg, target_bridge=None, rejoining=False, tries=leg.tries + 1))
    elif not leg.hangup_requested:
        turn.put(replace(leg, target_bridge=None, hangup_requested=True, tries=0))
        turn.do(leg.owner, actions.HangUpLeg(leg.id))


def _hang_up_again(turn: Turn, leg: Leg) -> None:
    """Repeat a hang-up with growing pauses while Asterisk refuses or is away. Calls repeat hang-ups of their legs."""
    if leg.hung_up_alone:
        _again(turn, replace(leg, hangup_requested=True, tries=min(leg.tries + 1, SELDOM)), RETRY << leg.tries)
    else:
        _again(turn, replace(leg, hangup_requested=False))


def _exit_failed(turn: Turn, leg: Leg, cause: str) -> None:
    """Repeat a customer's way into the dialplan; after the last try, hang up with the reason in the call's record."""
    call = turn.world.calls.get(leg.owner)
    if call and call.queueing.exit and leg.tries + 1 >= MOVES:
        why = f"hung up: {call.queueing.exit} was refused {MOVES} times, last by {cause}"
        turn.note(f"call {call.id} is {why}")
        turn.put(call.with_queueing(exit="", why=(*call.queueing.why, why)))
        leg = replace(leg, tries=0)
    elif call:
        leg = replace(leg, tries=leg.tries + 1)
    _hang_up_again(turn, leg)


def _still_here(turn: Turn, action: actions.ContinueInFallback) -> None:
    """Keep a refused caller on record, because the return to the dialplan failed, until the caller has left."""
    name, there = action.leg, Phase.ARRIVED
    new = Leg(
        id=name,
        role=Role.REFUSED,
        owner=name,
        server=action.server,
        created=turn.now,
        phase=there,
        fallback=action,
    )
    leg = turn.world.legs.get(name, new)
    if leg.fallback:  # else the caller has arrived again
        _hang_up_again(turn, leg)


def _again(turn: Turn, leg: Leg, pause: int = RETRY) -> None:
    turn.put(replace(leg, wait_until=turn.now + pause))
    turn.wake(turn.now + pause, TimerKind.LEG, leg.id)


def _bridge_failed(turn: Turn, bridge: str, *, doubtful: bool) -> None:
    """Request a bridge again at the next join, and after a pause for legs in it. One that may exist is closed later."""
    if call := call_with(turn, bridge):
        legs = map(turn.world.legs.__getitem__, turn.world.bridge_members.in_bridge(bridge))
        there = [leg for leg in legs if leg.bridge == bridge]
        for leg in there:
            _again(turn, leg)
        turn.put(call.in_doubt(bridge) if doubtful or there else call.without(bridge))
