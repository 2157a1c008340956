"""Sound files that an agent plays into the bridge of the call, for everyone in it."""

from warmline.core.messages.audio_messages import AudioEnded, PauseBridgeAudio
from warmline.core.messages.call_command_types import (
    AudioPause,
    AudioPlay,
    AudioRestart,
    AudioResume,
    AudioStop,
)
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT
from warmline.core.rules import reasons
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn

PlaybackChange = AudioStop | AudioPause | AudioResume | AudioRestart
AUDIO_ID_PREFIX = "audio-"


def play_files(turn: Turn, call: Call, command: AudioPlay) -> str:
    """Play files. Return the reason for a refusal, or ""."""
    if not command.file:
        return reasons.SOUND_MISSING.text()
    if call.audio.files and not command.instead:
        return reasons.AUDIO_PLAYING.text(files=call.audio.files)
    turn.put(_restart_files(call, command.file))
    return ""


def find_play_refusal(turn: Turn, call: Call) -> str:
    """Return why no file can be played, whatever it is, or ""."""
    return get_away_reason(turn.world, call.server)


def find_change_refusal(turn: Turn, call: Call) -> str:
    """Return why no file can be stopped, paused, resumed or restarted, or ""."""
    if reason := get_away_reason(turn.world, call.server):
        return reason
    return "" if call.audio.files else reasons.AUDIO_NOT_PLAYING.text()


def change_playback(turn: Turn, call: Call, command: PlaybackChange) -> str:
    """Stop, pause, resume or restart the files that play. Return "": `find_change_refusal` has refused."""
    match command:
        case AudioStop():
            turn.put(stop_files(call))
        case AudioRestart():
            turn.put(_restart_files(call, call.audio.files))
        case AudioPause() | AudioResume():
            _set_pause(turn, call, is_paused=isinstance(command, AudioPause))
    return ""


def _restart_files(call: Call, files: str) -> Call:
    """Return the call with these files to be played from the start; `bridge_audio` stops the earlier playback."""
    return call.with_audio(files=files, plays=call.audio.plays + 1, paused=False)


def _set_pause(turn: Turn, call: Call, *, is_paused: bool) -> None:
    if call.audio.paused is not is_paused:
        turn.put(call.with_audio(paused=is_paused))
        turn.do(call.id, PauseBridgeAudio(call.last_audio_id, is_paused))


def stop_files(call: Call) -> Call:
    """Return the call with nothing to play."""
    return call.with_audio(files="", paused=False)


def is_unattended(call: Call) -> bool:
    """Return whether audio plays that no agent can stop, because the agent has left or leaves the call."""
    return bool(call.audio.files) and LAYOUT[call.commands.target or call.state].agent is None


def find_call_of_audio(turn: Turn, audio_id: str) -> Call | None:
    """Return the call of a playback in a bridge, or None."""
    return turn.world.calls.get(audio_id.removeprefix(AUDIO_ID_PREFIX).rpartition("-")[0])


def handle_audio_end(turn: Turn, event: AudioEnded) -> None:
    """Handle a playback that ended or failed. The end of a playback that was stopped before has no effect."""
    call = find_call_of_audio(turn, event.audio)
    if call is None or call.audio.playing != event.audio:
        return
    if not event.ok:
        turn.note(f"call {call.id}: a file of {call.audio.files} did not play; check Asterisk's sounds folder")
    call = stop_files(call)
    turn.put(call.with_audio(playing=""))


def restore_pause(turn: Turn, audio_id: str, *, is_paused: bool) -> None:
    """Restore the previous pause state after a failed pause or resume."""
    call = find_call_of_audio(turn, audio_id)
    if call and call.audio.playing == audio_id:
        turn.put(call.with_audio(paused=not is_paused))
