"""The playbacks of an Asterisk that exists only in a test. Each sound lasts a second; a tone, until it is stopped."""

from functools import partial
from typing import TYPE_CHECKING

from warmline.ari import events, resources
from warmline.ari.testing.simulated_operations import Request, build_refusal, operation
from warmline.ari.testing.simulated_things import SOUND_SECONDS, MediaItem, SimulatedPlayback, Target, to_uri

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

SPOKEN_PREFIXES = {"number": "say number ", "digits": "say digits ", "characters": "say alpha "}
CONTROLS = ("restart", "pause", "unpause", "reverse", "forward")
CONTROLS_BY_STATE = {"playing": CONTROLS, "queued": ("restart",), "paused": ("pause", "unpause")}
MILLISECONDS_PER_SECOND = 1000


def play(asterisk: "SimulatedAsterisk", request: Request, target: Target) -> resources.Playback:
    """Play sounds to a channel or a bridge, when what was requested before has ended. Raises AriError."""
    media = request.texts("media")
    if not media or not all(media):
        raise build_refusal(500, "Failed to queue media for playback")
    for name in ("skipms", "offsetms"):
        if request.number(name) < 0:
            raise build_refusal(400, f"{name} cannot be negative")
    playback = SimulatedPlayback(
        request.names.get("playbackId") or request.text("playbackId") or asterisk.new_id(),
        media,
        target,
        language=request.text("lang", "en"),
        offset_seconds=request.number("offsetms") / MILLISECONDS_PER_SECOND,
        skip_seconds=request.number("skipms", 3000) / MILLISECONDS_PER_SECOND,
    )
    asterisk.playbacks[playback.id] = playback
    answer = _to_playback(playback)
    playback.item = MediaItem(
        partial(_start, asterisk, playback),
        lambda has_begun: _finish(asterisk, playback, "failed", is_reported=has_begun),
    )
    target.player.add(playback.item)
    return answer


def _start(asterisk: "SimulatedAsterisk", playback: SimulatedPlayback) -> None:
    """Play the sound that comes next in a playback."""
    if playback.is_cancelled:
        _finish(asterisk, playback, "done")
        return
    media = playback.media[playback.index]
    playback.state = "playing"
    asterisk.send_of_target(playback.target, events.PlaybackStarted(playback=_to_playback(playback)))
    if sound := _to_sound(asterisk, media):
        asterisk.play_sound(playback.target, sound)
        _set_timer(asterisk, playback, max(0.0, SOUND_SECONDS - playback.offset_seconds))
    elif media.startswith("sound:"):
        asterisk.call_soon(_end_sound, asterisk, playback, "failed")
    else:  # Asterisk reports nothing of a recording that does not exist
        asterisk.call_soon(_skip_sound, asterisk, playback)


def _finish(
    asterisk: "SimulatedAsterisk",
    playback: SimulatedPlayback,
    state: resources.PlaybackState,
    *,
    is_reported: bool = True,
) -> None:
    """End a playback, report it, and begin what comes next."""
    if asterisk.playbacks.pop(playback.id, None) is None:
        return
    playback.state = state
    if playback.timer:
        playback.timer.cancel()
    if is_reported:
        asterisk.send_of_target(playback.target, events.PlaybackFinished(playback=_to_playback(playback)))
    if playback.item:
        playback.target.player.remove(playback.item)


def _end_sound(asterisk: "SimulatedAsterisk", playback: SimulatedPlayback, state: resources.PlaybackState) -> None:
    """End a sound, and play the next one of the playback."""
    if playback.id not in asterisk.playbacks:
        return
    if playback.index + 1 == len(playback.media):
        _finish(asterisk, playback, state)
        return
    playback.state = "continuing"
    asterisk.send_of_target(playback.target, events.PlaybackContinuing(playback=_to_playback(playback)))
    _play_next(asterisk, playback)


def _skip_sound(asterisk: "SimulatedAsterisk", playback: SimulatedPlayback) -> None:
    if playback.index + 1 == len(playback.media):
        _finish(asterisk, playback, "failed", is_reported=False)
    else:
        _play_next(asterisk, playback)


