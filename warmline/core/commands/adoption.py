"""Adoption: a conversation in the dialplan of Asterisk becomes a call of Warmline, with both of its legs.

The call and the agent's session are stored before anything moves. Both legs then leave their bridge for Stasis, where
the app joins them immediately, without a commit in between. If they do not come, the call ends, and its record says so.
"""

from warmline.core.agents import agent_calls, agent_release, agent_sounds, agent_states, login
from warmline.core.calls import leg_answer_and_loss
from warmline.core.calls.cut_off import cut_off
from warmline.core.indexes.timers import TimerKind
from warmline.core.media import recording_decision
from warmline.core.messages.bridge_messages import CreateMixingBridge, DestroyBridge
from warmline.core.messages.call_command_types import Adopt
from warmline.core.messages.commands import Ask, Kind
from warmline.core.messages.leg_messages import LegArrived, MoveIntoStasis
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.model.call import AskedBridges, Call, CallCommands, CallOutcome
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.permission.adoption_gate import AdoptedParties, find_parties
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn

ADOPTION_TIMEOUT_US = 3_000_000  # from the request until both legs must be in Stasis
AFTER_ARGUMENT = "after"  # the argument of the dialplan
NOT_ADOPTED_CODE = "not_adopted"  # `ended_by` of a call whose legs never came


def accept_command(turn: Turn, request: Ask, command: Adopt) -> None:
    """Adopt the conversation of a command, or refuse it in the receipt; after a refusal, both parties talk on."""
    receipt = receipts.open_receipt(turn, request, "")
    parties_or_reason = find_parties(turn.world, command)
    if isinstance(parties_or_reason, str) or command.conversation is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=str(parties_or_reason))
    else:
        _begin(turn, receipt, parties_or_reason, talk=command.conversation)


def _begin(turn: Turn, receipt: Receipt, adopted_parties: AdoptedParties, talk: OutsideTalk) -> None:
    """Store the call, its legs and the agent's session, then ask for the bridge and the move."""
    user = adopted_parties.agent.id
    customer, agent_leg = adopted_parties.customer_leg, adopted_parties.agent_leg
    is_outbound = talk.caller == agent_leg.id
    call = Call(
        id=turn.new_id(),
        agc_id=f"{'M' if is_outbound else 'Y'}{turn.now:019d}",
        direction=Direction.OUT if is_outbound else Direction.IN,
        origin=Origin.ADOPTED,
        server=talk.server,
        state=State.TALKING,
        since=turn.now,
        arrived=turn.now,
        number=customer.number[:80],
        dialled="" if is_outbound else talk.dialled[:40],
        customer=customer.id,
        agent=user,
        asked_bridges=AskedBridges(room=True),
        outcome=CallOutcome(last_agent=user, campaign=adopted_parties.agent.campaign),
        commands=CallCommands(target=State.TALKING, pending=receipt.id),
    )
    turn.put(replace(receipt, call=call.id).with_step("begun", turn.now))
    _store_expected_leg(turn, customer, call, role=Role.CUSTOMER, owner=call.id)
    _store_expected_leg(turn, agent_leg, call, role=Role.AGENT, owner=user)
    _give_leg_to_session(turn, adopted_parties.agent.id, agent_leg)
    turn.put(call)
    agent_calls.take_call(turn, user, call)
    phone = turn.world.legs[agent_leg.id]
    turn.put(replace(phone, absorbs_keys=agent_states.has_feature_keys(turn, phone)))
    _set_timer(turn, call, receipt)
    turn.do(
        call.id,
        CreateMixingBridge(call.mixing_bridge_id),
        MoveIntoStasis(customer.id, agent_leg.id, call.mixing_bridge_id, talk.app),
    )


def _store_expected_leg(turn: Turn, leg: OutsideLeg, call: Call, *, role: Role, owner: str) -> None:
    """Store a leg that is on its way into the call's bridge."""
    turn.put(
        Leg(
            id=leg.id,
            role=role,
            owner=owner,
            server=call.server,
            number=leg.number[:80],
            created=turn.now,
            target_bridge=call.mixing_bridge_id,
        )
    )


