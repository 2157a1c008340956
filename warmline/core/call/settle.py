"""Bring the legs, the recording and the ring tone of a call to where its state wants them.

What is asked follows from the difference between the layout and what Asterisk last said, so the same few lines
serve every transition, a lost answer, and a restart in the middle.
"""

from dataclasses import replace

from warmline.core.actions import (
    CloseBridge,
    Deafen,
    Dial,
    Hangup,
    Join,
    OpenRoom,
    OpenSpot,
    PlayTone,
    Silence,
    StopTone,
    TakeOut,
)
from warmline.core.call import tape
from warmline.core.call.call import Call
from warmline.core.call.happen import let_agent_go, third_phase
from warmline.core.call.obey import bridge_of
from warmline.core.call.states import LAYOUT, Layout, Place, State
from warmline.core.leg import Leg, Phase
from warmline.core.rules import Ingroup
from warmline.core.world import Turn

RING_TONE = "tone:425/1000,0/4000"


def settle(turn: Turn, call: Call) -> Call:
    """Ask for everything that is not yet as the call's state, or the one it is on its way to, wants it."""
    want = LAYOUT[call.target or call.state]
    call = tape.stop(turn, call)
    call = _stop_tone(turn, call)
    _clear(turn, call, want)
    call = _gather(turn, call, want)
    _dial(turn, call)
    call = tape.start(turn, call)
    call = _start_tone(turn, call)
    if LAYOUT[call.state].agent is None:
        call = let_agent_go(turn, call)
    return _close(turn, call)


def _agent_leg(turn: Turn, call: Call) -> Leg | None:
    session = turn.world.sessions.get(call.agent or "")
    return turn.world.legs.get(session.leg or "") if session else None


def _clear(turn: Turn, call: Call, want: Layout) -> None:
    leg = _agent_leg(turn, call)
    if want.agent is None and leg and (leg.at if leg.going is None else leg.going) == call.room_id:
        turn.put(replace(leg, going=""))
        turn.do(call.id, TakeOut(leg.id, call.room_id))
    for leg_id, place in ((call.third, want.third), (call.customer, want.customer)):
        leg = turn.world.legs.get(leg_id or "")
        if place is None and leg and not leg.hanging:
            turn.put(replace(leg, hanging=True))
            turn.do(call.id, Hangup(leg.id))


def _gather(turn: Turn, call: Call, want: Layout) -> Call:
    agent_leg = _agent_leg(turn, call)
    for leg, place in (
        (turn.world.legs.get(call.customer or ""), want.customer),
        (agent_leg, want.agent),
        (turn.world.legs.get(call.third or ""), want.third),
    ):
        if leg and place and not leg.hanging and leg.phase >= Phase.ARRIVED and leg.wait_until <= turn.now:
            bridge = bridge_of(call, place)
            if (leg.at if leg.going is None else leg.going) != bridge:
                call = _open(turn, call, place)
                _join(turn, call, leg, bridge)
    return call


def _open(turn: Turn, call: Call, place: Place) -> Call:
    """Make the bridge. A spot is asked for at each join: its music ends when its last leg leaves."""
    if place is Place.SPOT:
        rules = turn.world.rules.ingroups.get(call.ingroup) or Ingroup(id=call.ingroup)
        turn.do(call.id, OpenSpot(call.spot_id, rules.moh_context))
        return turn.put(replace(call, spot=True))
    if call.room:
        return call
    turn.do(call.id, OpenRoom(call.room_id))
    return turn.put(replace(call, room=True))


def _join(turn: Turn, call: Call, leg: Leg, bridge: str) -> None:
    if leg.silent:
        turn.do(call.id, Silence(leg.id, on=False))
    deaf = leg.id == call.third and leg.phase < Phase.UP
    if deaf and not leg.deaf:
        turn.do(call.id, Deafen(leg.id, on=True))
    turn.put(replace(leg, going=bridge, silent=False, deaf=leg.deaf or deaf))
    turn.do(call.id, Join(leg.id, bridge))


def _dial(turn: Turn, call: Call) -> None:
    leg = turn.world.legs.get(call.third or "")
    if leg is None or leg.hanging:
        return
    if leg.phase is Phase.ARRIVED and not leg.dial_asked and call.room_id in (leg.at, leg.going):
        session = turn.world.sessions[call.agent or call.last_agent]
        turn.put(replace(leg, dial_asked=True))
        turn.do(call.id, Dial(leg.id, turn.world.rules.campaign(session.campaign).dial_timeout))
    if leg.phase is Phase.UP and leg.deaf:
        turn.put(replace(leg, deaf=False))
        turn.do(call.id, Deafen(leg.id, on=False))


def _wants_tone(turn: Turn, call: Call) -> bool:
    return State.DIALING in (call.state, call.target) and third_phase(turn, call) is Phase.RINGING


def _stop_tone(turn: Turn, call: Call) -> Call:
    if call.tone and not _wants_tone(turn, call):
        turn.do(call.id, StopTone(call.tone))
        return turn.put(replace(call, tone=None))
    return call


def _start_tone(turn: Turn, call: Call) -> Call:
    if _wants_tone(turn, call) and not call.tone:
        call = turn.put(replace(call, tone=turn.new_id()))
        turn.do(call.id, PlayTone(call.tone or "", call.room_id, RING_TONE))
    return call


def _close(turn: Turn, call: Call) -> Call:
    """Once nobody is left and nothing is recorded: the bridges go, and the call with them."""
    room_in_use = any(leg.at == call.room_id or leg.going == call.room_id for leg in _own_legs(turn, call))
    if call.state is not State.ENDED or call.customer or call.third or call.recording or room_in_use:
        return call
    bridges = [bridge for bridge, made in ((call.room_id, call.room), (call.spot_id, call.spot)) if made]
    turn.do(call.id, *(CloseBridge(bridge) for bridge in bridges))
    return turn.close(replace(call, ended=turn.now))


def _own_legs(turn: Turn, call: Call) -> list[Leg]:
    session = turn.world.sessions.get(call.last_agent)
    leg = turn.world.legs.get(session.leg or "") if session else None
    return [leg] if leg else []