def _play_next(asterisk: "SimulatedAsterisk", playback: SimulatedPlayback) -> None:
    playback.index += 1
    playback.offset_seconds = 0.0
    _start(asterisk, playback)


def _set_timer(asterisk: "SimulatedAsterisk", playback: SimulatedPlayback, seconds: float) -> None:
    """Let the sound end after these seconds, instead of at the time that was set."""
    if playback.timer:
        playback.timer.cancel()
    if not playback.media[playback.index].startswith("tone:"):  # Asterisk repeats a tone until it is stopped
        playback.end_time = asterisk.now + seconds
        playback.timer = asterisk.call_later(seconds, _end_sound, asterisk, playback, "done")


def _to_sound(asterisk: "SimulatedAsterisk", media: str) -> str:
    """Return the name of a sound in `heard`; "" if it does not exist."""
    scheme, _, text = media.partition(":")
    if scheme in SPOKEN_PREFIXES:
        return SPOKEN_PREFIXES[scheme] + text
    if scheme == "tone" or (scheme == "recording" and text in asterisk.recordings):
        return media
    if scheme == "sound" and text in asterisk.sounds:
        return text
    asterisk.missing = f"there is no sound {text!r}; give its name in world(sounds=…) if it is your own"
    return ""


def _to_playback(playback: SimulatedPlayback) -> resources.Playback:
    next_media = playback.media[playback.index + 1 :]
    return resources.Playback(
        id=playback.id,
        media_uri=playback.media[playback.index],
        next_media_uri=next_media[0] if next_media else "",
        target_uri=to_uri(playback.target),
        language=playback.language,
        state=playback.state,
    )


# -- the operations of playbacks --


@operation("playbacks.get", "GET", "playbacks/{playbackId}")
def get_playback(asterisk: "SimulatedAsterisk", request: Request) -> resources.Playback:
    """Return a playback that waits or is played."""
    return _to_playback(_find_playback(asterisk, request))


@operation("playbacks.stop", "DELETE", "playbacks/{playbackId}")
def stop_playback(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Stop a playback. Asterisk does not stop a number or signs."""
    playback = _find_playback(asterisk, request)
    if playback.state == "queued":
        playback.is_cancelled = True
        return
    if not playback.is_controllable:
        raise build_refusal(500, "Could not stop playback")
    _finish(asterisk, playback, "done")


@operation("playbacks.control", "POST", "playbacks/{playbackId}/control")
def control_playback(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Pause a playback, let it go on, play its sound again, or wind it."""
    control = request.required("operation", "Missing operation")
    if control not in CONTROLS:
        raise build_refusal(400, f"Invalid operation {control}")
    playback = _find_playback(asterisk, request)
    if control not in CONTROLS_BY_STATE.get(playback.state, ()):
        raise build_refusal(409, f"Can only {control} while media is playing")
    if playback.state == "queued" or (control == "unpause" and playback.state == "playing"):
        return
    if not playback.is_controllable:
        raise build_refusal(500, f"Could not {control} playback")
    left_seconds = playback.end_time - asterisk.now
    match control:
        case "pause" if playback.state == "playing":
            playback.state, playback.remaining_seconds = "paused", left_seconds
            if playback.timer:
                playback.timer.cancel()
        case "unpause":
            playback.state = "playing"
            asterisk.send_of_target(playback.target, events.PlaybackStarted(playback=_to_playback(playback)))
            _set_timer(asterisk, playback, playback.remaining_seconds)
        case "restart":
            asterisk.play_sound(playback.target, _to_sound(asterisk, playback.media[playback.index]))
            _set_timer(asterisk, playback, SOUND_SECONDS)
        case "forward":
            _set_timer(asterisk, playback, max(0.0, left_seconds - playback.skip_seconds))
        case "reverse":
            _set_timer(asterisk, playback, min(SOUND_SECONDS, left_seconds + playback.skip_seconds))


def _find_playback(asterisk: "SimulatedAsterisk", request: Request) -> SimulatedPlayback:
    playback = asterisk.playbacks.get(request.names["playbackId"])
    if playback is None:
        raise build_refusal(404, "Playback not found")
    return playback