def _give_leg_to_session(turn: Turn, user: str, leg: OutsideLeg) -> None:
    """Give the leg to the agent's session; an agent who is not logged in gets one that ends with the call."""
    session = turn.world.sessions.get(user)
    if session is None:
        session = login.create_session(turn, user, "")
        after_call = replace(session.after_call, logout=True)
        phone = leg.phone or session.phone
        session = replace(session, phone=phone, outside="", on_hook=True, adopted=True, after_call=after_call)
    elif session.state is AgentState.PAUSED:
        after_call = replace(session.after_call, pause=True, pause_code=session.pause_code)
        session = replace(session, after_call=after_call)
    turn.put(replace(session, leg=leg.id))


def record_arrival(turn: Turn, leg: Leg, event: LegArrived) -> None:
    """Record that a leg of an adopted call is in Stasis, and whether its dialplan has [warmline-after]."""
    turn.put(replace(leg, phase=Phase.UP, answered=turn.now))
    if AFTER_ARGUMENT in event.args and (call := turn.world.calls.get(leg.owner)):
        turn.put(call.with_queueing(after=True))


def begin_talk(turn: Turn, call: Call) -> Call:
    """Begin the talk of a call whose legs are both in its bridge; the agent hears a beep."""
    call = turn.put(call.with_outcome(connected=turn.now))
    agent_calls.count_dialled_call(turn, call.agent or "")
    agent_sounds.play_whisper(turn, call.agent or "", agent_sounds.BEEP_SOUND)
    return recording_decision.decide_with_agent(turn, call)


def restore_timer(turn: Turn, call: Call) -> None:
    """Set the time limit of a pending adoption again, after a restart."""
    if receipt := find_pending_receipt(turn, call):
        _set_timer(turn, call, receipt)


def give_up_if_overdue(turn: Turn, call: Call) -> Call | None:
    """Give up legs that have not come in time. Return the call, or None if neither has come."""
    receipt = find_pending_receipt(turn, call)
    if receipt and receipt.requested + ADOPTION_TIMEOUT_US <= turn.now:
        give_up(turn, call, reasons.LEGS_NOT_MOVED.text())
    return turn.world.calls.get(call.id)


def give_up(turn: Turn, call: Call, reason: str) -> None:
    """Fail the adoption with this reason. Legs that have not come stay outside; none of them is hung up."""
    receipt = find_pending_receipt(turn, call)
    if receipt is None:
        return
    party_legs = (turn.world.legs.get(call.customer or ""), agent_states.find_agent_leg(turn, call.agent))
    legs = [leg for leg in party_legs if leg]
    missing_legs = [leg for leg in legs if leg.phase is Phase.ASKED]
    if missing_legs:
        receipts.finish(turn, receipt.id, Outcome.FAILED, cause=reason)
        call = turn.put(call.with_commands(target=None, pending=None))
    for leg in missing_legs:
        turn.close(replace(leg, phase=Phase.GONE, ended=turn.now))
        if len(missing_legs) < len(legs):
            leg_answer_and_loss.handle_leg_end(turn, leg, call, cause=0)
    if missing_legs and len(missing_legs) == len(legs):
        _undo(turn, call, reason)


def _undo(turn: Turn, call: Call, reason: str) -> None:
    """Close a call of which no leg has come. The agent is as before."""
    user = call.agent or ""
    call = turn.put(replace(call.with_outcome(last_agent=""), agent=None))
    turn.put(replace(turn.world.sessions[user], leg=None))
    agent_release.release_agent(turn, user, never_connected=True)
    cut_off(turn, turn.world.calls[call.id], NOT_ADOPTED_CODE, cause=reason)
    turn.do(call.id, DestroyBridge(call.mixing_bridge_id))


def find_pending_receipt(turn: Turn, call: Call) -> Receipt | None:
    """Return the receipt of an adoption that is not complete."""
    receipt = turn.world.receipts.get(call.commands.pending or "")
    return receipt if receipt and receipt.kind is Kind.ADOPT else None


def _set_timer(turn: Turn, call: Call, receipt: Receipt) -> None:
    turn.wake(receipt.requested + ADOPTION_TIMEOUT_US, TimerKind.CALL, call.id)
