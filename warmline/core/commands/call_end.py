"""END_CALL: hang up every party of a call, even after its agent has left."""

from warmline.core.calls.call_transitions import enter_state
from warmline.core.messages.call_command_types import EndCall
from warmline.core.messages.commands import Ask, Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome
from warmline.core.model.transition_tables import COMMANDS
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.transition_guards import resolve_target
from warmline.core.world.turn import Turn


def find_refusal(turn: Turn, call: Call | None) -> str:
    """Return why the parties of a call cannot be hung up, or ""."""
    return "" if _find_end_state(turn, call) else reasons.CALL_OVER.text()


def end_call(turn: Turn, request: Ask, command: EndCall) -> None:
    """Hang up every party of the call."""
    call = turn.world.calls.get(command.call)
    receipt = receipts.open_receipt(turn, request, command.call)
    end_state = _find_end_state(turn, call)
    if call is None or end_state is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=find_refusal(turn, call))
        return
    turn.world.matcher.forget_call(call.id)
    if call.commands.pending:
        receipts.finish(turn, call.commands.pending, Outcome.ABANDONED, cause=reasons.CALL_ENDED_BY_COMMAND.text())
    previous_state = call.state
    call = replace(call.with_commands(target=None, pending=None, leaving=None), state=end_state, since=turn.now)
    enter_state(turn, turn.put(call.with_outcome(ended_by="operator")), previous_state, cause="operator")
    receipts.finish(turn, receipt.id, Outcome.COMPLETED)


def _find_end_state(turn: Turn, call: Call | None) -> State | None:
    return resolve_target(turn, call, COMMANDS[Kind.END_CALL].get(call.state)) if call else None
