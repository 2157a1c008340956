"""After a restart or a lost connection: every difference has been told, now ask again for what is missing."""

from dataclasses import replace

from warmline.core import agent, login
from warmline.core.actions import Hangup, MeasureRecording, StopTone
from warmline.core.call.arrival import wait
from warmline.core.call.states import State
from warmline.core.floor import Floor
from warmline.core.leg import Leg, Phase, Role
from warmline.core.recording import Recording
from warmline.core.world import Entity, Turn, World


def restore(entities: list[Entity]) -> World:
    """The world as it was last recorded. The floor and the alarms follow from the records."""
    world = World()
    for entity in entities:
        world.keep(entity)
    return world


def reconciled(turn: Turn) -> None:
    """Forget what was asked and not proved; the next look at each call and session asks for it again."""
    turn.world.floor = Floor()
    for leg in list(turn.world.legs.values()):
        _leg(turn, leg)
    for recording in list(turn.world.recordings.values()):
        _recording(turn, recording)
    for call in list(turn.world.calls.values()):
        if call.tone:
            turn.do(call.id, StopTone(call.tone))
            call = replace(call, tone=None)
        call = turn.put(replace(call, music=False, messaging=False))
        if call.state is State.WAITING or (call.state is State.DIALING and call.asked_group and not call.closer):
            wait(turn, call)
        for at in (call.alarm_at, call.record_at):
            if at is not None:
                turn.wake(at, call.id)
    for session in list(turn.world.sessions.values()):
        agent.offer(turn, session)


def _leg(turn: Turn, leg: Leg) -> None:
    asked = leg.dial_asked and leg.phase >= Phase.DIALED
    leg = turn.put(replace(leg, going=None, tries=0, wait_until=0, hanging=False, dial_asked=asked))
    if leg.role in (Role.WHISPER, Role.REFUSED):
        turn.put(replace(leg, hanging=True))
        turn.do(leg.owner, Hangup(leg.id))
    elif leg.role is Role.AGENT and leg.at is None:
        turn.put(replace(leg, silent=False))
        if leg.prompt:
            login.prompt_ended(turn, turn.world.legs[leg.id])
        else:
            agent.take_seat(turn, turn.world.legs[leg.id])


def _recording(turn: Turn, recording: Recording) -> None:
    if recording.ended is not None:
        turn.do(recording.call, MeasureRecording(recording.id))
    elif recording.stopping:
        turn.put(replace(recording, stopping=False))
