"""Audio in the bridge of a call: the agent's files, a ring tone, silence, or an in-group's music."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.media import audio_playback
from warmline.core.messages.audio_messages import (
    PlayBridgeAudio,
    PlayBridgeMusic,
    StopBridgeAudio,
    StopBridgeMusic,
    StopPlay,
)
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.leg import Phase
from warmline.core.queue import queue_prompts
from warmline.core.world.turn import Turn

RING_TONE = "tone:425/1000,0/4000"
RETRY_DELAY_US = 500_000
# No sound, but packets: without it, the second party in a bridge gets no packets from a muted one.
SILENCE_TONE = "tone:0/1000"
RINGING_STATES = (State.DIALING_OUT, State.DIALING, State.LEFT_RINGING, State.BLIND, State.CUSTOMER_GONE)
QUIET_STATES = (State.TALKING, State.DIALING, State.CONSULTING, State.THIRD_PARKED, State.CUSTOMER_GONE)


def _choose_tone(turn: Turn, call: Call) -> str:
    """Return the tone for the bridge: a ring tone, silence, or "" for none. During a notice there is none."""
    if call.recording.notice_playing:
        return ""
    if _is_ringing(turn, call):
        return RING_TONE
    session = turn.world.sessions.get(call.agent or "")
    is_quiet = call.state in QUIET_STATES and call.commands.target is None and call.asked_bridges.room
    return SILENCE_TONE if is_quiet and session and session.muted and session.call == call.id else ""


def _is_ringing(turn: Turn, call: Call) -> bool:
    leg_id = call.customer if call.state is State.DIALING_OUT else call.third
    leg = turn.world.legs.get(leg_id or "")
    if leg is None or leg.phase is not Phase.RINGING or call.audio.files:  # files would play behind the tone
        return False
    return call.state in RINGING_STATES or call.commands.target in RINGING_STATES


def _needs_music(call: Call) -> bool:
    return call.state is State.DIALING and bool(call.consultation.asked_group) and call.asked_bridges.room


def stop_audio(turn: Turn, call: Call) -> Call:
    """Stop audio that should no longer play."""
    if audio_playback.is_unattended(call):
        call = turn.put(audio_playback.stop_files(call))
    if call.audio.playing and (not call.audio.files or call.audio.playing != call.last_audio_id):
        turn.do(call.id, StopBridgeAudio(call.audio.playing))
        call = turn.put(call.with_audio(playing=""))
    if call.audio.tone and _choose_tone(turn, call) != call.audio.tone_media:
        turn.do(call.id, StopBridgeAudio(call.audio.tone))
        call = turn.put(call.with_audio(tone=None))
    if call.audio.music and not _needs_music(call):
        turn.do(call.id, StopBridgeMusic(call.mixing_bridge_id))
        call = turn.put(call.with_audio(music=False))
    return call


def schedule_retry(turn: Turn, media_id: str) -> None:
    """Schedule the repetition of a request that Asterisk did not carry out.

    The request was to stop a tone, a prompt or an agent's file, or to start or stop the music of a bridge. A prompt
    that continues would keep the caller from the agent.
    """
    if call := turn.world.calls.get(media_id.partition("-")[2][:26]):
        turn.put(call.with_audio(undone=(*call.audio.undone, media_id)))
        turn.wake(turn.now + RETRY_DELAY_US, TimerKind.CALL, call.id)


def retry_requests(turn: Turn, call: Call) -> Call:
    """Repeat the requests that were not carried out, as the call needs them now."""
    for media_id in call.audio.undone:
        if media_id == call.mixing_bridge_id:
            action = _make_music_request(turn, call) if call.audio.music else StopBridgeMusic(media_id)
            turn.do(call.id, action)
        elif not media_id.startswith(queue_prompts.PLAYBACK_PREFIX):
            turn.do(call.id, StopBridgeAudio(media_id))
        elif call.customer:
            turn.do(call.id, StopPlay(call.customer, media_id))
    return turn.put(call.with_audio(undone=())) if call.audio.undone else call


def _make_music_request(turn: Turn, call: Call) -> PlayBridgeMusic:
    return PlayBridgeMusic(call.mixing_bridge_id, turn.world.rules.ingroup(call.consultation.asked_group).moh_context)


def start_audio(turn: Turn, call: Call) -> Call:
    """Start the audio that everyone in the bridge should hear."""
    if call.audio.files and not call.audio.playing and call.asked_bridges.room:
        call = turn.put(call.with_audio(playing=call.last_audio_id))
        turn.do(call.id, PlayBridgeAudio(call.last_audio_id, call.mixing_bridge_id, f"sound:{call.audio.files}"))
    media = _choose_tone(turn, call)
    if media and not call.audio.tone:
        call = call.with_audio(tones=call.audio.tones + 1)
        call = turn.put(call.with_audio(tone=call.last_tone_id, tone_media=media))
        turn.do(call.id, PlayBridgeAudio(call.last_tone_id, call.mixing_bridge_id, media))
    if _needs_music(call) and not call.audio.music:
        turn.do(call.id, _make_music_request(turn, call))
        call = turn.put(call.with_audio(music=True, had_music=True))
    return call
