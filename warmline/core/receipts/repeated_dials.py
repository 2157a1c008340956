"""A dial that is requested twice within 3 seconds is one dial: the second request follows the receipt of the first."""

from warmline.core.messages.agent_command_types import Dial
from warmline.core.messages.command_classes import OutsideDial, get_column
from warmline.core.messages.commands import Command
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.world.world import World

REPEATED_DIAL_WINDOW_US = 3_000_000  # in which the same dial counts as a repetition while it rings


def find_customer_dial(world: World, session: Session, number: str, now_us: int) -> Receipt | None:
    """Return the receipt of the same dial if it still rings, or None."""
    call = world.calls.get(session.call or "")
    receipt = world.receipts.get(call.commands.dialling or "") if call and call.state is State.DIALING_OUT else None
    if receipt is None or not isinstance(receipt.command, Dial):
        return None
    is_repeated = receipt.command.number == number and now_us - receipt.requested <= REPEATED_DIAL_WINDOW_US
    return receipt if is_repeated else None


def find_call_dial(world: World, call: Call, command: Command, now_us: int) -> Receipt | None:
    """Return the receipt of the same dial that still rings or waits, or None."""
    for receipt_id in (call.commands.dialling or "", *call.commands.queue):
        receipt = world.receipts.get(receipt_id)
        if (
            receipt is None
            or not isinstance(receipt.command, OutsideDial)
            or now_us - receipt.requested > REPEATED_DIAL_WINDOW_US
        ):
            continue
        if _to_dial_key(receipt.command) == _to_dial_key(command):
            return receipt
    return None


def _to_dial_key(command: Command) -> tuple[str, ...]:
    return command.kind, command.agent, *(get_column(command, name) for name in ("number", "ingroup", "to_agent"))
