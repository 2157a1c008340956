"""An agent takes a call that is not his: out of a line, or from the agent who has it."""

from warmline.core.calls import call_transitions
from warmline.core.model.call import Call
from warmline.core.model.call_command_types import TakeCall
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.state import receipts
from warmline.core.state.world import Turn


def why_not(turn: Turn, user: str) -> str:
    """Why this agent can take no call now, or ""."""
    session = turn.world.sessions.get(user)
    if session is None:
        return f"agent {user} is not logged in"
    ready = user in turn.world.matcher.ready_agents()
    return "" if ready else f"agent {user} is not READY: he has a call, a disposition to give, a pause or no phone"


def from_line(turn: Turn, call: Call, receipt: Receipt, command: TakeCall) -> None:
    """The call that waits is this agent's alone; if he does not get it, it waits for whom it waited for before."""
    if why := why_not(turn, command.to_agent):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, why)
        return
    turn.world.matcher.forget_call(call.id)
    call_transitions.given(turn, call, command.to_agent, f"{receipt.kind} by {receipt.by}")
    receipts.finish(turn, receipt.id, Outcome.COMPLETED)
