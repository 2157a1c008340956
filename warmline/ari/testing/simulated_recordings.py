"""The recordings of an Asterisk that exists only in a test: those that are being made, and the files."""

import io
import wave
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from warmline.ari import events, resources
from warmline.ari.testing.simulated_operations import Request, build_refusal, operation
from warmline.ari.testing.simulated_things import (
    MediaItem,
    Recording,
    SimulatedBridge,
    SimulatedChannel,
    SimulatedRecording,
    Target,
    to_uri,
)

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

END_KEYS = {"any": "0123456789*#", "none": "", "": "", "#": "#", "*": "*"}  # the keys that end a recording
FORMATS = {"wav", "WAV", "wav16", "wav49", "gsm", "ulaw", "alaw", "al", "ul", "g722", "sln", "sln16", "slin", "ogg"}
IF_EXISTS = ("", "fail", "overwrite", "append")
SAMPLES_PER_SECOND = 8000


def record(asterisk: "SimulatedAsterisk", request: Request, target: Target) -> resources.LiveRecording:
    """Record a channel, when what was requested before has ended, or a bridge. Raises AriError."""
    name, if_exists = request.text("name"), request.text("ifExists")
    end_keys = request.text("terminateOn")
    if end_keys not in END_KEYS:
        raise build_refusal(400, "terminateOn invalid")
    if if_exists not in IF_EXISTS:
        raise build_refusal(400, "ifExists invalid")
    if request.text("format") not in FORMATS:
        raise build_refusal(422, "specified format is unknown on this system")
    if not name or ".." in name:
        raise build_refusal(400, "Error parsing request body")
    former = asterisk.recordings.get(name)
    if name in asterisk.live_recordings or (former and if_exists in ("", "fail")):
        raise build_refusal(409, f"Recording '{name}' already exists and can not be overwritten")
    recording = SimulatedRecording(
        Recording(name, request.text("format")),
        target,
        end_keys=END_KEYS[end_keys],
        max_seconds=request.number("maxDurationSeconds"),
        silence_seconds=request.number("maxSilenceSeconds"),
        beep=request.flag("beep"),
    )
    if former and if_exists == "append":
        recording.file, recording.recorded_seconds = former, former.seconds
    asterisk.live_recordings[name] = recording
    answer = _to_live_recording(recording)
    if isinstance(target, SimulatedChannel):
        recording.item = MediaItem(
            partial(_start, asterisk, recording), lambda has_begun: _finish(asterisk, recording, is_reported=has_begun)
        )
        target.player.add(recording.item)
    else:
        _start(asterisk, recording)
    return answer


def check_limits(request: Request) -> None:
    """Check the seconds of a recording, as Asterisk does before it looks for the channel. Raises AriError."""
    for name, title in (("maxDurationSeconds", "max_duration_seconds"), ("maxSilenceSeconds", "max_silence_seconds")):
        if request.number(name) < 0:
            raise build_refusal(400, f"{title} cannot be negative")


def _start(asterisk: "SimulatedAsterisk", recording: SimulatedRecording) -> None:
    """Begin to record. Asterisk fails a recording of a channel that is in a bridge now."""
    target = recording.target
    if isinstance(target, SimulatedChannel) and target.bridge:
        del asterisk.live_recordings[recording.name]
        recording.state = "failed"
        cause = "Cannot record channel while in bridge"
        asterisk.send_of_target(target, events.RecordingFailed(recording=_to_live_recording(recording, cause)))
        _begin_next(recording)
        return
    if isinstance(target, SimulatedChannel) and target.state == "Ring":
        asterisk.answer(target)
    asterisk.recordings[recording.name] = recording.file
    recording.state = "recording"
    asterisk.send_of_target(target, events.RecordingStarted(recording=_to_live_recording(recording)))
    if recording.beep:
        for channel in [target] if isinstance(target, SimulatedChannel) else list(target.channels):
            asterisk.hear(channel, "beep")
    note_parties(recording)
    _go_on(asterisk, recording)


