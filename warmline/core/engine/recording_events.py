"""Events of recordings."""

from warmline.core.media import hold_music, recorded_file, recording_control
from warmline.core.messages import events
from warmline.core.messages.events import Event
from warmline.core.messages.recording_messages import StopRecording
from warmline.core.model.recording import Recording
from warmline.core.world.turn import Turn


def recorded(turn: Turn, event: Event) -> None:
    """Handle an event of a recording; others are ignored."""
    match event:
        case events.RecordingStarted(name) if (found := turn.world.recordings.get(name)) and found.ended is None:
            recording_control.started(turn, found)
            _recorder_moved(turn, found)
        case events.RecordingStarted(name, server):  # given up before: a recording without a row is not allowed
            turn.do(name, StopRecording(name, server=server))
        case events.RecordingFinished(name) if found := turn.world.recordings.get(name):
            recording_control.finished(turn, found, found_later=event.found)
            _recorder_moved(turn, found)
        case events.RecordingFailed(name, cause) if found := turn.world.recordings.get(name):
            recording_control.failed(turn, found, cause)
        case events.RecordingMeasured() if found := turn.world.recordings.get(event.name):
            recorded_file.measured(turn, found, event)
        case events.RecordingConverted() if found := turn.world.recordings.get(event.name):
            recorded_file.converted(turn, found, event)


def _recorder_moved(turn: Turn, file: Recording) -> None:
    """Check the music of a call whose recorder has joined its bridge or left it."""
    if call := turn.world.calls.get(file.call):
        hold_music.mixed_anew(turn, call.room_id)
