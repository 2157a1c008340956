"""The keys by which a waiting caller leaves the queue at any time: `exit_keys`."""

from warmline.core.model.call import Call
from warmline.core.model.call_states import LegBridge, State
from warmline.core.rules.configuration import Rules
from warmline.core.rules.data_rules import ROUTE_SIGN

EXIT_OPTION = "exit_keys"


def get_exit_routes(rules: Rules, call: Call) -> dict[str, str]:
    """Return the destination of each key by which the caller can leave now; empty if the caller cannot."""
    if call.state is not State.WAITING and not is_ringing_agents(call):
        return {}
    key_rules = (rule.partition(ROUTE_SIGN) for rule in rules.ingroup(call.ingroup).exit_keys)
    return {key: route for key, _, route in key_rules}


def is_ringing_agents(call: Call) -> bool:
    """Return whether the caller still waits while phones of agents ring for the call.

    A lead that the dialler called is no such caller: it waits for agents of the campaign.
    """
    is_parked = call.parking.customer_place is LegBridge.HOLDING and call.commands.target is None
    return call.state is State.RINGING_AGENT and is_parked and call.attempt.drop_at is None
