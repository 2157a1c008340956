"""A command to a call: accepted, waiting behind another, begun, done; or refused, and then nothing has changed."""

from dataclasses import replace

from warmline.core import dialguard, receipts
from warmline.core.actions import MakeLeg
from warmline.core.call.call import Call
from warmline.core.call.happen import decide_after_leave, hand_off
from warmline.core.call.states import COMMANDS, LAYOUT, Layout, Place, State, refusal
from warmline.core.commands import Ask, Kind
from warmline.core.leg import Leg, Phase, Role
from warmline.core.receipt import Outcome, Receipt
from warmline.core.world import Turn

REPEAT = 3_000_000  # microseconds in which the same dial, while it rings, is the same request


def accept(turn: Turn, ask: Ask) -> None:
    """Take a command for the agent's newest call: begin it, or let it wait behind the one that is pending."""
    session = turn.world.sessions.get(ask.command.agent)
    call = turn.world.calls.get(session.call or "") if session else None
    if call and (first := _repeated(turn, call, ask)):
        receipts.follow(turn, ask, first)
        return
    receipt = receipts.open_receipt(turn, ask, call.id if call else "")
    if session is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, "the agent is not logged in")
    elif call is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, "the agent has no live call")
    elif call.target is not None or call.queue:
        turn.put(replace(call, queue=(*call.queue, receipt.id)))
        turn.wake(turn.now + receipts.WAIT, receipt.id)
    else:
        begin(turn, call, receipt)


def _repeated(turn: Turn, call: Call, ask: Ask) -> Receipt | None:
    """The receipt of the same dial a moment ago, if it still rings."""
    first = turn.world.receipts.get(call.dialling or "")
    if first is None or turn.now - first.requested > REPEAT:
        return None
    return first if (first.kind, first.number) == (ask.command.kind, ask.command.number) else None


def begin(turn: Turn, call: Call, receipt: Receipt) -> Call:
    """Set out for the row the command ends in."""
    target = COMMANDS[receipt.kind].get(call.state)
    if target is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, refusal(receipt.kind, call.state))
        return call
    if receipt.kind is Kind.DIAL_WITH_CUSTOMER:
        made = _make_third(turn, call, receipt)
        if made is None:
            return call
        call = made
    elif receipt.kind is Kind.LEAVE_3WAY_CALL:
        call = decide_after_leave(turn, call)
    elif target is State.ENDED:
        call = replace(call, ended_by="agent")
    receipts.step(turn, receipt.id, "begun")
    return turn.put(replace(call, target=target, pending=receipt.id))


def _make_third(turn: Turn, call: Call, receipt: Receipt) -> Call | None:
    session = turn.world.sessions[receipt.agent]
    campaign = turn.world.rules.campaign(session.campaign)
    endpoint, why = dialguard.endpoint(campaign, receipt.number)
    if why:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, why)
        return None
    leg = Leg(
        id=turn.new_id(),
        role=Role.THIRD,
        owner=call.id,
        number=receipt.number,
        created=turn.now,
        made=True,
    )
    turn.put(leg)
    turn.do(call.id, MakeLeg(leg.id, endpoint, dialguard.caller_id(campaign, call.number), call.id))
    return replace(call, third=leg.id, dialling=receipt.id)


def reached(turn: Turn, call: Call, state: State) -> bool:
    """Whether every leg is where this state wants it: the proof that a command is done."""
    want = LAYOUT[state]
    return _customer_there(turn, call, want) and _agent_there(turn, call, want) and _third_there(turn, call, want)


def _customer_there(turn: Turn, call: Call, want: Layout) -> bool:
    return _settled(turn, call, call.customer, want.customer)


def _third_there(turn: Turn, call: Call, want: Layout) -> bool:
    leg = turn.world.legs.get(call.third or "")
    return _settled(turn, call, call.third, want.third) and (leg is None or leg.phase >= Phase.DIALED)


def _agent_there(turn: Turn, call: Call, want: Layout) -> bool:
    session = turn.world.sessions.get(call.agent or "")
    leg_id = session.leg if session else None
    if want.agent is None:
        leg = turn.world.legs.get(leg_id or "")
        return leg is None or (leg.at != call.room_id and leg.going in (None, ""))
    return _settled(turn, call, leg_id, want.agent)


def _settled(turn: Turn, call: Call, leg_id: str | None, place: Place | None) -> bool:
    leg = turn.world.legs.get(leg_id or "")
    if place is None:
        return leg is None
    return leg is not None and leg.going is None and leg.at == bridge_of(call, place)


def bridge_of(call: Call, place: Place) -> str:
    """The bridge a place of this call is."""
    return call.room_id if place is Place.ROOM else call.spot_id


def complete(turn: Turn, call: Call) -> Call:
    """The pending command is done: the call is where it wanted to be."""
    assert call.target is not None and call.pending is not None
    receipt = turn.world.receipts[call.pending]
    call = replace(call, state=call.target, since=turn.now, target=None, pending=None)
    if call.state is State.HANDED_OFF:
        call = hand_off(turn, call)
    call = turn.put(call)
    if receipt.id == call.dialling:
        receipts.step(turn, receipt.id, "dialling")
        receipts.tell(turn, receipt.id)
    else:
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
    return call


def next_waiting(turn: Turn, call: Call) -> Call:
    """Begin the command that has waited longest."""
    first, *rest = call.queue
    call = turn.put(replace(call, queue=tuple(rest)))
    receipt = turn.world.receipts.get(first)
    return begin(turn, call, receipt) if receipt else call


def waited_too_long(turn: Turn, receipt: Receipt) -> None:
    """Five seconds behind another command: refused, nothing has happened."""
    call = turn.world.calls.get(receipt.call)
    if call and receipt.id in call.queue:
        turn.put(replace(call, queue=tuple(r for r in call.queue if r != receipt.id)))
        receipts.finish(turn, receipt.id, Outcome.REFUSED, "another command on this call did not end in time")
