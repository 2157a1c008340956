"""TAKE_CALL: an agent takes a waiting call, takes back the one of the wrap-up, or takes the call of another agent."""

from warmline.core.agents import agent_states
from warmline.core.calls import call_transitions
from warmline.core.messages.call_command_types import TakeCall
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World


def find_take_refusal(turn: Turn, user: str, call: Call | None = None) -> str:
    """Return why this agent cannot take a call now, or "". It is a waiting `call`, or that of another agent."""
    session = turn.world.sessions.get(user)
    if session is None:
        return reasons.TARGET_AGENT_LOGGED_OUT.text(agent=user)
    if call and can_take_back(turn.world, user, call):
        return "" if agent_states.has_free_phone(turn, session) else reasons.PHONE_OFF_LINE.text()
    is_ready = user in turn.world.matcher.list_ready_agents()
    return "" if is_ready else reasons.TARGET_AGENT_NOT_READY.text(agent=user)


def can_take_back(world: World, user: str, call: Call) -> bool:
    """Return whether a waiting call is that of the agent's wrap-up, and has no code of this agent yet."""
    session = world.sessions.get(user)
    return call.state is State.WAITING and session is not None and session.is_wrapping_up(call.id)


def find_take_back_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot take back the call of the wrap-up, or ""."""
    call = turn.world.calls.get(session.last.call)
    if call and call.state is State.RINGING_AGENT:
        return reasons.CALL_NOT_CONNECTED.text()
    if call is None or not can_take_back(turn.world, session.agent, call):
        return reasons.AGENT_WITHOUT_CALL.text()
    return find_take_refusal(turn, session.agent, call)


def take_from_queue(turn: Turn, call: Call, receipt: Receipt, command: TakeCall) -> None:
    """Give a waiting call to this agent. If the agent does not get it, it waits for the same agents as before."""
    if refusal := find_take_refusal(turn, command.to_agent, call):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=refusal)
        return
    turn.world.matcher.forget_call(call.id)
    call_transitions.give_to_agent(turn, call, command.to_agent, reason=f"{receipt.kind} by {receipt.by}")
    receipts.finish(turn, receipt.id, Outcome.COMPLETED)
