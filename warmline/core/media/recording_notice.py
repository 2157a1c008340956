"""The notice that a call is recorded (`recording_notice`): everyone in the bridge hears it before a recording begins.

A recording whose notice cannot be played begins all the same, and its row says so.
"""

from warmline.core.media import audio_playback
from warmline.core.messages.audio_messages import AudioEnded, PlayBridgeAudio, StopBridgeAudio
from warmline.core.model.call import Call
from warmline.core.rules.sentinels import NO_FILE
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

NOTICE_PLAYED, NOTICE_FAILED = "played", "failed"


def play_notice(turn: Turn, call: Call, recording_key: str) -> Call:
    """Play the notice for this recording, unless that was requested before or the campaign has none.

    A tone of the bridge is stopped, because Asterisk would play the notice behind it.
    """
    sound = get_campaign(turn, call).recording_notice
    if sound == NO_FILE or call.recording.noticed == recording_key:
        return call
    call = stop_notice(turn, call)
    if call.audio.tone:
        turn.do(call.id, StopBridgeAudio(call.audio.tone))
        call = call.with_audio(tone=None)
    notices = call.recording.notices + 1
    audio_id = f"{audio_playback.AUDIO_ID_PREFIX}{call.id}-notice{notices}"
    turn.do(call.id, PlayBridgeAudio(audio_id, call.mixing_bridge_id, f"sound:{sound}"))
    call = call.with_recording(notices=notices, notice_playing=audio_id, noticed=recording_key, notice="")
    return turn.put(call)


def stop_notice(turn: Turn, call: Call) -> Call:
    """Stop a notice that plays for a recording that is no longer needed."""
    if not call.recording.notice_playing:
        return call
    turn.do(call.id, StopBridgeAudio(call.recording.notice_playing))
    return forget_notice(turn, call)


def forget_notice(turn: Turn, call: Call) -> Call:
    """Let the next recording have a notice of its own."""
    return turn.put(call.with_recording(notice_playing="", noticed="", notice=""))


def handle_notice_end(turn: Turn, event: AudioEnded) -> None:
    """Handle the end or the failure of a notice. The recording begins in either case."""
    call = audio_playback.find_call_of_audio(turn, event.audio)
    if call is None or call.recording.notice_playing != event.audio:
        return
    if not event.ok:
        turn.note(f"call {call.id}: the recording_notice did not play; check Asterisk's sounds folder")
    notice = NOTICE_PLAYED if event.ok else NOTICE_FAILED
    turn.put(call.with_recording(notice_playing="", notice=notice))
