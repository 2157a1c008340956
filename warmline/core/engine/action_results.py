"""The results of actions: accepted by Asterisk, refused, or not answered in time.

Two tables name what each class of actions needs. Most need nothing once they are accepted, because an event proves what
they did. A new action that cannot be lost silently gets a row in `FAILURE_HANDLERS`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from warmline.core.agents import inbound_mute, supervision
from warmline.core.calls import leg_answer_and_loss, outbound
from warmline.core.calls.leg_placement import find_call_of_bridge
from warmline.core.commands import adoption
from warmline.core.engine import automatic_calls
from warmline.core.engine.leg_events import SUPERVISION_ROLES, advance_phase, close_leg, handle_play_end
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

RETRY_PAUSE_US = 500_000  # until a failed move is repeated
MAX_ANSWER_TRIES = 3
MAX_PAUSE_DOUBLINGS = 6  # how often the pause between two hang-ups doubles; it is 32 s at most
BRIDGE_NOT_FOUND_STATUS = 404  # a join of an unknown leg results in 400
MAX_MOVE_TRIES = 12  # six seconds, so that a short overload of Asterisk costs no call


A = TypeVar("A")


class Failure(NamedTuple):
    """The answer to an action that was not done: Asterisk's status, and the cause for people."""

    status: int
    cause: str

    @property
    def may_be_done(self) -> bool:
        """Return whether no answer came in time, so that Asterisk may have done it."""
        return self.status == 0


def handle_done_action(turn: Turn, action: actions.Action) -> None:
    """Handle an action that Asterisk accepted: a dial, a mute, or the end of music."""
    if handler := DONE_HANDLERS.get(type(action)):
        handler(turn, action)


def handle_failed_action(turn: Turn, action: actions.Action, status: int, text: str) -> None:
    """Handle an action that failed: repeat it if that is harmless, otherwise give it up; log it in both cases.

    An action for a leg that is gone needs nothing.
    """
    leg = actions.get_leg(action)
    if leg is not None and leg not in turn.world.legs and not isinstance(action, actions.ContinueInFallback):
        return
    known_leg = turn.world.legs.get(leg or "")
    if known_leg and isinstance(action, ServerAction) and known_leg.server != action.server:
        return  # another channel with this id, on another server
    # The journal row names the action.
    turn.note(f"Asterisk answered {status} {text!r}" + (f" for leg {leg}" if leg else ""))
    if handler := FAILURE_HANDLERS.get(type(action)):
        cause = reasons.ASTERISK_REFUSED.text(why=text or "no answer in time", status=status)
        handler(turn, action, Failure(status, cause))


def _handle_done_recording_mute(turn: Turn, action: actions.MuteRecording) -> None:
    if recording := turn.world.recordings.get(action.name):
        recording_mute.note_mute(turn, recording, is_muted=action.on)


def _handle_failed_create(turn: Turn, action: actions.CreateChannel, failure: Failure) -> None:
    """End a leg that was not created."""
    leg = turn.world.legs[action.leg]
    if failure.may_be_done and leg.phase > Phase.ASKED:
        return  # events show that it was done
    _give_up_dial(turn, leg, failure)
    close_leg(turn, leg.id, 0)


def _handle_failed_dial(turn: Turn, action: actions.DialLeg, failure: Failure) -> None:
    """Hang up a leg that cannot be dialled."""
    leg = turn.world.legs[action.leg]
    if failure.may_be_done and leg.phase > Phase.DIALED:
        return  # events show that it was done
    _give_up_dial(turn, leg, failure)
    if not leg.hangup_requested:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, actions.HangUpLeg(leg.id))


def _give_up_dial(turn: Turn, leg: Leg, failure: Failure) -> None:
    """Fail the command that dialled this leg."""
    call = leg_answer_and_loss.find_call_of_leg(turn, leg)
    if call and call.third == leg.id and call.commands.dialling:
        if call.commands.pending == call.commands.dialling:
            call = turn.put(call.with_commands(target=None, pending=None, leaving=None))
        receipts.finish(turn, call.commands.dialling, Outcome.FAILED, cause=failure.cause)
        turn.put(call.with_commands(dialling=None))
    elif call and call.customer == leg.id:
        outbound.record_unanswered_dial(turn, call, Outcome.FAILED, reason=failure.cause)


