"""The commands that wait behind the pending command of a call: how one gets into the line, and out of it."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.world.server_away import why_away
from warmline.core.world.turn import Turn

WAIT = 5_000_000  # microseconds that a command waits behind another before it is refused
DROP_THIRD = (Kind.HANGUP_XFER, Kind.HANGUP_XFER_GRAB_CUSTOMER)
HANG_UPS = (Kind.HANGUP, Kind.HANGUP_CUSTOMER, Kind.HANGUP_BOTH, *DROP_THIRD)


def line_up(turn: Turn, call: Call, receipt: Receipt) -> None:
    """Let a command wait behind the others of this call. Only a hang-up on a server that is away waits without end."""
    turn.put(call.with_commands(queue=(*call.commands.queue, receipt.id)))
    if not waits_for_server(turn, call, receipt):
        turn.wake(turn.now + WAIT, TimerKind.RECEIPT, receipt.id)


def waits_for_server(turn: Turn, call: Call, receipt: Receipt) -> bool:
    """Return whether this is a hang-up on a server that is away; tell its sender that it is kept."""
    if receipt.kind not in HANG_UPS or not why_away(turn.world, call.server):
        return False
    receipts.tell(turn, receipt.id, reasons.HANG_UP_WAITS.text(server=call.server))
    return True


def take_first(turn: Turn, call: Call) -> tuple[Call, Receipt | None]:
    """Take the command out of the line that has waited for the longest time; return its receipt if it is open."""
    first, *rest = call.commands.queue
    call = turn.put(call.with_commands(queue=tuple(rest)))
    return call, turn.world.receipts.get(first)


def waited_too_long(turn: Turn, receipt: Receipt) -> None:
    """Refuse a command that has waited for 5 seconds behind another."""
    call = turn.world.calls.get(receipt.call)
    if call and receipt.id in call.commands.queue:
        turn.put(call.with_commands(queue=tuple(r for r in call.commands.queue if r != receipt.id)))
        receipts.finish(turn, receipt.id, Outcome.REFUSED, reasons.COMMAND_OVERDUE.text())
