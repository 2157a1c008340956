"""Start and stop the recording of a call's room, as the rules decided it."""

from dataclasses import replace
from datetime import UTC, datetime

from warmline.core.actions import MeasureRecording, Record, StopRecord
from warmline.core.call.call import Call
from warmline.core.call.states import State
from warmline.core.recording import Recording, Track
from warmline.core.world import Turn

WITH_AGENT = (State.TALKING, State.DIALING, State.THREE_WAY, State.CUSTOMER_GONE)


def wanted(call: Call) -> tuple[Track | None, str]:
    """What the room should record now, and the rule that says so."""
    state = call.target or call.state
    if state is State.HANDED_OFF:
        return call.after_leave, call.after_leave_reason
    if state in WITH_AGENT:
        return call.track, call.track_reason
    return None, "nobody is left to record"


def stop(turn: Turn, call: Call) -> Call:
    """End the running recording if nothing is to be recorded any more."""
    running = turn.world.recordings.get(call.recording or "")
    if running and not running.stopping and wanted(call)[0] is None:
        _end(turn, running)
    return call


def start(turn: Turn, call: Call) -> Call:
    """Begin the wanted recording; one of another kind ends after that.

    In this order, because a recorder is a member of the room: without one between the two, Asterisk would change how
    it mixes twice, and the people in the room would lose 20 ms of each other.
    """
    track, reason = wanted(call)
    running = turn.world.recordings.get(call.recording or "")
    if track is None or not call.room or (running and not running.stopping and running.kind is track):
        return call
    recording = Recording(
        id=_name(turn, call),
        call=call.id,
        kind=track,
        reason=reason,
        agent=call.agent or call.last_agent,
        asked=turn.now,
    )
    turn.put(recording)
    turn.do(call.id, Record(recording.id, call.room_id))
    if running and not running.stopping:
        _end(turn, running)
    return turn.put(replace(call, recording=recording.id, files=call.files + 1))


def _end(turn: Turn, running: Recording) -> None:
    turn.put(replace(running, stopping=True))
    turn.do(running.call, StopRecord(running.id))


def _name(turn: Turn, call: Call) -> str:
    when = datetime.fromtimestamp(turn.now / 1e6, UTC).strftime("%Y%m%d-%H%M%S")
    digits = "".join(filter(str.isdecimal, call.number)) or "unknown"
    return f"{when}_{digits}_{call.id}-{call.files + 1}"


def started(turn: Turn, recording: Recording) -> None:
    """Asterisk writes."""
    turn.put(replace(recording, started=recording.started or turn.now))


def finished(turn: Turn, recording: Recording) -> None:
    """Asterisk has written the last sample: measure the file."""
    if recording.ended is None:
        turn.put(replace(recording, ended=turn.now))
        turn.do(recording.call, MeasureRecording(recording.id))
        _let_go(turn, recording)


def failed(turn: Turn, recording: Recording, cause: str) -> None:
    """Nothing is written. People talk on; the row says why."""
    turn.close(replace(recording, ended=turn.now, status="failed", cause=cause))
    _let_go(turn, recording)
    call = turn.world.calls.get(recording.call)
    if call and recording.kind is Track.CALL:
        turn.put(replace(call, track=None, track_reason=f"failed: {cause}"))
    elif call:
        turn.put(replace(call, after_leave=None, after_leave_reason=f"failed: {cause}"))


def _let_go(turn: Turn, recording: Recording) -> None:
    call = turn.world.calls.get(recording.call)
    if call and call.recording == recording.id:
        turn.put(replace(call, recording=None))


def measured(turn: Turn, recording: Recording, path: str, size: int, length: int, sha256: str) -> None:
    """The file is on disk, or is not."""
    status, cause = ("kept", "") if size else ("failed", "no file was written")
    turn.close(
        replace(recording, status=status, cause=cause, path=path, bytes=size, length=length, sha256=sha256)
    )
