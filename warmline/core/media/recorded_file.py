"""The file of a recording that has ended: it is measured and converted, or out of reach with its server."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.recording import (
    ASTERISK_DIED_CAUSE,
    CUT_OFF_CAUSE,
    SERVER_GONE_CAUSE,
    UNMEASURED_CAUSE,
    WAV,
    Recording,
    compute_missing_ms,
    describe_missing,
)
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

FILE_SETTLE_US = 2_000_000  # after a lost server is back: until it has closed the files of the calls that ended
UNCLOSED_CAUSE = "Asterisk did not close its file"


def is_cut_off(recording: Recording) -> bool:
    """Return whether a recording has ended with its server, and is not measured yet."""
    return recording.ended is not None and recording.cause == CUT_OFF_CAUSE and not recording.sha256


def schedule_measurement(turn: Turn, recording: Recording) -> bool:
    """Set a timer for the measurement of a recording whose server was lost and is back; return whether it is one."""
    if not turn.world.servers or not is_cut_off(recording):
        return False
    turn.wake(turn.now + FILE_SETTLE_US, TimerKind.RECORDING, recording.id)
    return True


def request_processing(turn: Turn, recording: Recording) -> None:
    """Request what is missing of an ended recording: its measurement, or its other format."""
    if recording.sha256:
        turn.do(recording.call, ConvertRecording(recording.id, recording.format))
    else:
        turn.do(recording.call, MeasureRecording(recording.id))


def note_measurement(turn: Turn, recording: Recording, event: RecordingMeasured) -> None:
    """Record what the file on disk holds and lacks, or that there is none."""
    ended_at_us = _get_end_us(turn, recording, event)
    is_kept = bool(event.bytes) and not event.fault
    if is_kept:
        cause = _explain_missing_time(recording, ended_at_us, event)
    else:
        cause = _explain_failure(turn, recording, event)
    recording = replace(
        recording,
        ended=ended_at_us,
        status="kept" if is_kept else "failed",
        cause=cause,
        path=event.path,
        bytes=event.bytes,
        length=event.length,
        sha256=event.sha256,
    )
    if is_kept and recording.format != WAV:
        turn.put(recording)
        turn.do(recording.call, ConvertRecording(recording.id, recording.format))
    else:
        turn.close(recording)


def _get_end_us(turn: Turn, recording: Recording, event: RecordingMeasured) -> int | None:
    """Return when the recording ended. If the app found that later, it is when the file was last written."""
    if not recording.end_found or recording.ended is None or not event.bytes:
        return recording.ended
    return max(recording.started or recording.asked, min(recording.ended, turn.now - event.age * 1000))


def _explain_missing_time(recording: Recording, ended_at_us: int | None, event: RecordingMeasured) -> str:
    was_server_lost = recording.cause == CUT_OFF_CAUSE
    cause = CUT_OFF_CAUSE if was_server_lost else ""
    missing_ms = compute_missing_ms(recording.started, ended_at_us, event.length, cause=cause)
    if was_server_lost and not missing_ms:
        return CUT_OFF_CAUSE
    cause = UNCLOSED_CAUSE if event.mended else ""
    if was_server_lost:
        cause = ASTERISK_DIED_CAUSE
    return "; ".join(filter(None, (cause, describe_missing(missing_ms))))


def _explain_failure(turn: Turn, recording: Recording, event: RecordingMeasured) -> str:
    if event.fault:
        return event.fault
    if _is_server_removed(turn, recording):
        return UNMEASURED_CAUSE
    start_failure = recording.cause if recording.cause != CUT_OFF_CAUSE else ""
    return start_failure or "no file was written"


def note_conversion(turn: Turn, recording: Recording, event: RecordingConverted) -> None:
    """Record the converted file, or why the conversion failed."""
    reason = SERVER_GONE_CAUSE if event.cause and _is_server_removed(turn, recording) else event.cause
    cause = f"not converted to {recording.format}: {reason}" if reason else ""
    cause = "; ".join(filter(None, (recording.cause, cause)))
    turn.close(
        replace(
            recording,
            cause=cause,
            converted_path=event.path,
            converted_bytes=event.bytes,
            converted_sha256=event.sha256,
        )
    )


def _is_server_removed(turn: Turn, recording: Recording) -> bool:
    """Return whether the settings have had several servers, and do not have that of the file any more."""
    return recording.server != MAIN_SERVER and recording.server not in turn.world.servers
