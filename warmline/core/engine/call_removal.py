"""The removal of a call that has failed twice. Its caller goes to the fallback."""

from warmline.core.agents import agent_states
from warmline.core.calls.cut_off import cut_off
from warmline.core.calls.lead import lead_outcome
from warmline.core.media import hold_music, recording_control
from warmline.core.messages.bridge_messages import DestroyBridge, RemoveFromBridge
from warmline.core.messages.commands import Reply
from warmline.core.messages.leg_messages import ContinueInFallback, HangUpLeg
from warmline.core.messages.recording_messages import StopRecording
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg, Role
from warmline.core.model.queue_wait import CUT
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import AgentInterval, Session
from warmline.core.model.transition_tables import Trigger
from warmline.core.replace import replace
from warmline.core.world.transition_guards import get_next_state
from warmline.core.world.turn import Turn

ENDED_BY_ERROR = "error"  # the call's `ended_by`
ERROR_CODE = "ERROR"  # the pause code of an agent whose call was removed


def send_to_fallback(turn: Turn, call: Call, reason: str) -> None:
    """Send a call's customer to the fallback and close the call. Its agents go to DISPO."""
    for file in list(turn.world.recordings.values()):
        if file.call == call.id and file.ended is None and not file.stopping:
            recording_control.end_recording(turn, file)
    _send_away(turn, call, reason)
    for leg in _agents_in(turn, call):
        turn.put(replace(hold_music.end_music(turn, call.id, leg), target_bridge=""))
        turn.do(call.id, RemoveFromBridge(leg.id, leg.bridge or leg.target_bridge or ""))
    turn.world.release_calls([call.id])
    call = turn.put(call.with_queueing(why=(*call.queueing.why, f"fallback: {reason}")))
    bridges = [bridge for bridge, asked in call.bridges.items() if asked or bridge in call.asked_bridges.doubtful]
    cut_off(turn, call, ENDED_BY_ERROR, reason)
    turn.do(call.id, *map(DestroyBridge, bridges))


def _send_away(turn: Turn, call: Call, reason: str) -> None:
    """Send the caller to the fallback, and hang up the other legs: dialled parties and the dialplan's leg."""
    for leg in filter(None, map(turn.world.legs.get, (call.customer or "", call.third or "", call.ivr or ""))):
        if leg.role is Role.AGENT or (leg.hangup_requested and not leg.fallback):
            continue
        if leg.originated:
            turn.put(replace(leg, hangup_requested=True))
            turn.do(call.id, HangUpLeg(leg.id))
        else:
            away = ContinueInFallback(leg.id, reason, next=None)
            turn.put(replace(leg, role=Role.REFUSED, fallback=away, hangup_requested=True))
            turn.do(call.id, away)


def _agents_in(turn: Turn, call: Call) -> list[Leg]:
    """Return the agents' phones in the call's bridges or on their way there."""
    legs = {leg: None for bridge in call.bridges for leg in turn.world.bridge_members.in_bridge(bridge)}
    found = filter(None, map(turn.world.legs.get, legs))
    return [leg for leg in found if leg.role is Role.AGENT and not leg.hangup_requested]


def remove_call(turn: Turn, call: Call, reason: str) -> None:
    """Do the same if the rules of calls and agents fail too. Each record is closed directly, and no rule is applied.

    The agents are paused with the pause code ERROR.
    """
    turn.world.matcher.forget_call(call.id)
    turn.world.release_calls([call.id])
    _send_away(turn, call, reason)
    for session in [one for one in turn.world.sessions.values() if one.call == call.id]:
        _pause(turn, call, session)
    for receipt in [one for one in turn.world.receipts.values() if one.call == call.id]:
        _close_receipt(turn, receipt, reason)
    if wait := turn.world.waits.get(call.queueing.wait or ""):
        turn.close(replace(wait, ended=turn.now, outcome=CUT))
    for file in [one for one in turn.world.recordings.values() if one.call == call.id and one.ended is None]:
        turn.put(replace(file, stopping=True))
        turn.do(call.id, StopRecording(file.id))
    why = (*call.queueing.why, f"fallback: {reason}")
    state = get_next_state(turn, call, Trigger.CUT_OFF) or call.state
    call = lead_outcome.set_cut_off_status(call, turn.now) if call.automatic else call
    closed = replace(
        call.with_outcome(ended_by=ENDED_BY_ERROR).with_queueing(why=why), state=state, since=turn.now, ended=turn.now
    )
    closed = replace(
        closed.with_consultation(closer=None).with_queueing(rung=()).with_commands(queue=()),
        customer=None,
        third=None,
        ivr=None,
        agent=None,
    )
    turn.do(call.id, *(DestroyBridge(bridge) for bridge, asked in call.bridges.items() if asked))
    turn.close(closed.with_commands(target=None, pending=None, dialling=None).with_queueing(wait=None))


def _pause(turn: Turn, call: Call, session: Session) -> None:
    turn.world.matcher.forget_agent(session.agent)
    leg = agent_states.find_agent_leg(turn, session.agent)
    there = (leg.bridge or leg.target_bridge) if leg else None
    if leg and session.on_hook:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(session.agent, HangUpLeg(leg.id))
    elif leg and there in call.bridges:
        turn.put(replace(leg, target_bridge=""))
        turn.do(call.id, RemoveFromBridge(leg.id, there))
    if running := turn.world.intervals.get(session.interval):
        turn.close(replace(running, ended=turn.now))
    interval = AgentInterval(
        id=turn.new_id(),
        session=session.id,
        agent=session.agent,
        state=AgentState.PAUSED,
        pause_code=ERROR_CODE,
        call="",
        started=turn.now,
    )
    turn.put(interval)
    session = replace(session, state=AgentState.PAUSED, pause_code=ERROR_CODE, since=turn.now, interval=interval.id)
    last = replace(session.last, call=call.id, lead=call.lead)
    turn.put(replace(session, call=None, muted=False, hold=False, last=last))


def _close_receipt(turn: Turn, receipt: Receipt, reason: str) -> None:
    if not receipt.told:
        replies = [Reply(asked, reason) for asked in (receipt.id, *receipt.followers)]
        turn.do(receipt.call, *replies)
    unknown = receipt.step(Outcome.UNKNOWN.value, turn.now)
    turn.close(replace(unknown, told=True, ended=turn.now, outcome=Outcome.UNKNOWN, cause=reason))
