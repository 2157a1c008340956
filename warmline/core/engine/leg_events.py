"""What Asterisk says of a leg: it came, it rings, it is in a bridge, it is gone."""

from warmline.core.agents import agent, agent_mute, login, phone, supervision
from warmline.core.calls import arrival, leg_loss, phone_replacement, prompt_events, queue_exit, sip_redirect
from warmline.core.calls.leg_placement import call_with
from warmline.core.media import hold_music
from warmline.core.model.actions import AddToBridge, HangUpLeg, Play
from warmline.core.model.events import LegArrived
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.replace import replace
from warmline.core.state.timers import TimerKind
from warmline.core.state.world import Turn

SUPERVISION = (Role.SUPERVISOR, Role.EAR)
GRACE = 2_000_000  # microseconds a leg that left by itself has to go before it is brought back


def arrived(turn: Turn, event: LegArrived) -> None:
    """A leg is in Stasis: one that we made, a phone that logs in, or a customer."""
    leg = turn.world.legs.get(event.leg)
    kind = event.args[0] if event.args else ""
    if leg is not None:
        _made_leg_arrived(turn, leg)
    elif kind == "login":
        if not phone_replacement.begins(turn, event):
            login.log_in(turn, event)
    elif kind in ("made", "whisper"):
        turn.note(f"leg {event.leg} was made for something that is over")
        turn.do(event.leg, HangUpLeg(event.leg, server=event.server))
    elif call := arrival.arrive(turn, event):
        queue_exit.enter(turn, call, call.ingroup, call.direct)


def _made_leg_arrived(turn: Turn, leg: Leg) -> None:
    if leg.phase is not Phase.ASKED:
        return
    leg = turn.put(replace(leg, phase=Phase.ARRIVED))
    if leg.role is Role.WHISPER:
        turn.do(leg.owner, Play(leg.id, leg.media))
    elif leg.role in SUPERVISION:
        supervision.arrived(turn, leg)
    elif leg.role is Role.AGENT:
        phone.dial(turn, leg)
    turn.touch(leg.owner)


def reaches(turn: Turn, leg_id: str, phase: Phase) -> None:
    """A leg has come this far; further than before, or nothing changes."""
    leg = turn.world.legs.get(leg_id)
    if leg is None or leg.phase >= phase:
        return
    answered = turn.now if phase is Phase.UP else leg.answered
    leg = turn.put(replace(leg, phase=phase, answered=answered))
    if phase is Phase.UP and leg.originated:
        if leg.role is Role.SUPERVISOR:
            supervision.answered(turn, leg)
        leg_loss.answered(turn, leg)
    elif phase is Phase.UP and leg.role is Role.RETURNING:
        phone_replacement.go_on(turn, leg)
    elif phase is Phase.UP and leg.role is Role.AGENT:
        agent.to_idle(turn, leg)  # unless its login's prompt still plays
    turn.touch(leg.owner)
    if call := leg_loss.call_of(turn, leg):
        turn.touch(call.id)


def played(turn: Turn, leg_id: str, play: str, *, ok: bool) -> None:
    """A prompt came to its end, or could not be played: a login's, a whisper, or one to a caller."""
    leg = turn.world.legs.get(leg_id)
    if leg is None:
        return
    if leg.role is Role.CUSTOMER:
        if call := leg_loss.call_of(turn, leg):
            prompt_events.prompt_finished(turn, call, play, ok=ok)
    elif leg.prompt or leg.role is not Role.AGENT:
        login.prompt_ended(turn, leg)


def joined(turn: Turn, leg_id: str, bridge: str) -> None:
    """A leg is in a bridge; or in a call's bridge is somebody of whom nobody there knows."""
    leg = turn.world.legs.get(leg_id)
    if leg is None:
        _unasked(turn, leg_id, bridge)
    else:
        there = leg.target_bridge == bridge
        unasked = not there and leg.bridge != bridge
        wait = 0 if call_with(turn, bridge) else leg.wait_until  # he has not left: he was on his way here
        going, tries = (None, 0) if there else (leg.target_bridge, leg.tries)
        turn.put(replace(leg, bridge=bridge, target_bridge=going, rejoining=False, tries=tries, wait_until=wait))
        if unasked:
            _out_and_in_again(turn, bridge)
        _look_at_call(turn, leg, bridge)


