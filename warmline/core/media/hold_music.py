"""Music for whoever is in a room where everybody else holds the line.

Asterisk passes a phone's hold on to the other one by itself in a room of two that is not mixed, and not in any other: a
recorder, a tone or a third is enough to keep it back, and to keep the end of music back that has begun. So music is
asked for in every room, and its end too: it is one and the same music, whoever began it.
"""

from warmline.core.model.actions import PlayHoldMusic, StopHoldMusic
from warmline.core.model.call import Call
from warmline.core.model.leg import HoldMusic, Leg, Phase, Role
from warmline.core.model.replace import replace
from warmline.core.state.world import Turn

MAY_PLAY = (HoldMusic.PLAYS, HoldMusic.UNKNOWN)


def follow(turn: Turn, call: Call) -> None:
    """Begin and end the music of each who is in the room, as those who hold their lines want it."""
    names = turn.world.bridge_members.in_bridge(call.room_id)
    for name in names:  # nearly always nobody, in whichever room: no list is made
        leg = turn.world.legs[name]
        if leg.held or leg.music:
            break
    else:
        return
    legs = [turn.world.legs[name] for name in names]
    for leg in legs:
        if leg.wait_until > turn.now:
            continue  # what went wrong is asked again then
        if not _wanted(call, leg, legs):
            end(turn, call.id, leg)
        elif leg.music is not HoldMusic.PLAYS:
            turn.put(replace(leg, music=HoldMusic.PLAYS))
            turn.do(call.id, PlayHoldMusic(leg.id, turn.world.rules.ingroup(call.ingroup).moh_context))


def end(turn: Turn, lane: str, leg: Leg) -> Leg:
    """End the music that this leg hears, if it may hear some."""
    if leg.music not in MAY_PLAY:
        return leg
    turn.do(lane, StopHoldMusic(leg.id))
    return turn.put(replace(leg, music=HoldMusic.ENDING))


def ended(turn: Turn, leg_id: str) -> None:
    """Asterisk has ended a leg's music, unless it has been asked for again."""
    leg = turn.world.legs.get(leg_id)
    if leg and leg.music is HoldMusic.ENDING:
        turn.put(replace(leg, music=HoldMusic.NONE))


def held(turn: Turn, leg: Leg) -> None:
    """A phone holds its line in a room of several: what Asterisk may have passed on, before one of them came, ends."""
    names = turn.world.bridge_members.in_bridge(leg.bridge or "")
    others = [turn.world.legs[name] for name in names if name != leg.id]
    for other in others if len(others) > 1 else ():
        if other.music is HoldMusic.NONE and other.phase is Phase.UP:
            turn.put(replace(other, music=HoldMusic.UNKNOWN))


def _wanted(call: Call, leg: Leg, legs: list[Leg]) -> bool:
    """Whether there is somebody else in the room, everybody there holds, and nothing else is to be heard."""
    if not _is_there(call, leg) or leg.target_bridge is not None or leg.hangup_requested or call.audio.playing:
        return False
    others = [other for other in legs if other is not leg and _is_there(call, other)]
    return bool(others) and all(other.held for other in others)


def _is_there(call: Call, leg: Leg) -> bool:
    """Whether it is in the room, and can be heard there: who only rings says nothing."""
    early = leg.phase is Phase.PROGRESS or (leg.role is Role.CUSTOMER and not leg.originated)
    return leg.bridge == call.room_id and (leg.phase is Phase.UP or early)
