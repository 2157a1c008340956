"""END_CALL: everybody in a call is hung up, also in one that its agent has left."""

from warmline.core.calls.call_transitions import entered
from warmline.core.model.call_command_types import EndCall
from warmline.core.model.call_states import State
from warmline.core.model.commands import Ask
from warmline.core.model.receipt import Outcome
from warmline.core.model.replace import replace
from warmline.core.state import receipts
from warmline.core.state.world import Turn


def end(turn: Turn, ask: Ask, command: EndCall) -> None:
    """Hang up everybody in the call."""
    call = turn.world.calls.get(command.call)
    receipt = receipts.open_receipt(turn, ask, command.call)
    if call is None or call.state is State.ENDED:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, "the call is over")
        return
    turn.world.matcher.forget_call(call.id)
    if call.pending:
        receipts.finish(turn, call.pending, Outcome.ABANDONED, "the call was ended")
    before = call.state
    call = replace(call, state=State.ENDED, since=turn.now, target=None, pending=None, leaving=None)
    entered(turn, turn.put(replace(call, ended_by="operator")), before, "operator")
    receipts.finish(turn, receipt.id, Outcome.COMPLETED)
