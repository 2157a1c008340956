"""park_call: parks customer and third party with hold music, and brings them back."""

from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, cannot_be, error, impossible
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext, value_contains
from warmline.core.commands.command_registry import find_function_commands
from warmline.core.messages.call_command_types import ParkCustomer

GIVES = find_function_commands("park_call")
VALUES = {
    "PARK_CUSTOMER": "the customer hears music; the agent stays, with the third party if there is one",
    "GRAB_CUSTOMER": "the customer comes back",
    "PARK_IVR_CUSTOMER": "the customer hears the campaign's `park_ivr`, then music; the agent stays",
    "GRAB_IVR_CUSTOMER": "the same as GRAB_CUSTOMER, however the customer was parked",
    "PARK_XFER": "the third party hears music",
    "GRAB_XFER": "the third party comes back",
    "SWAP_PARK_CUSTOMER": "the customer is parked, the third party comes back",
    "SWAP_PARK_XFER": "the third party is parked, the customer comes back",
    "HANGUP_XFER_GRAB_CUSTOMER": "the third party is hung up, the customer comes back",
}
WORDS = ("PARK_CUSTOMER", "GRAB_CUSTOMER", "PARK_IVR_CUSTOMER", "GRAB_IVR_CUSTOMER", "PARK_XFER", "GRAB_XFER")


def _plan(asked: RequestContext) -> AgcPlan | AgcAnswer:
    if not asked.has_lead:
        return error(f"agent_user does not have a lead on their screen - {asked.agent}")
    done = f"park_call function set - {asked.value}|{asked.agent}"
    if asked.value in GIVES:
        return AgcPlan(asked.command(GIVES[asked.value]), done)
    why = cannot_be("value", asked.value, *VALUES)
    return impossible(asked.command(ParkCustomer), why, done)


PARK_CALL = AgcFunction(
    value_contains(*WORDS),
    _plan,
    needs="value (one of the table below)",
    does="parks parties and brings them back",
    differs="A request to grab a customer who is not parked is refused, because it would only interrupt their audio.",
)
