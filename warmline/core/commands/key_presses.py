"""SEND_DTMF: keys for one party of the call."""

from warmline.core.calls.leg_placement import wanted_places
from warmline.core.model.actions import SendDtmf
from warmline.core.model.call import Call
from warmline.core.model.call_command_types import SendKeys
from warmline.core.model.call_states import Place
from warmline.core.model.leg import Phase
from warmline.core.model.receipt import Receipt
from warmline.core.rules.reasons import CUSTOMER_GONE, THIRD_MISSING
from warmline.core.state.world import Turn


def send(turn: Turn, call: Call, receipt: Receipt, command: SendKeys) -> str:
    """Send the keys to the party that the command names. Return the reason for a refusal, or "".

    Without a name, the keys are sent to a third party that is connected and not parked, else to the customer.
    """
    third = turn.world.legs.get(call.third or "")
    connected = third.id if third and third.phase is Phase.UP else None
    if command.to:
        target, missing = (connected, THIRD_MISSING) if command.to == "XFER" else (call.customer, CUSTOMER_GONE)
    else:
        parked = wanted_places(call, call.state).third is Place.SPOT
        target, missing = (call.customer if parked else connected or call.customer), CUSTOMER_GONE
    if target is None:
        return missing.text()
    turn.do(call.id, SendDtmf(target, receipt.id))
    return ""
