"""Start and stop the recording of a call's bridge, as recording_decision.py chooses.

`end_unwanted_recording` and `start_wanted_recording` are steps of `converge`. A recording is requested, written from
RecordingStarted on, and at its end after RecordingFinished. Then its file is measured: see recorded_file.py.
"""

from warmline.core.indexes.timers import TimerKind
from warmline.core.media import recording_decision, recording_mute, recording_notice
from warmline.core.media.recorded_file import is_cut_off
from warmline.core.media.recording_file_name import make_file_name
from warmline.core.messages.recording_messages import MeasureRecording, StartRecording, StopRecording
from warmline.core.model.call import Call
from warmline.core.model.recording import CUT_OFF_CAUSE, Recording
from warmline.core.moment import SECOND_US
from warmline.core.replace import replace
from warmline.core.rules.recording_rules import Track
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

MIN_DURATION_US = SECOND_US  # a recording that ends by itself so soon cannot be written; a retry fails too
UNWRITABLE_TEXT = "it ended immediately: check that Asterisk may write to its folder and that the disk is not full"
START_TIMEOUT_US = 10 * SECOND_US  # after the request: how long an unanswered recording may still start


def end_unwanted_recording(turn: Turn, call: Call) -> Call:
    """End the running recording, or the notice of the next one, if nothing should be recorded now."""
    recording = _find_running_recording(turn, call)
    if (recording or call.recording.notice_playing) and recording_decision.choose_track(turn, call).track is None:
        call = recording_notice.stop_notice(turn, call)
        if recording:
            request_stop(turn, recording)
    return call


def _find_running_recording(turn: Turn, call: Call) -> Recording | None:
    """Return the call's recording unless its stop was requested."""
    recording = turn.world.recordings.get(call.recording.running or "")
    return None if recording is None or recording.stopping else recording


def start_wanted_recording(turn: Turn, call: Call) -> Call:
    """Start the recording that the rules want, or its notice; then end that of another kind or another agent.

    The order matters because a recorder is a member of the bridge. Without a recorder in between, Asterisk would change
    its mixing twice, and each change costs the parties 20 ms of audio.
    """
    decision = recording_decision.choose_track(turn, call)
    if decision.track is None or not call.asked_bridges.room:
        return call
    old_recording = _find_running_recording(turn, call)
    user = call.agent or call.outcome.last_agent
    if old_recording and (old_recording.kind, old_recording.agent) == (decision.track, user):
        return call
    call = recording_notice.play_notice(turn, call, f"{decision.track} {user}")
    if call.recording.notice_playing:
        if old_recording:
            request_stop(turn, old_recording)
        return call
    recording = _make_recording(turn, call, decision.track, reason=decision.reason, user=user)
    turn.put(recording)
    turn.do(call.id, StartRecording(recording.id, call.mixing_bridge_id))
    recording_mute.request_mute(turn, recording)
    if old_recording:
        request_stop(turn, old_recording)
    files = call.recording.files + 1
    return turn.put(call.with_recording(running=recording.id, files=files, noticed="", notice=""))


def _make_recording(turn: Turn, call: Call, track: Track, *, reason: str, user: str) -> Recording:
    return Recording(
        id=make_file_name(turn, call),
        call=call.id,
        server=call.server,
        kind=track,
        reason=reason,
        agent=user,
        format=get_campaign(turn, call).recording_format,
        asked=turn.now,
        muted=call.recording.muted,
        muting=call.recording.muted,
        notice=call.recording.notice,
    )


def request_stop(turn: Turn, recording: Recording) -> None:
    """End a running recording; its file is kept."""
    turn.put(replace(recording_mute.abandon_commands(turn, recording), stopping=True))
    turn.do(recording.call, StopRecording(recording.id))


def handle_timer(turn: Turn, recording: Recording) -> None:
    """Handle a request to start, stop or mute a recording that Asterisk has not carried out.

    A recording whose server was lost is measured after that is back.
    """
    if recording.ended is not None:
        if is_cut_off(recording) and recording.server not in turn.world.held_servers:
            turn.do(recording.call, MeasureRecording(recording.id))
    elif _is_start_uncertain(recording) and _is_start_overdue(turn, recording):
        _give_up(turn, recording, recording.cause)
        request_stop(turn, recording)  # it may have started unnoticed; after a certain end, its file shows
    else:
        recording_mute.repeat_request(turn, recording)
        repeat_stop(turn, recording)


