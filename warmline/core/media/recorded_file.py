"""The file of a recording that has ended: it is measured and converted, or out of reach with its server."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.values.server_action import MAIN
from warmline.core.model.recording import SERVER_GONE, UNMEASURED, WAV, Recording
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

SETTLES = 2_000_000  # microseconds after a lost server is back: until it has closed the files of the calls that ended
CUT_OFF = "Asterisk died while it was written: up to 2 s are missing at its end"


def is_cut_off(file: Recording) -> bool:
    """Return whether a recording has ended with its server, and is not measured yet."""
    return file.ended is not None and file.cause == CUT_OFF and not file.sha256


def measure_later(turn: Turn, file: Recording) -> bool:
    """Set a timer for the measurement of a recording whose server was lost and is back; return whether it is one."""
    if is_late := bool(turn.world.servers) and is_cut_off(file):
        turn.wake(turn.now + SETTLES, TimerKind.RECORDING, file.id)
    return is_late


def ask(turn: Turn, file: Recording) -> None:
    """Request what is missing of an ended recording: its measurement, or its other format."""
    if file.sha256:
        turn.do(file.call, ConvertRecording(file.id, file.format))
    else:
        turn.do(file.call, MeasureRecording(file.id))


def measured(turn: Turn, file: Recording, event: RecordingMeasured) -> None:
    """Record the size of the file on disk, or that there is none."""
    doubt = file.cause if file.cause != CUT_OFF else ""  # why its start was uncertain
    cut_off = CUT_OFF if event.mended or file.cause == CUT_OFF else ""
    missing = UNMEASURED if _server_gone(turn, file) else doubt or "no file was written"
    status, cause = ("kept", cut_off) if event.bytes else ("failed", missing)
    file = replace(
        file,
        status=status,
        cause=cause,
        path=event.path,
        bytes=event.bytes,
        length=event.length,
        sha256=event.sha256,
    )
    if event.bytes and file.format != WAV:
        turn.put(file)
        turn.do(file.call, ConvertRecording(file.id, file.format))
    else:
        turn.close(file)


def converted(turn: Turn, file: Recording, event: RecordingConverted) -> None:
    """Record the converted file, or why the conversion failed."""
    why = SERVER_GONE if event.cause and _server_gone(turn, file) else event.cause
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


def _server_gone(turn: Turn, file: Recording) -> bool:
    """Return whether the settings have had several servers, and do not have that of the file any more."""
    return file.server != MAIN and file.server not in turn.world.servers
