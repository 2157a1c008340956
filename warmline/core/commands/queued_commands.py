"""The commands that wait behind the pending command of a call: how a command gets into this queue, and out of it."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn

MAX_WAIT_US = 5_000_000  # a command that has waited for longer behind another is refused
THIRD_PARTY_HANG_UPS = (Kind.HANGUP_XFER, Kind.HANGUP_XFER_GRAB_CUSTOMER)
HANG_UP_COMMANDS = (Kind.HANGUP, Kind.HANGUP_CUSTOMER, Kind.HANGUP_BOTH, *THIRD_PARTY_HANG_UPS)


def queue_command(turn: Turn, call: Call, receipt: Receipt) -> None:
    """Let a command wait behind the others of this call. Only a hang-up on a server that is away waits forever."""
    turn.put(call.with_commands(queue=(*call.commands.queue, receipt.id)))
    tell_sender_hang_up_waits(turn, call, receipt)
    if not is_hang_up_waiting(turn, call, receipt):
        turn.wake(turn.now + MAX_WAIT_US, TimerKind.RECEIPT, receipt.id)


def is_hang_up_waiting(turn: Turn, call: Call, receipt: Receipt) -> bool:
    """Return whether this is a hang-up on a server that is away. It waits until the server is back."""
    return receipt.kind in HANG_UP_COMMANDS and get_away_reason(turn.world, call.server) != ""


def tell_sender_hang_up_waits(turn: Turn, call: Call, receipt: Receipt) -> None:
    """Answer the sender of a hang-up that waits for a server."""
    if is_hang_up_waiting(turn, call, receipt):
        receipts.answer_sender(turn, receipt.id, reasons.HANG_UP_WAITS.text(server=call.server))


def take_oldest_command(turn: Turn, call: Call) -> tuple[Call, Receipt | None]:
    """Take the command out of the queue that has waited for the longest time; return its receipt if it is open."""
    receipt_id, *later_ids = call.commands.queue
    call = turn.put(call.with_commands(queue=tuple(later_ids)))
    return call, turn.world.receipts.get(receipt_id)


def refuse_overdue_command(turn: Turn, receipt: Receipt) -> None:
    """Refuse a command that has waited behind another for MAX_WAIT_US."""
    call = turn.world.calls.get(receipt.call)
    if call and receipt.id in call.commands.queue:
        queue = tuple(queued_id for queued_id in call.commands.queue if queued_id != receipt.id)
        turn.put(call.with_commands(queue=queue))
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reasons.COMMAND_OVERDUE.text())
