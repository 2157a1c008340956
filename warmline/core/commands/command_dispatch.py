"""The dispatch of commands to their functions, and the receipts of commands that are done immediately."""

from warmline.core.commands import call_commands, dial_facts_wait
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, Handling
from warmline.core.messages.commands import Ask
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import Session
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def dispatch(turn: Turn, request: Ask) -> None:
    """Carry out a command or refuse it. A repetition with the same receipt is ignored."""
    if request.receipt not in turn.world.receipts and not dial_facts_wait.query_dial_facts(turn, request):
        carry_out(turn, request)


def carry_out(turn: Turn, request: Ask) -> None:
    """Carry out or refuse a command now. If it dials a number, the database has been queried about it."""
    command, registered_command = request.command, REGISTERED_COMMANDS[request.command.kind]
    if registered_command.handling is Handling.CORRECT or (
        registered_command.handling is Handling.HANDLE_REQUEST and not command.impossible
    ):
        registered_command.run(turn, request, command)
        return
    if registered_command.is_about_call and not command.impossible:
        call_commands.accept_command(turn, request)
        return
    session = turn.world.sessions.get(command.agent)
    receipt = receipts.open_receipt(turn, request, command.call or _find_latest_call(session))
    reason: str | None
    if command.impossible:
        reason = command.impossible
    elif registered_command.handling is Handling.ACT_ON_AGENT:
        reason = registered_command.find_refusal(turn, command.agent) or registered_command.run(turn, receipt, command)
    elif session is None:
        reason = reasons.AGENT_LOGGED_OUT.text()
    else:
        reason = registered_command.find_refusal(turn, session) or registered_command.run(
            turn, session, receipt, command
        )
    if reason is not None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED if reason else Outcome.COMPLETED, cause=reason)


def _find_latest_call(session: Session | None) -> str:
    """Return the call that the agent has, or had last."""
    return (session.call or session.last.call) if session else ""