def note_parties(recording: SimulatedRecording) -> None:
    """Note who is recorded."""
    target = recording.target
    channels = [target] if isinstance(target, SimulatedChannel) else target.channels
    for party in [channel.spied.party if channel.spied else channel.party for channel in channels]:
        if party not in recording.parties:
            recording.parties.append(party)


def take_key(asterisk: "SimulatedAsterisk", channel: SimulatedChannel, key: str) -> None:
    """Let a key that a party presses end the recording of the party, or of the bridge."""
    for recording in list(asterisk.live_recordings.values()):
        is_of_party = recording.target in (channel, channel.bridge) and recording.state in ("recording", "paused")
        if is_of_party and key in recording.end_keys:
            _finish(asterisk, recording)


def end_bridge_recordings(asterisk: "SimulatedAsterisk", bridge: SimulatedBridge) -> None:
    """End the recordings of a bridge that is destroyed."""
    for recording in list(asterisk.live_recordings.values()):
        if recording.target is bridge:
            _finish(asterisk, recording)


def _finish(asterisk: "SimulatedAsterisk", recording: SimulatedRecording, *, is_reported: bool = True) -> None:
    """End a recording, report it, and begin what comes next; the file stays."""
    if asterisk.live_recordings.pop(recording.name, None) is None:
        return
    _halt(asterisk, recording)
    recording.file.seconds = round(recording.recorded_seconds)
    recording.state = "done"
    for party in recording.parties:
        party.recorded.append(recording.name)
    if is_reported:
        asterisk.send_of_target(
            recording.target, events.RecordingFinished(recording=_to_live_recording(recording, is_finished=True))
        )
    _begin_next(recording)


def _begin_next(recording: SimulatedRecording) -> None:
    if recording.item:
        recording.target.player.remove(recording.item)


def _go_on(asterisk: "SimulatedAsterisk", recording: SimulatedRecording) -> None:
    """Record from now on, until the longest time, or a silence after what the parties say."""
    recording.start_time = asterisk.now
    limits: list[float] = [recording.max_seconds] if recording.max_seconds else []
    if recording.silence_seconds:
        limits.append(_get_spoken_seconds(recording) + recording.silence_seconds)
    if limits:
        seconds = max(0.0, min(limits) - recording.recorded_seconds)
        recording.timer = asterisk.call_later(seconds, _finish, asterisk, recording)


def _halt(asterisk: "SimulatedAsterisk", recording: SimulatedRecording) -> None:
    """Record nothing from now on."""
    recording.recorded_seconds = recording.measure(asterisk.now)
    recording.start_time = None
    if recording.timer:
        recording.timer.cancel()


def _get_spoken_seconds(recording: SimulatedRecording) -> float:
    return max((party.speaks for party in recording.parties), default=0.0)


def _to_live_recording(
    recording: SimulatedRecording, cause: str = "", *, is_finished: bool = False
) -> resources.LiveRecording:
    seconds = recording.file.seconds if is_finished else 0
    talking_seconds = 0
    if is_finished and recording.silence_seconds:  # else Asterisk does not measure it
        talking_seconds = round(min(_get_spoken_seconds(recording), seconds))
    return resources.LiveRecording(
        name=recording.name,
        format=recording.file.format,
        target_uri=to_uri(recording.target),
        state=recording.state,
        duration=seconds,
        talking_duration=talking_seconds,
        silence_duration=seconds - talking_seconds if recording.silence_seconds else 0,
        cause=cause,
    )


# -- the operations of recordings --


@operation("recordings.getLive", "GET", "recordings/live/{recordingName}")
def get_live(asterisk: "SimulatedAsterisk", request: Request) -> resources.LiveRecording:
    """Return a recording that waits or is being made."""
    return _to_live_recording(_find_live(asterisk, request))