def _handle_failed_dialler_action(turn: Turn, action: automatic_calls.DiallerAction, failure: Failure) -> None:
    automatic_calls.handle_failed_action(turn, action, failure.status)


def _handle_failed_adoption(turn: Turn, action: MoveIntoStasis, failure: Failure) -> None:
    customer = turn.world.legs.get(action.customer)
    if customer and not failure.may_be_done:
        adoption.give_up(turn, turn.world.calls[customer.owner], failure.cause)


def _handle_failed_answer(turn: Turn, action: actions.AnswerLeg, _failure: Failure) -> None:
    """Repeat an answer that failed, and hang up after the last try. A late answer has arrived by now."""
    leg = turn.world.legs[action.leg]
    if leg.phase >= Phase.UP or leg.hangup_requested:
        return
    if leg.tries + 1 < MAX_ANSWER_TRIES:
        turn.put(replace(leg, tries=leg.tries + 1))
        turn.do(leg.owner, actions.AnswerLeg(leg.id))
    else:
        turn.put(replace(leg, hangup_requested=True, tries=0))
        turn.do(leg.owner, actions.HangUpLeg(leg.id))


def _handle_failed_join(turn: Turn, action: actions.AddToBridge, failure: Failure) -> None:
    leg = turn.world.legs[action.leg]
    if leg.role in SUPERVISION_ROLES:
        supervision.handle_failed_bridging(turn, leg)
    elif failure.status == BRIDGE_NOT_FOUND_STATUS:
        _request_missing_bridge(turn, leg, action.bridge)
    else:
        _repeat_move(turn, leg)


def _request_missing_bridge(turn: Turn, leg: Leg, bridge: str) -> None:
    """Request a bridge again that another program destroyed after its last leg left. Events may be late or missing.

    The first repetition is immediate.
    """
    if call := find_call_of_bridge(turn, bridge):
        turn.put(call.with_doubtful_bridge(bridge))
    if leg.tries:
        _repeat_move(turn, leg)
    else:
        turn.put(replace(leg, target_bridge=None, rejoining=False, tries=1))


def _repeat_move(turn: Turn, leg: Leg) -> None:
    """Repeat a move into or out of a bridge after a pause, and hang up after the last try."""
    if leg.tries + 1 < MAX_MOVE_TRIES:
        _repeat_later(turn, replace(leg, target_bridge=None, rejoining=False, tries=leg.tries + 1))
    elif not leg.hangup_requested:
        turn.put(replace(leg, target_bridge=None, hangup_requested=True, tries=0))
        turn.do(leg.owner, actions.HangUpLeg(leg.id))


def _repeat_hang_up(turn: Turn, leg: Leg) -> None:
    """Repeat a hang-up with growing pauses while Asterisk refuses or is away. Calls repeat hang-ups of their legs."""
    if leg.is_hung_up_alone:
        _repeat_later(
            turn,
            replace(leg, hangup_requested=True, tries=min(leg.tries + 1, MAX_PAUSE_DOUBLINGS)),
            RETRY_PAUSE_US << leg.tries,
        )
    else:
        _repeat_later(turn, replace(leg, hangup_requested=False))


def _handle_failed_exit(turn: Turn, action: actions.ContinueInDialplan, failure: Failure) -> None:
    """Repeat a customer's way into the dialplan; after the last try, hang up with the reason in the call's record."""
    leg = turn.world.legs[action.leg]
    call = turn.world.calls.get(leg.owner)
    if call and call.queueing.exit and leg.tries + 1 >= MAX_MOVE_TRIES:
        note = f"hung up: {call.queueing.exit} was refused {MAX_MOVE_TRIES} times, last by {failure.cause}"
        turn.note(f"call {call.id} is {note}")
        turn.put(call.with_queueing(exit="", why=(*call.queueing.why, note)))
        leg = replace(leg, tries=0)
    elif call:
        leg = replace(leg, tries=leg.tries + 1)
    _repeat_hang_up(turn, leg)


