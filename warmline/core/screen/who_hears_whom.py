"""The parties that hear each other, from the places of their legs, their microphones and their music."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.agents import supervision
from warmline.core.model.call import Call
from warmline.core.model.leg import HoldMusic, Leg, Phase
from warmline.core.model.session import Session
from warmline.core.world.world import World


class AudibleParty(StrEnum):
    """A party as an agent sees it. For an agent who was called in, the third party is the call's own agent."""

    AGENT = "agent"
    CUSTOMER = "customer"
    THIRD = "third"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class PartyHears:
    """A party with its number or name; the parties that it hears, and whether it hears music.

    `dialplan`: the place in the dialplan, an IVR or a bot, that a parked customer is connected with.
    """

    party: AudibleParty
    name: str
    hears: tuple[AudibleParty, ...]
    music: bool
    dialplan: str


def who_hears_whom(world: World, session: Session) -> list[PartyHears]:
    """Return each party of the agent's call and each supervisor, the agent first."""
    call = world.calls.get(session.call or "")
    legs = _legs(world, session, call)
    return [
        PartyHears(
            party,
            _name(world, leg),
            tuple(dict.fromkeys(other for other, speaker in legs if _hears(world, call, leg, speaker))),
            _hears_music(call, leg),
            _dialplan(world, call, leg),
        )
        for party, leg in legs
    ]


def _legs(world: World, session: Session, call: Call | None) -> list[tuple[AudibleParty, Leg]]:
    """Return the legs of the agent, the call's other parties, and the supervisors."""
    own = world.legs.get(session.leg or "")
    heard_by = own.supervision.heard_by if own else ()
    owner = world.sessions.get(call.agent or "") if call else None
    third = owner.leg if owner and owner.agent != session.agent else call.third if call else None
    ids = [
        (AudibleParty.AGENT, session.leg),
        (AudibleParty.CUSTOMER, call.customer if call else None),
        (AudibleParty.THIRD, third),
        *((AudibleParty.SUPERVISOR, one) for one in heard_by),
    ]
    return [(party, world.legs[leg]) for party, leg in ids if leg and leg in world.legs]


def _name(world: World, leg: Leg) -> str:
    known = world.rules.agents.get(leg.owner)
    if known and leg.media not in supervision.KIND_BY_WHISPERS:
        return known.full_name or known.id
    return leg.number.partition(":")[2] if leg.page else leg.number


def _hears(world: World, call: Call | None, listener: Leg, speaker: Leg) -> bool:
    """Return whether one leg hears another, in the bridge of the call or through a supervisor's snoop channel."""
    if listener.id == speaker.id:
        return False
    if heard := _supervised(world, listener):
        return speaker.id == heard.id or _in_room(call, heard, speaker)
    if heard := _supervised(world, speaker):
        whispers = speaker.media != "none" and listener.id == heard.id
        return whispers or (speaker.media == "both" and _in_room(call, listener, heard))
    return _in_room(call, listener, speaker)


def _supervised(world: World, leg: Leg) -> Leg | None:
    """Return the agent's leg if this is a supervisor's, connected with its snoop channel; otherwise None."""
    ear = world.legs.get(leg.supervision.peer_leg)
    session = world.sessions.get(leg.owner)
    heard = world.legs.get(session.leg or "") if session else None
    if ear is None or heard is None or leg.id not in heard.supervision.heard_by:
        return None
    return heard if leg.phase is Phase.UP and ear.bridge is not None and ear.bridge == leg.bridge else None


def _in_room(call: Call | None, listener: Leg, speaker: Leg) -> bool:
    together = call is not None and listener.bridge == speaker.bridge == call.room_id
    deaf = listener.held or listener.outbound_muted or listener.silence_playing or listener.music is HoldMusic.PLAYS
    return together and _is_audible(speaker) and not deaf


def _is_audible(leg: Leg) -> bool:
    """Return whether the party can be heard: connected, or with early media, and neither muted nor on hold."""
    muted = leg.mute.muting if leg.mute.muted is None else leg.mute.muted
    return leg.phase in (Phase.PROGRESS, Phase.UP) and not muted and not leg.held


def _dialplan(world: World, call: Call | None, leg: Leg) -> str:
    ivr = world.legs.get((call.ivr if call else None) or "")
    return ivr.number if call and ivr and leg.bridge == call.ivr_id else ""


def _hears_music(call: Call | None, leg: Leg) -> bool:
    if call is None or leg.held or leg.outbound_muted or leg.bridge is None:
        return False
    waits = leg.bridge in (call.spot_id, call.third_spot_id)
    return waits or leg.music is HoldMusic.PLAYS or (call.audio.music and leg.bridge == call.room_id)
