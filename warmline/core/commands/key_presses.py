"""SEND_DTMF: keys for one party of the call."""

from warmline.core.calls.leg_placement import get_layout
from warmline.core.messages.audio_messages import SendDtmf
from warmline.core.messages.call_command_types import SendKeys
from warmline.core.model.call import Call
from warmline.core.model.call_states import LegBridge
from warmline.core.model.leg import Phase
from warmline.core.model.receipt import Receipt
from warmline.core.rules.reasons import CUSTOMER_GONE, THIRD_MISSING
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn


def find_refusal(turn: Turn, call: Call) -> str:
    """Return why no party can get keys, or ""."""
    if reason := get_away_reason(turn.world, call.server):
        return reason
    return "" if call.customer or _find_connected_third(turn, call) else CUSTOMER_GONE.text()


def send_keys(turn: Turn, call: Call, receipt: Receipt, command: SendKeys) -> str:
    """Send the keys to the party that the command names. Return the reason for a refusal, or ""."""
    if not command.to:
        target, refusal_reason = find_listener(turn, call), CUSTOMER_GONE
    elif command.to == "XFER":
        target, refusal_reason = _find_connected_third(turn, call), THIRD_MISSING
    else:
        target, refusal_reason = call.customer, CUSTOMER_GONE
    if target is None:
        return refusal_reason.text()
    turn.do(call.id, SendDtmf(target, receipt.id))
    return ""


def find_listener(turn: Turn, call: Call) -> str | None:
    """Return the leg that gets keys without a name: a third party that is connected and not parked, or the customer."""
    is_third_parked = get_layout(call, call.state).third is LegBridge.HOLDING
    return call.customer if is_third_parked else _find_connected_third(turn, call) or call.customer


def _find_connected_third(turn: Turn, call: Call) -> str | None:
    third_leg = turn.world.legs.get(call.third or "")
    return third_leg.id if third_leg and third_leg.phase is Phase.UP else None
