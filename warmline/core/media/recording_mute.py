"""Silence in the recording of a call while card numbers are said. Requests are repeated until Asterisk has done them.

The mute belongs to the call: a recording that starts during the mute is muted as soon as it runs.
"""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.call_command_types import RecordMute, RecordUnmute
from warmline.core.messages.recording_messages import MuteRecording
from warmline.core.model.call import Call
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.recording import Recording
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn

RETRY_DELAY_US = 500_000  # microseconds until a failed request is repeated


def get_mute_refusal(turn: Turn, call: Call) -> str:
    """Return why the recording cannot be muted, or ""."""
    if why := get_away_reason(turn.world, call.server):
        return why
    return "" if call.recording.running in turn.world.recordings else reasons.NOT_RECORDED.text()


def get_unmute_refusal(turn: Turn, call: Call) -> str:
    """Return why the recording cannot be unmuted, or ""."""
    return get_away_reason(turn.world, call.server) if call.recording.muted else get_mute_refusal(turn, call)


def switch_mute(turn: Turn, call: Call, receipt: Receipt, command: RecordMute | RecordUnmute) -> None:
    """Mute or unmute the recording. The command is completed when Asterisk has done it."""
    file = turn.world.recordings.get(call.recording.running or "")
    on = isinstance(command, RecordMute)
    turn.put(call.with_recording(muted=on))
    if file is None or (file.muted is on and not file.muting):
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
    elif file.muted is on:
        turn.put(replace(file, mute_receipts=(*file.mute_receipts, receipt.id)))
    else:
        file = _finish_commands(turn, file, Outcome.ABANDONED, reasons.COMMAND_OVERTAKEN.text(kind=receipt.kind))
        request_mute(turn, turn.put(replace(file, muted=on, muting=True, mute_receipts=(receipt.id,))))


def request_mute(turn: Turn, file: Recording) -> None:
    """Request a mute or unmute that Asterisk has not done."""
    if file.muting and file.ended is None:
        turn.put(replace(file, mute_asks=file.mute_asks + 1))
        turn.do(file.call, MuteRecording(file.id, bool(file.muted)))


def repeat_request(turn: Turn, file: Recording) -> None:
    """Repeat the request, unless an answer is still pending."""
    if not file.mute_asks:
        request_mute(turn, file)


def record_mute(turn: Turn, file: Recording, *, muted: bool) -> None:
    """Handle a mute or unmute that Asterisk has done. The answer to the last request counts."""
    file = _count_answer(turn, file)
    if file.mute_asks:
        return
    if file.muted is muted:
        turn.put(replace(_finish_commands(turn, file, Outcome.COMPLETED), muting=False))
    else:
        request_mute(turn, turn.put(replace(file, muting=True)))


def schedule_retry(turn: Turn, file: Recording) -> None:
    """Schedule the repetition of a request that failed."""
    file = _count_answer(turn, file)
    if not file.mute_asks and file.ended is None:
        turn.put(replace(file, muting=True))
        turn.wake(turn.now + RETRY_DELAY_US, TimerKind.RECORDING, file.id)


def _count_answer(turn: Turn, file: Recording) -> Recording:
    return turn.put(replace(file, mute_asks=max(0, file.mute_asks - 1)))


def abandon_commands(turn: Turn, file: Recording) -> Recording:
    """Return the ended recording; commands that wait for its mute are abandoned."""
    if not file.mute_receipts:
        return file
    return _finish_commands(turn, file, Outcome.ABANDONED, reasons.RECORDING_ENDED.text())


def _finish_commands(turn: Turn, file: Recording, outcome: Outcome, cause: str = "") -> Recording:
    for receipt in file.mute_receipts:
        receipts.finish(turn, receipt, outcome, cause)
    return replace(file, mute_receipts=())
