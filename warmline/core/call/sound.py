"""What a room hears beside its people: what the agent plays, a ring tone, or an in-group's music."""

from warmline.core.actions import PlayTone, RoomMusic, StopMusic, StopTone
from warmline.core.call import audio
from warmline.core.call.call import Call
from warmline.core.call.states import State
from warmline.core.changed import replace
from warmline.core.leg import Phase
from warmline.core.world import Turn

RING_TONE = "tone:425/1000,0/4000"
RETRY = 500_000  # microseconds until what was not stopped is stopped again
SILENCE = "tone:0/1000"  # no sound, but packets: of two in a room the other one would get none from who is muted
RINGING = (State.DIALING_OUT, State.DIALING, State.LEFT_RINGING, State.BLIND, State.CUSTOMER_GONE)


QUIET = (State.TALKING, State.DIALING, State.CONSULTING, State.THIRD_PARKED, State.CUSTOMER_GONE)


def _tone(turn: Turn, call: Call) -> str:
    """What the room should hear: a ring tone, silence, or nothing ("")."""
    if _rings(turn, call):
        return RING_TONE
    session = turn.world.sessions.get(call.agent or "")
    alone = call.state in QUIET and call.target is None and call.room
    return SILENCE if alone and session and session.muted and session.call == call.id else ""


def _rings(turn: Turn, call: Call) -> bool:
    leg = turn.world.legs.get((call.customer if call.state is State.DIALING_OUT else call.third) or "")
    rings = leg is not None and leg.phase is Phase.RINGING and not call.audio  # which would play behind the tone
    return rings and (call.state in RINGING or call.target in RINGING)


def _wants_music(call: Call) -> bool:
    return call.state is State.DIALING and bool(call.asked_group) and call.room


def stop(turn: Turn, call: Call) -> Call:
    """Stop what nobody should hear any more."""
    if audio.agent_gone(call):
        call = turn.put(audio.silent(call))
    if call.playing_audio and (not call.audio or call.playing_audio != call.last_audio):
        turn.do(call.id, StopTone(call.playing_audio))
        call = turn.put(replace(call, playing_audio=""))
    if call.tone and _tone(turn, call) != call.tone_media:
        turn.do(call.id, StopTone(call.tone))
        call = turn.put(replace(call, tone=None))
    if call.music and not _wants_music(call):
        turn.do(call.id, StopMusic(call.room_id))
        call = turn.put(replace(call, music=False))
    return call


def not_stopped(turn: Turn, what: str) -> None:
    """Asterisk was asked to stop a tone, what an agent plays, or a room's music, and did not: in a moment again."""
    if call := turn.world.calls.get(what.partition("-")[2][:26]):
        turn.put(replace(call, unstopped=(*call.unstopped, what)))
        turn.wake(turn.now + RETRY, call.id)


def stop_again(turn: Turn, call: Call) -> Call:
    """Ask once more for what was not stopped, if it is still to be."""
    for what in call.unstopped:
        if what != call.room_id:
            turn.do(call.id, StopTone(what))
        elif not call.music:
            turn.do(call.id, StopMusic(what))
    return turn.put(replace(call, unstopped=())) if call.unstopped else call


def start(turn: Turn, call: Call) -> Call:
    """Start what everybody in the room should hear."""
    if call.audio and not call.playing_audio and call.room:
        call = turn.put(replace(call, playing_audio=call.last_audio))
        turn.do(call.id, PlayTone(call.last_audio, call.room_id, f"sound:{call.audio}"))
    if (media := _tone(turn, call)) and not call.tone:
        call = replace(call, tones=call.tones + 1)
        call = turn.put(replace(call, tone=call.last_tone, tone_media=media))
        turn.do(call.id, PlayTone(call.last_tone, call.room_id, media))
    if _wants_music(call) and not call.music:
        rules = turn.world.rules.ingroup(call.asked_group)
        turn.do(call.id, RoomMusic(call.room_id, rules.moh_context))
        call = turn.put(replace(call, music=True, had_music=True))
    return call
