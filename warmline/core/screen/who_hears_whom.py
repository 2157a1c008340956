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
class HearingParty:
    """A party with its number or name; the parties that it hears, and whether it hears music.

    `dialplan`: the place in the dialplan, an IVR or a bot, that a parked customer is connected with.
    """

    party: AudibleParty
    name: str
    hears: tuple[AudibleParty, ...]
    music: bool
    dialplan: str


def list_hearing_parties(world: World, session: Session) -> list[HearingParty]:
    """Return each party of the agent's call and each supervisor, the agent first."""
    call = world.calls.get(session.call or "")
    legs = _list_legs(world, session, call)
    parties = []
    for party, leg in legs:
        audible_parties = [
            audible_party for audible_party, speaker in legs if _can_hear(world, call, leg, speaker=speaker)
        ]
        parties.append(
            HearingParty(
                party=party,
                name=get_name(world, leg),
                hears=tuple(dict.fromkeys(audible_parties)),
                music=_hears_music(call, leg),
                dialplan=_get_dialplan(world, call, leg),
            )
        )
    return parties


def _list_legs(world: World, session: Session, call: Call | None) -> list[tuple[AudibleParty, Leg]]:
    """Return the legs of the agent, the call's other parties, and the supervisors."""
    agent_leg = world.legs.get(session.leg or "")
    heard_by = agent_leg.supervision.heard_by if agent_leg else ()
    third_leg = find_third_leg(world, session, call) if call else None
    ids = [
        (AudibleParty.AGENT, session.leg),
        (AudibleParty.CUSTOMER, call.customer if call else None),
        (AudibleParty.THIRD, third_leg),
        *((AudibleParty.SUPERVISOR, supervisor_leg) for supervisor_leg in heard_by),
    ]
    return [(party, world.legs[leg]) for party, leg in ids if leg and leg in world.legs]


def find_third_leg(world: World, session: Session, call: Call) -> str | None:
    """Return the leg of the third party, which is the call's own agent for one who was called in."""
    owner = world.sessions.get(call.agent or "")
    return owner.leg if owner and owner.agent != session.agent else call.third


def get_name(world: World, leg: Leg) -> str:
    """Return the name of a leg's agent, or else its number."""
    agent = world.rules.agents.get(leg.owner)
    if agent and leg.media not in supervision.KIND_BY_WHISPERS:
        return agent.full_name or agent.id
    return leg.number.partition(":")[2] if leg.page else leg.number


def _can_hear(world: World, call: Call | None, listener: Leg, speaker: Leg) -> bool:
    """Return whether one leg hears another, in the bridge of the call or through a supervisor's snoop channel."""
    if listener.id == speaker.id:
        return False
    if agent_leg := _find_supervised_leg(world, listener):
        return speaker.id == agent_leg.id or _can_hear_in_bridge(call, agent_leg, speaker)
    if agent_leg := _find_supervised_leg(world, speaker):
        whispers = speaker.media != "none" and listener.id == agent_leg.id
        return whispers or (speaker.media == "both" and _can_hear_in_bridge(call, listener, agent_leg))
    return _can_hear_in_bridge(call, listener, speaker)


def _find_supervised_leg(world: World, leg: Leg) -> Leg | None:
    """Return the agent's leg if this is a supervisor's, connected with its snoop channel; otherwise None."""
    snoop_leg = world.legs.get(leg.supervision.peer_leg)
    session = world.sessions.get(leg.owner)
    agent_leg = world.legs.get(session.leg or "") if session else None
    if snoop_leg is None or agent_leg is None or leg.id not in agent_leg.supervision.heard_by:
        return None
    return (
        agent_leg if leg.phase is Phase.UP and snoop_leg.bridge is not None and snoop_leg.bridge == leg.bridge else None
    )


def _can_hear_in_bridge(call: Call | None, listener: Leg, speaker: Leg) -> bool:
    share_bridge = call is not None and listener.bridge == speaker.bridge == call.mixing_bridge_id
    is_deaf = listener.held or listener.outbound_muted or listener.silence_playing or listener.music is HoldMusic.PLAYS
    return share_bridge and _is_audible(speaker) and not is_deaf


def _is_audible(leg: Leg) -> bool:
    """Return whether the party can be heard: connected, or with early media, and neither muted nor on hold."""
    muted = leg.mute.muting if leg.mute.muted is None else leg.mute.muted
    return leg.phase in (Phase.PROGRESS, Phase.UP) and not muted and not leg.held


def _get_dialplan(world: World, call: Call | None, leg: Leg) -> str:
    ivr = world.legs.get((call.ivr if call else None) or "")
    return ivr.number if call and ivr and leg.bridge == call.ivr_bridge_id else ""


def _hears_music(call: Call | None, leg: Leg) -> bool:
    if call is None or leg.held or leg.outbound_muted or leg.bridge is None:
        return False
    is_in_holding_bridge = leg.bridge in (call.holding_bridge_id, call.third_holding_bridge_id)
    return (
        is_in_holding_bridge
        or leg.music is HoldMusic.PLAYS
        or (call.audio.music and leg.bridge == call.mixing_bridge_id)
    )
