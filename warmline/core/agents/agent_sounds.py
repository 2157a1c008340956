"""The sounds that only an agent hears: beeps, alerts and answers to keys."""

from warmline.core.agents import agent_states
from warmline.core.messages.audio_messages import PlayBridgeAudio
from warmline.core.messages.leg_messages import CreateWhisperLeg
from warmline.core.model.leg import Leg, Role
from warmline.core.replace import replace
from warmline.core.rules.sentinels import NO_FILE
from warmline.core.world.turn import Turn

BEEP_SOUND = "sound:beep"  # a command by keys was accepted
# Something happened to the call: the customer or the third party hung up, or the customer is parked for long. A command
# by keys was refused.
ALERT_SOUND = "sound:beeperr"


def play_announcement(turn: Turn, user: str, ingroup: str) -> None:
    """Play the in-group's announcement of a connected call to the agent alone."""
    files = turn.world.rules.ingroup(ingroup).agent_alert_exten
    if files != NO_FILE:
        play_whisper(turn, user, f"sound:{files}")


def play_whisper(turn: Turn, user: str, media: str) -> None:
    """Play a sound that only the agent hears, in addition to the call.

    A whisper is mixed into the audio that Asterisk sends to the agent. A leg alone in a bridge gets no audio, so the
    bridge plays the sound instead.
    """
    session, leg = turn.world.sessions.get(user), agent_states.find_agent_leg(turn, user)
    if session is None or leg is None:
        return
    if leg.bridge and _is_alone(turn, leg):
        turn.do(session.call or user, PlayBridgeAudio(turn.new_id(), leg.bridge, media, server=leg.server))
        return
    whisper = Leg(id=turn.new_id(), role=Role.WHISPER, owner=user, server=leg.server, created=turn.now)
    whisper = turn.put(replace(whisper, originated=True, media=media))
    turn.do(user, CreateWhisperLeg(whisper.id, to=leg.id))


def _is_alone(turn: Turn, leg: Leg) -> bool:
    """Return whether no other party in the bridge speaks or hears; a called party does not before the answer."""
    members = map(turn.world.legs.__getitem__, turn.world.bridge_members.in_bridge(leg.bridge or ""))
    return all(member.id == leg.id or member.hangup_requested or member.outbound_muted for member in members)
