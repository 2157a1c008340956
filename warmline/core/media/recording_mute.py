"""Silence on what records a call, while card numbers are said: asked for until Asterisk has done it.

It is the call's: a file that begins meanwhile is muted as soon as it goes.
"""

from warmline.core.model.actions import MuteRecording
from warmline.core.model.call import Call
from warmline.core.model.call_command_types import RecordMute, RecordUnmute
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.replace import replace
from warmline.core.state import receipts
from warmline.core.state.timers import TimerKind
from warmline.core.state.world import Turn

RETRY = 500_000  # microseconds until what failed is asked again


def switch(turn: Turn, call: Call, receipt: Receipt, command: RecordMute | RecordUnmute) -> None:
    """Mute it or not, as the command says: done when Asterisk has done it."""
    file = turn.world.recordings.get(call.recording.running or "")
    on = isinstance(command, RecordMute)
    if file is None and (on or not call.recording.muted):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, "nothing is recorded")
        return
    turn.put(replace(call, recording=replace(call.recording, muted=on)))
    if file is None or (file.muted is on and not file.muting):
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
    elif file.muted is on:
        turn.put(replace(file, mute_receipts=(*file.mute_receipts, receipt.id)))
    else:
        file = _end(turn, file, Outcome.ABANDONED, f"overtaken by {receipt.kind}")
        ask(turn, turn.put(replace(file, muted=on, muting=True, mute_receipts=(receipt.id,))))


def ask(turn: Turn, file: Recording) -> None:
    """Ask Asterisk for what it has not done."""
    if file.muting and file.ended is None:
        turn.put(replace(file, mute_asks=file.mute_asks + 1))
        turn.do(file.call, MuteRecording(file.id, bool(file.muted)))


def again(turn: Turn, file: Recording) -> None:
    """Ask once more, unless an answer is still to come."""
    if not file.mute_asks:
        ask(turn, file)


def done(turn: Turn, file: Recording, *, on: bool) -> None:
    """Asterisk writes silence to it, or does so no more: it is as the last of what was asked that counts."""
    file = _answered(turn, file)
    if file.mute_asks:
        return
    if file.muted is on:
        turn.put(replace(_end(turn, file, Outcome.COMPLETED), muting=False))
    else:
        ask(turn, turn.put(replace(file, muting=True)))


def failed(turn: Turn, file: Recording) -> None:
    """It did not: what is wanted is asked again."""
    file = _answered(turn, file)
    if not file.mute_asks and file.ended is None:
        turn.put(replace(file, muting=True))
        turn.wake(turn.now + RETRY, TimerKind.RECORDING, file.id)


def _answered(turn: Turn, file: Recording) -> Recording:
    return turn.put(replace(file, mute_asks=max(0, file.mute_asks - 1)))


def over(turn: Turn, file: Recording) -> Recording:
    """The recording as it ends: nobody waits any more for it to be muted or not."""
    return _end(turn, file, Outcome.ABANDONED, "the recording has ended")


def _end(turn: Turn, file: Recording, outcome: Outcome, cause: str = "") -> Recording:
    for receipt in file.mute_receipts:
        receipts.finish(turn, receipt, outcome, cause)
    return replace(file, mute_receipts=())