@operation("recordings.cancel", "DELETE", "recordings/live/{recordingName}")
def cancel(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """End a recording, and delete its file."""
    recording = _find_live(asterisk, request)
    recording.parties.clear()
    _end(asterisk, recording)
    asterisk.recordings.pop(recording.name, None)


@operation("recordings.stop", "POST", "recordings/live/{recordingName}/stop")
def stop(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """End a recording."""
    _end(asterisk, _find_live(asterisk, request))


@operation("recordings.pause", "POST", "recordings/live/{recordingName}/pause")
def pause(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Record nothing until `unpause`: the file has no gap."""
    recording = _find_begun(asterisk, request)
    if recording.state == "recording":
        _halt(asterisk, recording)
        recording.state = "paused"


@operation("recordings.unpause", "DELETE", "recordings/live/{recordingName}/pause")
def unpause(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Go on with a recording that was paused."""
    recording = _find_begun(asterisk, request)
    if recording.state == "paused":
        recording.state = "recording"
        _go_on(asterisk, recording)


@operation("recordings.mute", "POST", "recordings/live/{recordingName}/mute")
def mute(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Record silence until `unmute`."""
    _find_begun(asterisk, request).is_muted = True


@operation("recordings.unmute", "DELETE", "recordings/live/{recordingName}/mute")
def unmute(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Record what is said again."""
    _find_begun(asterisk, request).is_muted = False


@operation("recordings.listStored", "GET", "recordings/stored")
def list_stored(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.StoredRecording]:
    """Return the files."""
    return [_to_stored(recording) for recording in asterisk.recordings.values()]


@operation("recordings.getStored", "GET", "recordings/stored/{recordingName}")
def get_stored(asterisk: "SimulatedAsterisk", request: Request) -> resources.StoredRecording:
    """Return a file."""
    return _to_stored(_find_stored(asterisk, request))


@operation("recordings.deleteStored", "DELETE", "recordings/stored/{recordingName}")
def delete_stored(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Delete a file."""
    del asterisk.recordings[_find_stored(asterisk, request).name]


@operation("recordings.getStoredFile", "GET", "recordings/stored/{recordingName}/file")
def get_stored_file(asterisk: "SimulatedAsterisk", request: Request) -> bytes:
    """Return the bytes of a file: a WAV with silence, as long as the recording."""
    recording = _find_stored(asterisk, request)
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, SAMPLES_PER_SECOND, 0, "NONE", ""))
        sound.writeframes(bytes(2 * SAMPLES_PER_SECOND * recording.seconds))
    return file.getvalue()


@operation("recordings.copyStored", "POST", "recordings/stored/{recordingName}/copy")
def copy_stored(asterisk: "SimulatedAsterisk", request: Request) -> resources.StoredRecording:
    """Copy a file."""
    recording = _find_stored(asterisk, request)
    name = request.required("destinationRecordingName")
    if name in asterisk.recordings:
        raise build_refusal(409, "A recording with the same name already exists on the system")
    asterisk.recordings[name] = replace(recording, name=name, heard=list(recording.heard))
    return _to_stored(asterisk.recordings[name])


def _end(asterisk: "SimulatedAsterisk", recording: SimulatedRecording) -> None:
    """End a recording; one that waits for its turn is not made, and nothing is reported of it."""
    if recording.state == "queued":
        del asterisk.live_recordings[recording.name]
        _begin_next(recording)
    else:
        _finish(asterisk, recording)


def _find_live(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedRecording:
    recording = asterisk.live_recordings.get(request.names["recordingName"])
    if recording is None:
        raise build_refusal(404, "Recording not found")
    return recording


def _find_begun(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedRecording:
    recording = _find_live(asterisk, request)
    if recording.state == "queued":
        raise build_refusal(409, "Recording not in session")
    return recording


def _find_stored(asterisk: "SimulatedAsterisk", request: Request) -> Recording:
    recording = asterisk.recordings.get(request.names["recordingName"])
    if recording is None:
        raise build_refusal(404, "Recording not found")
    return recording


def _to_stored(recording: Recording) -> resources.StoredRecording:
    return resources.StoredRecording(name=recording.name, format=recording.format)
