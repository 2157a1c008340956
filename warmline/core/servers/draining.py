"""A server that drains gets no new call, and its calls go on."""

from warmline.core.messages.call_command_types import ServerCommand, ServerDrain
from warmline.core.messages.commands import Ask
from warmline.core.model.receipt import Outcome
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def change_draining(turn: Turn, request: Ask, command: ServerCommand) -> None:
    """Let a server drain, or take new calls again. A repetition changes nothing and succeeds."""
    receipt = receipts.open_receipt(turn, request, "")
    server = turn.world.servers.get(command.server)
    if server is None:
        server_names = ", ".join(sorted(turn.world.servers)) or "none"
        refusal = reasons.SERVER_UNKNOWN.text(server=command.server, known=server_names)
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=refusal)
        return
    is_draining = isinstance(command, ServerDrain)
    if server.draining is not is_draining:
        turn.put(replace(server, draining=is_draining, since=turn.now, by=request.by))
    receipts.finish(turn, receipt.id, Outcome.COMPLETED, cause="")
