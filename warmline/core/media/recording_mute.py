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

RETRY_DELAY_US = 500_000


def find_mute_refusal(turn: Turn, call: Call) -> str:
    """Return why the recording cannot be muted, or ""."""
    if reason := get_away_reason(turn.world, call.server):
        return reason
    return "" if call.recording.running in turn.world.recordings else reasons.NOT_RECORDED.text()


def find_unmute_refusal(turn: Turn, call: Call) -> str:
    """Return why the recording cannot be unmuted, or ""."""
    return get_away_reason(turn.world, call.server) if call.recording.muted else find_mute_refusal(turn, call)


def switch_mute(turn: Turn, call: Call, receipt: Receipt, command: RecordMute | RecordUnmute) -> None:
    """Mute or unmute the recording. The command is completed when Asterisk has done it."""
    recording = turn.world.recordings.get(call.recording.running or "")
    is_muted = isinstance(command, RecordMute)
    turn.put(call.with_recording(muted=is_muted))
    if recording is None or (recording.muted is is_muted and not recording.muting):
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
    elif recording.muted is is_muted:
        turn.put(replace(recording, mute_receipts=(*recording.mute_receipts, receipt.id)))
    else:
        cause = reasons.COMMAND_OVERTAKEN.text(kind=receipt.kind)
        recording = _finish_commands(turn, recording, Outcome.ABANDONED, cause=cause)
        request_mute(turn, turn.put(replace(recording, muted=is_muted, muting=True, mute_receipts=(receipt.id,))))


def request_mute(turn: Turn, recording: Recording) -> None:
    """Request a mute or unmute that Asterisk has not done."""
    if recording.muting and recording.ended is None:
        turn.put(replace(recording, mute_asks=recording.mute_asks + 1))
        turn.do(recording.call, MuteRecording(recording.id, bool(recording.muted)))


def repeat_request(turn: Turn, recording: Recording) -> None:
    """Repeat the request, unless an answer is still pending."""
    if not recording.mute_asks:
        request_mute(turn, recording)


def note_mute(turn: Turn, recording: Recording, *, is_muted: bool) -> None:
    """Handle a mute or unmute that Asterisk has done. The answer to the last request counts."""
    recording = _count_answer(turn, recording)
    if recording.mute_asks:
        return
    if recording.muted is is_muted:
        turn.put(replace(_finish_commands(turn, recording, Outcome.COMPLETED), muting=False))
    else:
        request_mute(turn, turn.put(replace(recording, muting=True)))


def schedule_retry(turn: Turn, recording: Recording) -> None:
    """Schedule the repetition of a request that failed."""
    recording = _count_answer(turn, recording)
    if not recording.mute_asks and recording.ended is None:
        turn.put(replace(recording, muting=True))
        turn.wake(turn.now + RETRY_DELAY_US, TimerKind.RECORDING, recording.id)


def _count_answer(turn: Turn, recording: Recording) -> Recording:
    return turn.put(replace(recording, mute_asks=max(0, recording.mute_asks - 1)))


def abandon_commands(turn: Turn, recording: Recording) -> Recording:
    """Return the ended recording; commands that wait for its mute are abandoned."""
    if not recording.mute_receipts:
        return recording
    return _finish_commands(turn, recording, Outcome.ABANDONED, cause=reasons.RECORDING_ENDED.text())


def _finish_commands(turn: Turn, recording: Recording, outcome: Outcome, cause: str = "") -> Recording:
    for receipt_id in recording.mute_receipts:
        receipts.finish(turn, receipt_id, outcome, cause=cause)
    return replace(recording, mute_receipts=())
