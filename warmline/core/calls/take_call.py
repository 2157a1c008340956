"""TAKE_CALL: an agent takes a waiting call, or the call of another agent."""

from warmline.core.calls import call_transitions
from warmline.core.messages.call_command_types import TakeCall
from warmline.core.model.call import Call
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def get_take_refusal(turn: Turn, user: str) -> str:
    """Return why this agent cannot take a call now, or ""."""
    session = turn.world.sessions.get(user)
    if session is None:
        return reasons.TARGET_AGENT_LOGGED_OUT.text(agent=user)
    ready = user in turn.world.matcher.ready_agents()
    return "" if ready else reasons.TARGET_AGENT_NOT_READY.text(agent=user)


def take_from_queue(turn: Turn, call: Call, receipt: Receipt, command: TakeCall) -> None:
    """Give a waiting call to this agent. If the agent does not get it, it waits for the same agents as before."""
    if why := get_take_refusal(turn, command.to_agent):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, why)
        return
    turn.world.matcher.forget_call(call.id)
    call_transitions.give_to_agent(turn, call, command.to_agent, f"{receipt.kind} by {receipt.by}")
    receipts.finish(turn, receipt.id, Outcome.COMPLETED)
