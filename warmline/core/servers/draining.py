"""A server that drains gets no new call, and its calls go on."""

from warmline.core.messages.call_command_types import ServerCommand, ServerDrain
from warmline.core.messages.commands import Ask
from warmline.core.model.receipt import Outcome
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def change_draining(turn: Turn, ask: Ask, command: ServerCommand) -> None:
    """Let a server drain, or take new calls again. A repetition changes nothing and succeeds."""
    receipt = receipts.open_receipt(turn, ask, "")
    server = turn.world.servers.get(command.server)
    if server is None:
        known = ", ".join(sorted(turn.world.servers)) or "none"
        why = reasons.SERVER_UNKNOWN.text(server=command.server, known=known)
        receipts.finish(turn, receipt.id, Outcome.REFUSED, why)
        return
    drains = isinstance(command, ServerDrain)
    if server.draining is not drains:
        turn.put(replace(server, draining=drains, since=turn.now, by=ask.by))
    receipts.finish(turn, receipt.id, Outcome.COMPLETED, "")
