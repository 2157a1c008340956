"""Music on hold for a party in a bridge where every other party holds the line.

Asterisk passes a phone's hold on to the other party only in a bridge of two without mixing. A recorder, a tone or a
third party prevents it, and also prevents the end of music that has started. Warmline therefore requests the start and
the end of the music in every bridge. Both kinds of request control the same music.
"""

from warmline.core.messages.audio_messages import PlayHoldMusic, StopHoldMusic
from warmline.core.model.bridge_names import to_mixing_call_id
from warmline.core.model.call import Call
from warmline.core.model.leg import HoldMusic, Leg, Phase, Role
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

PLAYING_OR_UNKNOWN = (HoldMusic.PLAYS, HoldMusic.UNKNOWN)


def update_music(turn: Turn, call: Call) -> None:
    """Start and stop the music of each party in the bridge, depending on which parties hold their lines."""
    leg_ids = turn.world.bridge_members.in_bridge(call.mixing_bridge_id)
    for leg_id in leg_ids:  # fast path: usually no party holds, so no list is built
        leg = turn.world.legs[leg_id]
        if leg.held or leg.music:
            break
    else:
        return
    legs = [turn.world.legs[leg_id] for leg_id in leg_ids]
    for leg in legs:
        if leg.wait_until > turn.now:
            continue  # a failed request is repeated at that time
        if not _is_music_needed(call, leg, legs):
            end_music(turn, call.id, leg)
        elif leg.music is not HoldMusic.PLAYS:
            turn.put(replace(leg, music=HoldMusic.PLAYS))
            turn.do(call.id, PlayHoldMusic(leg.id, turn.world.rules.ingroup(call.ingroup).moh_context))


def end_music(turn: Turn, order_key: str, leg: Leg) -> Leg:
    """Stop the music of this leg, if it may hear some."""
    if leg.music not in PLAYING_OR_UNKNOWN:
        return leg
    turn.do(order_key, StopHoldMusic(leg.id))
    return turn.put(replace(leg, music=HoldMusic.ENDING))


def note_music_end(turn: Turn, leg_id: str) -> None:
    """Record that Asterisk has stopped a leg's music, unless music was requested again."""
    leg = turn.world.legs.get(leg_id)
    if leg and leg.music is HoldMusic.ENDING:
        turn.put(replace(leg, music=HoldMusic.NONE))


def handle_hold(turn: Turn, leg: Leg) -> None:
    """Handle a phone that holds its line in a bridge of several.

    Asterisk may have passed the hold on before the last of them joined. The next check stops that music.
    """
    leg_ids = turn.world.bridge_members.in_bridge(leg.bridge or "")
    party_legs = [turn.world.legs[leg_id] for leg_id in leg_ids if leg_id != leg.id]
    if len(party_legs) < 2:
        return
    for party_leg in party_legs:
        if party_leg.music is HoldMusic.NONE and party_leg.phase is Phase.UP:
            turn.put(replace(party_leg, music=HoldMusic.UNKNOWN))


def doubt_music(turn: Turn, bridge: str, joined_leg_id: str = "") -> None:
    """Let the music in a bridge be requested again after a party or a recorder has joined or left it.

    Asterisk then mixes the bridge differently, and sometimes the music ends with the former mixing, without an event.
    The leg `joined_leg_id` has just joined, and has no music yet.
    """
    for leg_id in turn.world.bridge_members.in_bridge(bridge):
        leg = turn.world.legs[leg_id]
        if leg_id != joined_leg_id and leg.music is HoldMusic.PLAYS:
            turn.put(replace(leg, music=HoldMusic.UNKNOWN))
            turn.touch(to_mixing_call_id(bridge))


def _is_music_needed(call: Call, leg: Leg, legs: list[Leg]) -> bool:
    """Return whether other parties are in the bridge, all of them hold, and no other audio plays."""
    if not _can_be_heard(call, leg) or leg.target_bridge is not None or leg.hangup_requested or call.audio.playing:
        return False
    if call.recording.notice_playing:
        return False
    party_legs = [party_leg for party_leg in legs if party_leg is not leg and _can_be_heard(call, party_leg)]
    return bool(party_legs) and all(party_leg.held for party_leg in party_legs)


def _can_be_heard(call: Call, leg: Leg) -> bool:
    """Return whether the leg is in the bridge and can be heard there; a ringing leg cannot."""
    has_early_media = leg.phase is Phase.PROGRESS or (leg.role is Role.CUSTOMER and not leg.originated)
    return leg.bridge == call.mixing_bridge_id and (leg.phase is Phase.UP or has_early_media)
