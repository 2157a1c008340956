"""The smaller functions about the agent's call: hang up, send keys, a message for LEAVE_VM, make the fronter leave."""

import re

from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, cannot_be, error, impossible
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext, has_value, value_is_one_of
from warmline.core.messages.call_command_types import Hangup, Leave3WayCall, SendKeys, VmMessage
from warmline.core.messages.commands import KEYS, SOUNDS
from warmline.core.rules import reasons

NAMED_KEYS = {"P": "#", "S": "*", "Q": "W"}  # Asterisk sends no key for a second at "W"


def _hangup(asked: RequestContext) -> AgcPlan | AgcAnswer:
    done = f"external_hangup function set - {asked.value}|{asked.agent}"
    if asked.value != "1":
        return impossible(asked.command(Hangup), cannot_be("value", asked.value, "1"), done)
    return AgcPlan(asked.command(Hangup), done, already=reasons.AGENT_WITHOUT_CALL.text())


EXTERNAL_HANGUP = AgcFunction(
    has_value,
    _hangup,
    needs="value 1",
    does="hangs up customer and third party, and the agent goes to DISPO; without a call it succeeds and does nothing",
    differs="The third party is always hung up too. In VICIdial that depends on a setting of the phone. "
    "The receipt of a request without a call is `refused`.",
)


def _send_dtmf(asked: RequestContext) -> AgcPlan | AgcAnswer:
    done = f"send_dtmf function set - {asked.value}|{asked.agent}"
    command = asked.command(SendKeys, length=f"{len(asked.value)} keys")
    if not re.fullmatch("[0-9A-DPQS]+", asked.value):
        return impossible(command, "value may have 0-9, A-D, P for #, S for *, Q for a second of silence", done)
    if len(asked.value) > KEYS.max_length:
        return impossible(command, f"value has more than {KEYS.max_length} keys", done)
    return AgcPlan(command, done, digits=pressed(asked.value))


def pressed(value: str) -> str:
    """Return the keys that a value of send_dtmf names."""
    return "".join(NAMED_KEYS.get(key, key) for key in value)


SEND_DTMF = AgcFunction(
    has_value,
    _send_dtmf,
    needs=f"value: up to {KEYS.max_length} of 0-9, A-D, P for #, S for *, Q for a second of silence",
    does="sends keys to the third party if one is connected and not parked, otherwise to the customer. No other party "
    "hears them, and they are never stored or logged",
    differs="Without a call it is refused, because no party could hear the keys.",
)


def _vm_message(asked: RequestContext) -> AgcPlan | AgcAnswer:
    lead = asked.fields["lead_id"]
    if asked.call is None:
        return error(f"agent_user does not have a live call - {asked.agent}")
    if lead and int(lead[:18]) != asked.call.lead:
        return error(f"current call does not match lead_id submitted - {asked.agent}")
    command = asked.command(VmMessage, message=asked.value.strip("|"), call=asked.call.id)
    done = f"vm_message function set - {asked.agent}|{lead or asked.call.lead or ''}|{asked.value}|"
    if not SOUNDS.is_match(command.message):
        return impossible(command, "value names no sound", done)
    return AgcPlan(command, done)


VM_MESSAGE = AgcFunction(
    has_value,
    _vm_message,
    needs="value: names of sounds, separated by |",
    does="sets what LEAVE_VM plays to this call's customer instead of the campaign's message",
    about=("lead_id", "value", "agent_user"),
)


def _force_fronter(asked: RequestContext) -> AgcPlan | AgcAnswer:
    if not asked.has_lead:
        return error(f"agent_user is not on a phone call - {asked.agent}")
    call = asked.call
    if call is None or call.agent is None or call.consultation.closer != asked.session.agent:
        return error(f"no fronter found - {asked.agent}")
    command = Leave3WayCall(call.agent, call.id)
    return AgcPlan(command, f"force_fronter_leave_3way SENT - {call.agent}", end="")


FORCE_FRONTER_LEAVE_3WAY = AgcFunction(
    value_is_one_of("LOCAL_ONLY", "LOCAL_AND_CCC"),
    _force_fronter,
    needs="value LOCAL_ONLY or LOCAL_AND_CCC",
    does="makes the fronter leave the call of a consulted closer, as the fronter's LEAVE_3WAY_CALL does",
    differs="Several servers (CCC) are not supported; LOCAL_AND_CCC searches this server only.",
)