def _handle_failed_fallback(turn: Turn, action: actions.ContinueInFallback, _failure: Failure) -> None:
    """Keep a refused caller on record, because the return to the dialplan failed, until the caller has left."""
    refused = Leg(
        id=action.leg,
        role=Role.REFUSED,
        owner=action.leg,
        server=action.server,
        created=turn.now,
        phase=Phase.ARRIVED,
        fallback=action,
    )
    leg = turn.world.legs.get(action.leg, refused)
    if leg.fallback:  # else the caller has arrived again
        _repeat_hang_up(turn, leg)


def _handle_failed_silence(turn: Turn, action: actions.PlaySilence, failure: Failure) -> None:
    """Repeat the start or stop. Silence that may have started must stop, or the agent would not hear the bridge."""
    leg = turn.world.legs[action.leg]
    may_play = failure.may_be_done and leg.bridge is not None
    _repeat_later(turn, replace(leg, silence_playing=not action.on or may_play))


def _handle_failed_outbound_mute(turn: Turn, action: actions.MuteOutbound, failure: Failure) -> None:
    """Repeat the mute or its end. A leg that may be muted must be unmuted, or it stays silent."""
    leg = turn.world.legs[action.leg]
    _repeat_later(turn, replace(leg, outbound_muted=not action.on or failure.may_be_done))


def _handle_failed_inbound_mute(turn: Turn, action: actions.MuteInbound, failure: Failure) -> None:
    inbound_mute.handle_failed_mute(turn, turn.world.legs[action.leg], failure.cause, muted=action.on)


def _handle_failed_hold_music(
    turn: Turn, action: actions.PlayHoldMusic | actions.StopHoldMusic, _failure: Failure
) -> None:
    _repeat_later(turn, replace(turn.world.legs[action.leg], music=HoldMusic.UNKNOWN))


def _repeat_later(turn: Turn, leg: Leg, pause: int = RETRY_PAUSE_US) -> None:
    turn.put(replace(leg, wait_until=turn.now + pause))
    turn.wake(turn.now + pause, TimerKind.LEG, leg.id)


def _handle_failed_bridge(
    turn: Turn, action: actions.CreateMixingBridge | actions.CreateHoldingBridge, failure: Failure
) -> None:
    """Request a bridge again at the next join, and after a pause for legs in it. One that may exist is closed later."""
    bridge = action.bridge
    if call := find_call_of_bridge(turn, bridge):
        legs = map(turn.world.legs.__getitem__, turn.world.bridge_members.in_bridge(bridge))
        members = [leg for leg in legs if leg.bridge == bridge]
        for leg in members:
            _repeat_later(turn, leg)
        turn.put(call.with_doubtful_bridge(bridge) if failure.may_be_done or members else call.without_bridge(bridge))


def _handle_failed_bridge_audio(turn: Turn, action: actions.PlayBridgeAudio, _failure: Failure) -> None:
    audio_playback.handle_audio_end(turn, AudioEnded(action.tone, ok=False))
    recording_notice.handle_notice_end(turn, AudioEnded(action.tone, ok=False))


def _handle_failed_recording_start(turn: Turn, action: actions.StartRecording, failure: Failure) -> None:
    recording = turn.world.recordings.get(action.name)
    if recording is None or recording.started is not None:
        return
    give_up = recording_control.keep_unconfirmed_recording if failure.may_be_done else recording_control.note_failure
    give_up(turn, recording, failure.cause)


def _handle_failed_recording_mute(turn: Turn, action: actions.MuteRecording, _failure: Failure) -> None:
    if recording := turn.world.recordings.get(action.name):
        recording_mute.schedule_retry(turn, recording)


