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
from warmline.core.model.call_ends import ENDED_BY_ERROR
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg, Role
from warmline.core.model.queue_wait import CUT_OFF_OUTCOME
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import AgentInterval, Session
from warmline.core.model.transition_tables import Trigger
from warmline.core.replace import replace
from warmline.core.world.transition_guards import get_next_state
from warmline.core.world.turn import Turn

ERROR_CODE = "ERROR"  # the pause code of an agent whose call was removed


def send_to_fallback(turn: Turn, call: Call, reason: str) -> None:
    """Send a call's customer to the fallback and close the call. Its agents go to DISPO."""
    for recording in list(turn.world.recordings.values()):
        if recording.call == call.id and recording.ended is None and not recording.stopping:
            recording_control.request_stop(turn, recording)
    _send_away(turn, call, reason)
    for leg in _list_agent_legs(turn, call):
        turn.put(replace(hold_music.end_music(turn, call.id, leg), target_bridge=""))
        turn.do(call.id, RemoveFromBridge(leg.id, leg.bridge or leg.target_bridge or ""))
    turn.world.release_calls([call.id])
    call = turn.put(call.with_queueing(why=(*call.queueing.why, f"fallback: {reason}")))
    bridges = [
        bridge for bridge, is_requested in call.bridges.items() if is_requested or bridge in call.asked_bridges.doubtful
    ]
    cut_off(turn, call, ENDED_BY_ERROR, cause=reason)
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
            fallback = ContinueInFallback(leg.id, reason, next=None)
            turn.put(replace(leg, role=Role.REFUSED, fallback=fallback, hangup_requested=True))
            turn.do(call.id, fallback)


def _list_agent_legs(turn: Turn, call: Call) -> list[Leg]:
    """Return the agents' phones in the call's bridges or on their way there."""
    legs = {leg: None for bridge in call.bridges for leg in turn.world.bridge_members.in_bridge(bridge)}
    members = filter(None, map(turn.world.legs.get, legs))
    return [leg for leg in members if leg.role is Role.AGENT and not leg.hangup_requested]


def remove_call(turn: Turn, call: Call, reason: str) -> None:
    """Do the same if the rules of calls and agents fail too. Each record is closed directly, and no rule is applied.

    The agents are paused with the pause code ERROR.
    """
    turn.world.matcher.forget_call(call.id)
    turn.world.release_calls([call.id])
    _send_away(turn, call, reason)
    for session in [session for session in turn.world.sessions.values() if session.call == call.id]:
        _pause_agent(turn, call, session)
    for receipt in [receipt for receipt in turn.world.receipts.values() if receipt.call == call.id]:
        _close_receipt(turn, receipt, reason)
    if wait := turn.world.waits.get(call.queueing.wait or ""):
        turn.close(replace(wait, ended=turn.now, outcome=CUT_OFF_OUTCOME))
    for recording in list(turn.world.recordings.values()):
        if recording.call != call.id or recording.ended is not None:
            continue
        turn.put(replace(recording, stopping=True))
        turn.do(call.id, StopRecording(recording.id))
    path = (*call.queueing.why, f"fallback: {reason}")
    state = get_next_state(turn, call, Trigger.LEGS_LOST) or call.state
    call = lead_outcome.with_cut_off_status(call, turn.now) if call.is_automatic else call
    closed_call = replace(
        call.with_outcome(ended_by=ENDED_BY_ERROR).with_queueing(why=path), state=state, since=turn.now, ended=turn.now
    )
    closed_call = replace(
        closed_call.with_consultation(closer=None).with_queueing(rung=()).with_commands(queue=()),
        customer=None,
        third=None,
        ivr=None,
        agent=None,
    )
    turn.do(call.id, *(DestroyBridge(bridge) for bridge, is_requested in call.bridges.items() if is_requested))
    turn.close(closed_call.with_commands(target=None, pending=None, dialling=None).with_queueing(wait=None))


def _pause_agent(turn: Turn, call: Call, session: Session) -> None:
    turn.world.matcher.forget_agent(session.agent)
    leg = agent_states.find_agent_leg(turn, session.agent)
    bridge = (leg.bridge or leg.target_bridge) if leg else None
    if leg and session.on_hook:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(session.agent, HangUpLeg(leg.id))
    elif leg and bridge in call.bridges:
        turn.put(replace(leg, target_bridge=""))
        turn.do(call.id, RemoveFromBridge(leg.id, bridge))
    if interval := turn.world.intervals.get(session.interval):
        turn.close(replace(interval, ended=turn.now))
    pause = AgentInterval(
        id=turn.new_id(),
        session=session.id,
        agent=session.agent,
        state=AgentState.PAUSED,
        pause_code=ERROR_CODE,
        call="",
        started=turn.now,
    )
    turn.put(pause)
    session = replace(session, state=AgentState.PAUSED, pause_code=ERROR_CODE, since=turn.now, interval=pause.id)
    last_call = replace(session.last, call=call.id, lead=call.lead)
    turn.put(replace(session, call=None, muted=False, hold=False, last=last_call))


def _close_receipt(turn: Turn, receipt: Receipt, reason: str) -> None:
    if not receipt.told:
        replies = [Reply(receipt_id, reason) for receipt_id in (receipt.id, *receipt.followers)]
        turn.do(receipt.call, *replies)
    closed_receipt = receipt.with_step(Outcome.UNKNOWN.value, turn.now)
    turn.close(replace(closed_receipt, told=True, ended=turn.now, outcome=Outcome.UNKNOWN, cause=reason))
