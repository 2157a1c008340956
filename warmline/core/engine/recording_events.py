"""Events of recordings. An event of an unknown recording changes nothing, except that its file is stopped."""

from warmline.core.media import hold_music, recorded_file, recording_control
from warmline.core.messages import events
from warmline.core.messages.recording_messages import StopRecording
from warmline.core.model.recording import Recording
from warmline.core.world.turn import Turn


def note_start(turn: Turn, event: events.RecordingStarted) -> None:
    """Record that a file has begun. One that was given up before is stopped: no recording without a row."""
    recording = turn.world.recordings.get(event.name)
    if recording and recording.ended is None:
        recording_control.note_start(turn, recording)
        _doubt_call_music(turn, recording)
    else:
        turn.do(event.name, StopRecording(event.name, server=event.server))


def note_end(turn: Turn, event: events.RecordingFinished) -> None:
    """Record the end of a file."""
    if recording := turn.world.recordings.get(event.name):
        recording_control.note_end(turn, recording, is_late=event.found)
        _doubt_call_music(turn, recording)


def note_failure(turn: Turn, event: events.RecordingFailed) -> None:
    """Record that Asterisk could not write a file."""
    if recording := turn.world.recordings.get(event.name):
        recording_control.note_failure(turn, recording, event.cause)


def note_measurement(turn: Turn, event: events.RecordingMeasured) -> None:
    """Record the length and checksum of a file."""
    if recording := turn.world.recordings.get(event.name):
        recorded_file.note_measurement(turn, recording, event)


def note_conversion(turn: Turn, event: events.RecordingConverted) -> None:
    """Record the conversion of a file."""
    if recording := turn.world.recordings.get(event.name):
        recorded_file.note_conversion(turn, recording, event)


def _doubt_call_music(turn: Turn, recording: Recording) -> None:
    """Check the music of a call whose recorder has joined its bridge or left it."""
    if call := turn.world.calls.get(recording.call):
        hold_music.doubt_music(turn, call.mixing_bridge_id)