def repeat_stop(turn: Turn, recording: Recording) -> None:
    """Repeat the request to stop a recording that should end."""
    if recording.stopping and recording.ended is None:
        turn.do(recording.call, StopRecording(recording.id))


def keep_unconfirmed_recording(turn: Turn, recording: Recording, cause: str) -> None:
    """Keep a recording for which Asterisk has not answered in time, because it may still start."""
    schedule_start_check(turn, turn.put(replace(recording, cause=cause)))


def schedule_start_check(turn: Turn, recording: Recording) -> None:
    """If it is unknown whether the recording starts, check again when it can no longer start."""
    if _is_start_uncertain(recording):
        turn.wake(recording.asked + START_TIMEOUT_US, TimerKind.RECORDING, recording.id)


def _is_start_uncertain(recording: Recording) -> bool:
    return bool(recording.cause) and recording.started is None


def _is_start_overdue(turn: Turn, recording: Recording) -> bool:
    return turn.now >= recording.asked + START_TIMEOUT_US


def note_start(turn: Turn, recording: Recording) -> None:
    """Record that Asterisk has started to write."""
    if recording.started is None:
        recording = turn.put(replace(recording, started=turn.now, cause=""))
        repeat_stop(turn, recording)


def note_end(turn: Turn, recording: Recording, cause: str = "", *, is_late: bool = False) -> None:
    """Measure the file after Asterisk has written the last sample, or has died (`cause`).

    A recording that may still start is not finished. `is_late`: it ended some time before this turn.
    """
    if not _may_close(turn, recording, cause):
        return
    recording = recording_mute.abandon_commands(turn, recording)
    if _is_start_uncertain(recording):
        cause = cause or recording.cause
    turn.put(replace(recording, ended=turn.now, end_found=is_late, cause=cause))
    has_stopped_itself = recording.started is not None and not recording.stopping and not cause
    if has_stopped_itself and turn.now - (recording.started or 0) < MIN_DURATION_US:
        _disable_track(turn, recording, UNWRITABLE_TEXT)
    turn.do(recording.call, MeasureRecording(recording.id))
    _detach_from_call(turn, recording)


def _may_close(turn: Turn, recording: Recording, cause: str) -> bool:
    """Return whether an open recording has ended for good: Asterisk has died, or it can no longer start."""
    if recording.ended is not None:
        return False
    return cause != "" or not _is_start_uncertain(recording) or _is_start_overdue(turn, recording)


def note_loss(turn: Turn, recording: Recording) -> None:
    """Record that a recording has ended with its server, which may only be cut off or frozen.

    Asterisk may still write the file. It is measured FILE_SETTLE_US after the server is back.
    """
    if recording.ended is None:
        turn.put(replace(recording_mute.abandon_commands(turn, recording), ended=turn.now, cause=CUT_OFF_CAUSE))
        _detach_from_call(turn, recording)


def note_failure(turn: Turn, recording: Recording, cause: str) -> None:
    """Close a recording that was not written, with the cause. The call continues."""
    turn.close(replace(recording_mute.abandon_commands(turn, recording), ended=turn.now, status="failed", cause=cause))
    _give_up(turn, recording, cause)


def _give_up(turn: Turn, recording: Recording, cause: str) -> None:
    """Give up a recording that did not start, or ended immediately. The call continues without it."""
    if not recording.stopping:
        _disable_track(turn, recording, cause)
    _detach_from_call(turn, recording)


def _disable_track(turn: Turn, recording: Recording, cause: str) -> None:
    """Start no other recording of this kind in the call without a command."""
    turn.note(f"recording {recording.id}: {cause}")
    call = turn.world.calls.get(recording.call)
    if call and recording.kind is Track.CALL:
        turn.put(call.with_recording(track=None, track_reason=f"failed: {cause}"))
    elif call:
        turn.put(call.with_recording(after_leave=None, after_leave_reason=f"failed: {cause}"))


def _detach_from_call(turn: Turn, recording: Recording) -> None:
    call = turn.world.calls.get(recording.call)
    if call and call.recording.running == recording.id:
        turn.put(call.with_recording(running=None))
