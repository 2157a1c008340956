"""A dial that is requested twice within 3 seconds is one dial: the second request follows the receipt of the first."""

from warmline.core.messages.agent_command_types import Dial
from warmline.core.messages.command_shapes import OutsideDial, get_column
from warmline.core.messages.commands import Command
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.world.world import World

REPEAT_US = 3_000_000  # microseconds in which the same dial counts as a repetition while it rings


def find_customer_dial(world: World, session: Session, number: str, now_us: int) -> Receipt | None:
    """Return the receipt of the same dial within REPEAT if it still rings, or None. `now` in microseconds UTC."""
    call = world.calls.get(session.call or "")
    first = world.receipts.get(call.commands.dialling or "") if call and call.state is State.DIALING_OUT else None
    if first is None or not isinstance(first.command, Dial):
        return None
    return first if first.command.number == number and now_us - first.requested <= REPEAT_US else None


def find_call_dial(world: World, call: Call, command: Command, now_us: int) -> Receipt | None:
    """Return the receipt of the same dial within REPEAT that still rings or waits. `now` in microseconds UTC."""
    found = (world.receipts.get(receipt) for receipt in (call.commands.dialling or "", *call.commands.queue))
    recent = (
        one for one in found if one and isinstance(one.command, OutsideDial) and now_us - one.requested <= REPEAT_US
    )
    return next((one for one in recent if _what(one.command) == _what(command)), None)


def _what(asked: Command) -> tuple[str, ...]:
    return asked.kind, asked.agent, *(get_column(asked, name) for name in ("number", "ingroup", "to_agent"))
