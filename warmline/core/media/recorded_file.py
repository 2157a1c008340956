"""The file of a recording that has ended: it is measured and converted, or out of reach with its server."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.values.server_action import MAIN
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


def is_cut_off(file: Recording) -> bool:
    """Return whether a recording has ended with its server, and is not measured yet."""
    return file.ended is not None and file.cause == CUT_OFF_CAUSE and not file.sha256


def schedule_measurement(turn: Turn, file: Recording) -> bool:
    """Set a timer for the measurement of a recording whose server was lost and is back; return whether it is one."""
    if is_late := bool(turn.world.servers) and is_cut_off(file):
        turn.wake(turn.now + FILE_SETTLE_US, TimerKind.RECORDING, file.id)
    return is_late


def request_processing(turn: Turn, file: Recording) -> None:
    """Request what is missing of an ended recording: its measurement, or its other format."""
    if file.sha256:
        turn.do(file.call, ConvertRecording(file.id, file.format))
    else:
        turn.do(file.call, MeasureRecording(file.id))


def record_measurement(turn: Turn, file: Recording, event: RecordingMeasured) -> None:
    """Record what the file on disk holds and lacks, or that there is none."""
    ended = _get_end_us(turn, file, event)
    is_kept = bool(event.bytes) and not event.fault
    file = replace(
        file,
        ended=ended,
        status="kept" if is_kept else "failed",
        cause=_explain_missing_time(file, ended, event) if is_kept else _explain_failure(turn, file, event),
        path=event.path,
        bytes=event.bytes,
        length=event.length,
        sha256=event.sha256,
    )
    if is_kept and file.format != WAV:
        turn.put(file)
        turn.do(file.call, ConvertRecording(file.id, file.format))
    else:
        turn.close(file)


def _get_end_us(turn: Turn, file: Recording, event: RecordingMeasured) -> int | None:
    """Return when the recording ended. If the app found that later, it is when the file was last written."""
    if not file.end_found or file.ended is None or not event.bytes:
        return file.ended
    return max(file.started or file.asked, min(file.ended, turn.now - event.age * 1000))


def _explain_missing_time(file: Recording, ended: int | None, event: RecordingMeasured) -> str:
    is_cut_off = file.cause == CUT_OFF_CAUSE
    missing = compute_missing_ms(file.started, ended, event.length, CUT_OFF_CAUSE if is_cut_off else "")
    if is_cut_off and not missing:
        return CUT_OFF_CAUSE
    cause = ASTERISK_DIED_CAUSE if is_cut_off else UNCLOSED_CAUSE if event.mended else ""
    return "; ".join(filter(None, (cause, describe_missing(missing))))


def _explain_failure(turn: Turn, file: Recording, event: RecordingMeasured) -> str:
    if event.fault:
        return event.fault
    doubt = file.cause if file.cause != CUT_OFF_CAUSE else ""  # why its start was uncertain
    return UNMEASURED_CAUSE if _is_server_removed(turn, file) else doubt or "no file was written"


def record_conversion(turn: Turn, file: Recording, event: RecordingConverted) -> None:
    """Record the converted file, or why the conversion failed."""
    why = SERVER_GONE_CAUSE if event.cause and _is_server_removed(turn, file) else event.cause
    cause = f"not converted to {file.format}: {why}" if why else ""
    cause = "; ".join(filter(None, (file.cause, cause)))
    turn.close(
        replace(
            file,
            cause=cause,
            converted_path=event.path,
            converted_bytes=event.bytes,
            converted_sha256=event.sha256,
        )
    )


def _is_server_removed(turn: Turn, file: Recording) -> bool:
    """Return whether the settings have had several servers, and do not have that of the file any more."""
    return file.server != MAIN and file.server not in turn.world.servers
