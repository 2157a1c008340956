"""The dispatch of commands to their functions, and the receipts of commands that are done immediately."""

from warmline.core.commands import call_commands, dial_facts_wait
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, Handling
from warmline.core.messages.commands import Ask
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import Session
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def dispatch(turn: Turn, ask: Ask) -> None:
    """Carry out a command or refuse it. A repetition with the same receipt is ignored."""
    if ask.receipt not in turn.world.receipts and not dial_facts_wait.query_dial_facts(turn, ask):
        carry_out(turn, ask)


def carry_out(turn: Turn, ask: Ask) -> None:
    """Carry out or refuse a command now. If it dials a number, the database has been queried about it."""
    command, row = ask.command, REGISTERED_COMMANDS[ask.command.kind]
    if row.handling is Handling.CORRECT or (row.handling is Handling.HANDLE_REQUEST and not command.impossible):
        row.run(turn, ask, command)
        return
    if row.is_about_call and not command.impossible:
        call_commands.accept_command(turn, ask)
        return
    session = turn.world.sessions.get(command.agent)
    receipt = receipts.open_receipt(turn, ask, command.call or _find_latest_call(session))
    reason: str | None
    if command.impossible:
        reason = command.impossible
    elif row.handling is Handling.ACT_ON_AGENT:
        reason = row.find_refusal(turn, command.agent) or row.run(turn, receipt, command)
    elif session is None:
        reason = reasons.AGENT_LOGGED_OUT.text()
    else:
        reason = row.find_refusal(turn, session) or row.run(turn, session, receipt, command)
    if reason is not None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED if reason else Outcome.COMPLETED, cause=reason)


def _find_latest_call(session: Session | None) -> str:
    """Return the call that the agent has, or had last."""
    return (session.call or session.last.call) if session else ""
