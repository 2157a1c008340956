"""SET_STATUS: correct the disposition of a call, even long after its end."""

from warmline.core.agents import disposition_undo
from warmline.core.messages.agent_command_types import CorrectDisposition
from warmline.core.messages.commands import Ask
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.receipt import Outcome
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def correct_disposition(turn: Turn, request: Ask, command: CorrectDisposition) -> None:
    """Correct a call's disposition. For a call that is over, the command names the call's last agent."""
    receipt = receipts.open_receipt(turn, request, command.call)
    call = turn.world.calls.get(command.call)
    user = (call.agent or call.outcome.last_agent) if call else command.agent
    if call and not user:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reasons.CORRECTION_WITHOUT_AGENT.text())
        return
    if reason := command.impossible or _find_early_refusal(turn, command.call, user):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reason)
        return
    session = turn.world.sessions.get(user)
    if session and session.undoable and session.undoable.call == command.call:
        session = disposition_undo.settle_code(turn, session)
    disposition = DispositionEntry(
        id=turn.new_id(),
        call=command.call,
        agent=user,
        status=command.status,
        at=turn.now,
        by=request.by,
        notes=command.why,
        correction=True,
    )
    turn.close(disposition)
    if call := turn.world.calls.get(command.call):
        turn.put(call.with_outcome(status=command.status))
    if session and session.last.call == command.call and session.last.status:
        turn.put(session.with_last_call(status=command.status, notes=""))
    receipts.finish(turn, receipt.id, Outcome.COMPLETED)


def _find_early_refusal(turn: Turn, call_id: str, user: str) -> str:
    """Return why the code cannot be corrected yet, or "". The agent's own code must come first."""
    if not call_id:
        return reasons.CORRECTION_WITHOUT_CALL.text()
    session = turn.world.sessions.get(user)
    is_code_missing = (
        session and session.state is AgentState.DISPO and session.last.call == call_id and not session.last.status
    )
    if session and (is_code_missing or session.call == call_id):
        return reasons.CORRECTION_TOO_EARLY.text(agent=user)
    return ""