def _unasked(turn: Turn, channel: str, bridge: str) -> None:
    """Another program brought a channel in: it is hung up, and the call's journal says so."""
    if call := call_with(turn, bridge):
        turn.note(f"channel {channel} came into {bridge} unasked: it is hung up")
        turn.put(call)
        turn.do(channel, HangUpLeg(channel, server=call.server))


def _out_and_in_again(turn: Turn, bridge: str) -> None:
    """A join that was given up, and asked for again, has come after all: a spot's music has ended meanwhile."""
    if (call := call_with(turn, bridge)) and bridge != call.room_id:
        turn.put(call.in_doubt(bridge))


def left(turn: Turn, leg_id: str, bridge: str) -> None:
    """A leg is out of a bridge: on its way to another, back to its seat, or about to be gone."""
    leg = turn.world.legs.get(leg_id)
    if leg is None or leg.bridge not in (bridge, None):
        return
    by_itself = leg.target_bridge is None and leg.bridge is not None
    to_a_bridge = leg.target_bridge if leg.rejoining and leg.bridge is not None else leg.target_bridge or None
    # An end of silence that nobody answered may have come through: in his seat it is begun anew.
    leg = replace(
        leg, bridge=None, target_bridge=to_a_bridge, silence_playing=leg.silence_playing and to_a_bridge is not None
    )
    if by_itself:
        leg = replace(leg, wait_until=turn.now + GRACE)
        turn.wake(leg.wait_until, TimerKind.LEG, leg.id)
    turn.put(leg)
    if leg.server not in turn.world.holding:
        leg = hold_music.end(turn, leg.owner, leg)
        if leg.role is Role.AGENT:  # it may have gone on to another bridge
            agent.to_idle(turn, leg)
    _look_at_call(turn, leg, bridge)


def _look_at_call(turn: Turn, leg: Leg, bridge: str | None) -> None:
    """The leg's call may go on now, and so may the one whose room it was in: an agent has been let go before that."""
    if call := leg_loss.call_of(turn, leg):
        turn.touch(call.id)
    turn.touch((bridge or "").removeprefix("room-"))


def held(turn: Turn, leg_id: str, *, on: bool) -> None:
    """A phone put its line on hold, or took it back: see hold_music.py. An agent who holds the seat gets no call."""
    leg = turn.world.legs.get(leg_id)
    if leg is None or leg.held is on:
        return
    leg = turn.put(replace(leg, held=on))
    if on:
        hold_music.held(turn, leg)
    if session := agent.by_leg(turn, leg):
        agent.update_availability(turn, session)
        if on and session.call is None:
            turn.note(f"agent {session.agent} has put his seat on hold: he gets no call until he takes his line back")
    _look_at_call(turn, leg, None)


def hears_nothing(turn: Turn, leg_id: str, bridge: str) -> None:
    """It hears nobody in its room: it comes in anew, and Asterisk begins anew with what it sends it."""
    leg, call = turn.world.legs.get(leg_id), call_with(turn, bridge)
    if leg is None or call is None or not leg.bridge == bridge == call.room_id:
        return
    if leg.target_bridge is not None or leg.hangup_requested or leg.held or leg.music:
        return
    if leg.server in turn.world.holding:
        return
    turn.note(f"leg {leg_id} was sent nothing in {bridge}: it comes in anew")
    turn.put(call)  # it is in the call's story, also where the leg is an agent's
    turn.put(replace(leg, target_bridge=bridge, rejoining=True))
    turn.do(call.id, AddToBridge(leg_id, bridge))


def ended(turn: Turn, leg_id: str) -> None:
    """A leg left Stasis. An arriving one is gone for us; one that we made still tells its cause."""
    leg = turn.world.legs.get(leg_id)
    if leg and not leg.originated:
        gone(turn, leg_id, 0)


def gone(turn: Turn, leg_id: str, cause: int) -> None:
    """A leg is gone for good."""
    leg = turn.world.legs.get(leg_id)
    if leg is None or sip_redirect.waits(turn, leg, cause):
        return
    call = leg_loss.call_of(turn, leg)
    turn.close(replace(leg, phase=Phase.GONE, bridge=None, target_bridge=None, ended=turn.now, cause=cause))
    agent_mute.gone(turn, leg)
    if leg.role in SUPERVISION:
        supervision.gone(turn, leg, cause)
    elif leg.role is Role.WHISPER:
        supervision.listen_anew(turn, agent.leg_of(turn, leg.owner))
    leg_loss.leg_gone(turn, leg, call, cause)
    _look_at_call(turn, leg, leg.bridge)