def _handle_failed_snoop(
    turn: Turn, action: actions.CreateWhisperLeg | actions.CreateSnoopLeg, _failure: Failure
) -> None:
    if turn.world.legs[action.leg].phase is Phase.ASKED:  # else only the answer was late
        close_leg(turn, action.leg, 0)


DONE_HANDLERS: dict[type, Callable[[Turn, Any], None]] = {
    actions.DialLeg: lambda turn, action: advance_phase(turn, action.leg, Phase.DIALED),
    actions.MuteInbound: lambda turn, action: inbound_mute.record_mute(turn, action.leg, muted=action.on),
    actions.MuteRecording: _handle_done_recording_mute,
    actions.StopHoldMusic: lambda turn, action: hold_music.note_music_end(turn, action.leg),
    DetectTalking: automatic_calls.handle_talk_detection,
}


def _row(
    action_class: type[A], handler: Callable[[Turn, A, Failure], None]
) -> tuple[type, Callable[[Turn, Any, Failure], None]]:
    """Return a row of the table. The type checker checks that the handler takes this action."""
    return action_class, handler


FAILURE_HANDLERS: dict[type, Callable[[Turn, Any, Failure], None]] = dict(
    (
        _row(actions.CreateChannel, _handle_failed_create),
        _row(actions.DialLeg, _handle_failed_dial),
        _row(OriginateToDialplan, _handle_failed_dialler_action),
        _row(CreateDetector, _handle_failed_dialler_action),
        _row(actions.AnswerLeg, _handle_failed_answer),
        _row(MoveIntoStasis, _handle_failed_adoption),
        _row(actions.AddToBridge, _handle_failed_join),
        _row(actions.RemoveFromBridge, lambda turn, action, _: _repeat_move(turn, turn.world.legs[action.leg])),
        _row(actions.HangUpLeg, lambda turn, action, _: _repeat_hang_up(turn, turn.world.legs[action.leg])),
        _row(actions.ContinueInDialplan, _handle_failed_exit),
        _row(actions.ContinueInFallback, _handle_failed_fallback),
        _row(actions.PlaySilence, _handle_failed_silence),
        _row(actions.MuteOutbound, _handle_failed_outbound_mute),
        _row(actions.MuteInbound, _handle_failed_inbound_mute),
        _row(actions.PlayHoldMusic, _handle_failed_hold_music),
        _row(actions.StopHoldMusic, _handle_failed_hold_music),
        _row(actions.CreateMixingBridge, _handle_failed_bridge),
        _row(actions.CreateHoldingBridge, _handle_failed_bridge),
        _row(actions.PlayBridgeAudio, _handle_failed_bridge_audio),
        _row(
            actions.PauseBridgeAudio,
            lambda turn, action, _: audio_playback.restore_pause(turn, action.tone, is_paused=action.on),
        ),
        _row(actions.StartRecording, _handle_failed_recording_start),
        _row(actions.MuteRecording, _handle_failed_recording_mute),
        _row(
            actions.StopRecording,
            lambda turn, action, _: turn.wake(turn.now + RETRY_PAUSE_US, TimerKind.RECORDING, action.name),
        ),
        _row(actions.StopBridgeAudio, lambda turn, action, _: bridge_audio.schedule_retry(turn, action.tone)),
        _row(actions.StopBridgeMusic, lambda turn, action, _: bridge_audio.schedule_retry(turn, action.bridge)),
        _row(actions.PlayBridgeMusic, lambda turn, action, _: bridge_audio.schedule_retry(turn, action.bridge)),
        _row(actions.StopPlay, lambda turn, action, _: bridge_audio.schedule_retry(turn, action.play)),
        _row(actions.Play, lambda turn, action, _: handle_play_end(turn, action.leg, action.play, ok=False)),
        _row(actions.CreateWhisperLeg, _handle_failed_snoop),
        _row(actions.CreateSnoopLeg, _handle_failed_snoop),
    )
)
