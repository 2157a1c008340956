"""The scenarios: a call moves from state to state during a fault; each state has a list of who hears whom."""

from typing import NamedTuple

NUMBER = "4930333"
SLOW = "4930555"  # a number that rings for some seconds before it answers
# The parties in the bridge: agent, customer, third party.
IN_ROOM = {
    "talking": "ac",
    "parked": "a",
    "three_way": "act",
    "consulting": "at",
    "third_parked": "ac",
    "handed_off": "ct",
    "ended": "",
}
HANG_UP = "hang up"


class ScenarioStep(NamedTuple):
    """An agent's command, and the state it leads to; with `to_closer` the call then belongs to another agent.

    HANG_UP is not a command: the party that `value` names hangs up.
    """

    function: str
    value: str
    state: str
    fields: tuple[tuple[str, str], ...] = ()
    to_closer: bool = False


class ChaosScenario(NamedTuple):
    """A scenario. With `outbound` the agent dials the customer, otherwise the customer calls; then the steps follow."""

    name: str
    steps: tuple[ScenarioStep, ...]
    outbound: bool = False


def _transfer(value: str, state: str, *, to_closer: bool = False, **fields: str) -> ScenarioStep:
    return ScenarioStep("transfer_conference", value, state, tuple(fields.items()), to_closer)


def _park(value: str, state: str) -> ScenarioStep:
    return ScenarioStep("park_call", value, state)


DIAL = _transfer("DIAL_WITH_CUSTOMER", "three_way", phone_number=NUMBER)
CONSULT = _transfer("PARK_CUSTOMER_DIAL", "consulting", phone_number=NUMBER)
LEAVE = _transfer("LEAVE_3WAY_CALL", "handed_off")
PARK, GRAB = _park("PARK_CUSTOMER", "parked"), _park("GRAB_CUSTOMER", "talking")

SCENARIOS = (
    ChaosScenario("inbound", ()),
    ChaosScenario("park and grab", (PARK, GRAB)),
    ChaosScenario("customer hangs up", (ScenarioStep(HANG_UP, "c", "ended"),)),
    ChaosScenario("three-way and leave", (DIAL, LEAVE)),
    ChaosScenario("long ringing and leave", (_transfer("DIAL_WITH_CUSTOMER", "three_way", phone_number=SLOW), LEAVE)),
    ChaosScenario("three-way and back", (DIAL, _transfer("HANGUP_XFER", "talking"))),
    ChaosScenario("third hangs up", (DIAL, ScenarioStep(HANG_UP, "t", "talking"))),
    ChaosScenario("consult and leave", (CONSULT, LEAVE)),
    ChaosScenario("consult and join", (CONSULT, _park("GRAB_CUSTOMER", "three_way"))),
    ChaosScenario("third parked", (DIAL, _park("PARK_XFER", "third_parked"), _park("GRAB_XFER", "three_way"))),
    ChaosScenario(
        "third parked and gone", (DIAL, _park("PARK_XFER", "third_parked"), _transfer("HANGUP_XFER", "talking"))
    ),
    ChaosScenario("blind", (_transfer("BLIND_TRANSFER", "handed_off", phone_number=NUMBER),)),
    ChaosScenario("closer", (_transfer("LOCAL_CLOSER", "talking", to_closer=True, ingroup_choices="SUPPORTLINE"),)),
    ChaosScenario("manual dial", (PARK, GRAB), outbound=True),
)
