"""transfer_conference: third parties and transfers, selected by `value`."""

import re
from dataclasses import replace

from ari_app.http.agc.functions import caller_id, ingroup_choices
from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, error, impossible
from ari_app.http.agc.requests.fields import Fields
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext, names_agent
from warmline.core.commands.command_refusals import REFUSALS
from warmline.core.commands.command_registry import find_function_commands
from warmline.core.messages.call_command_types import BlindTransfer, HangupXfer
from warmline.core.messages.command_classes import OutsideDial
from warmline.core.messages.commands import CommandFields, Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.receipts import repeated_dials
from warmline.core.rules import ring_time
from warmline.core.rules.configuration import AGENTDIRECT, Ingroup
from warmline.core.rules.reasons import THIRD_PRESENT

# Each value and what it does; each is the core's command of the same name.
TRANSFERS = {
    Kind.DIAL_WITH_CUSTOMER: "dials phone_number into the call; with consultative=YES dials a closer of the in-group",
    Kind.PARK_CUSTOMER_DIAL: "parks the customer, then does the same",
    Kind.BLIND_TRANSFER: "transfers the customer to phone_number; the agent goes to DISPO at once",
    Kind.LEAVE_VM: "plays the campaign's message, or the one set by vm_message, to the customer; "
    "the agent goes to DISPO at once",
    Kind.LOCAL_CLOSER: "transfers the customer to the in-group, or with AGENTDIRECT to the agent in phone_number; "
    "the agent goes to DISPO at once",
}
ENDS = {
    Kind.LEAVE_3WAY_CALL: "the agent leaves, customer and third party keep talking, and the agent goes to DISPO",
    Kind.HANGUP_XFER: "hangs up the third party, even while ringing",
    Kind.HANGUP_BOTH: "hangs up customer and third party; the agent goes to DISPO",
}
VALUES = TRANSFERS | ENDS
GIVES = find_function_commands("transfer_conference")
DIALS = (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL)
WITHOUT_AGENT = (Kind.BLIND_TRANSFER, Kind.LEAVE_VM, Kind.LOCAL_CLOSER)

LEFT_LATELY = 30 * 60 * 1_000_000  # microseconds for which a left three-way call counts for md_check
CLEARED = "the third party was hung up first"
TO_ANSWER = 10.0  # seconds that wait=answer waits beyond the ring time


def _complete(fields: Fields) -> bool:
    return len(fields["value"]) >= 8 and names_agent(fields)


def _plan(asked: RequestContext) -> AgcPlan | AgcAnswer:
    """Return the plan, or the error of the first check that fails."""
    call = asked.call or _sent_there_just_now(asked)
    if call is None:
        return error(f"agent_user does not have a live call - {asked.agent}")
    if asked.value not in GIVES:
        return error(f"value is not valid - {asked.value}|{asked.fields['user']}")
    ingroup = ingroup_choices.chosen(asked, call) if _to_ingroup(asked) else None
    if isinstance(ingroup, AgcAnswer):
        return ingroup
    problem = caller_id.problem(asked) if asked.value in TRANSFERS else None
    problem = problem or _left_lately(asked) or _third_there(asked, call) or _another_number(asked)
    if problem:
        return problem
    command = _command(asked, call, ingroup)
    done = _done(asked, call, ingroup)
    why = _not_ours(asked)
    if why:
        return impossible(command, why, done)
    plan = AgcPlan(command, done, within=_longest(asked, ingroup))
    if asked.lenient and command.kind in WITHOUT_AGENT and REFUSALS[command.kind].get(call.state) is THIRD_PRESENT:
        cleared = replace(command, note=CLEARED)
        return replace(plan, command=cleared, first=asked.command(HangupXfer, call=call.id))
    return plan


def _sent_there_just_now(asked: RequestContext) -> Call | None:
    """Return the call that this agent just transferred to the same number, while that number rings.

    A repeated request counts as the first one.
    """
    call = asked.world.calls.get(asked.session.last.call)
    if call is None or asked.value != Kind.BLIND_TRANSFER:
        return None
    again = asked.command(BlindTransfer, number=asked.fields["phone_number"])
    return call if repeated_dials.find_call_dial(asked.world, call, again, asked.now) else None


def _another_number(asked: RequestContext) -> AgcAnswer | None:
    """Return an error for a number from which the filter would drop more than usual separators."""
    odd = asked.fields["odd_phone_number"]
    if not odd or _to_ingroup(asked) or asked.value not in (*DIALS, Kind.BLIND_TRANSFER):
        return None
    return error(f"phone_number is not valid - {odd}|{asked.fields['user']}")


def _consultative(asked: RequestContext) -> bool:
    return asked.fields["consultative"] == "YES"


def _to_ingroup(asked: RequestContext) -> bool:
    return asked.value == Kind.LOCAL_CLOSER or (asked.value in DIALS and _consultative(asked))


def _command(asked: RequestContext, call: Call, ingroup: Ingroup | None) -> CommandFields:
    shape, number = GIVES[asked.value], asked.fields["phone_number"]
    if ingroup:
        to_agent = number if ingroup.id == AGENTDIRECT else ""
        return asked.command(shape, call=call.id, ingroup=ingroup.id, to_agent=to_agent)
    if issubclass(shape, OutsideDial):
        shown = caller_id.chosen(asked, call.number)
        override = asked.fields["dial_override"] == "YES"
        return asked.command(shape, call=call.id, number=number, caller_id=shown, dial_override=override)
    return asked.command(shape, call=call.id)


def _done(asked: RequestContext, call: Call, ingroup: Ingroup | None) -> str:
    """Return the success line, which also repeats arguments that the value does not use."""
    fields = asked.fields
    group = fields["ingroup_choices"]
    if ingroup and ingroup_choices.DEFAULT in group:
        group = ingroup.id
    phones = _phones(fields)
    told = (
        asked.value,
        group,
        fields["phone_number"],
        "YES" if _consultative(asked) else "NO",
        asked.agent,
        call.agc_id,
        *([f"Multi-phones: {len(_kept(phones))} {len(phones)} {int(bool(_kept(phones)))}"] if phones else []),
    )
    return f"transfer_conference function set - {'|'.join(told)}|"


def _phones(fields: Fields) -> list[str]:
    """Return the numbers of multi_dial_phones, if it is long enough to count."""
    text = fields["multi_dial_phones"]
    return text.split(",") if len(text) > 4 else []


def _kept(phones: list[str]) -> list[str]:
    """Return the numbers with 5 to 18 digits, without those that are part of earlier ones."""
    kept: list[str] = []
    for phone in phones:
        if 5 <= len(phone) <= 18 and phone not in ",".join(kept):
            kept.append(phone)
    return kept


def _left_lately(asked: RequestContext) -> AgcAnswer | None:
    """Return the error of md_check, which VICIdial checks for press-1 calls only: earlier three-way calls continue."""
    left = sum(
        call.state is State.HANDED_OFF
        and call.outcome.last_agent == asked.session.agent
        and asked.now - (call.outcome.left or 0) < LEFT_LATELY
        for call in asked.world.calls.values()
    )
    check = asked.fields["md_check"]
    if left and _kept(_phones(asked.fields)) and re.search("YES", check, re.IGNORECASE):
        return error(f"agent_user has previous active 3-way calls - {asked.agent}|{left}|0|{check}", bare=True)
    return None


def _third_there(asked: RequestContext, call: Call) -> AgcAnswer | None:
    """Return the error of tw_check, which applies to any value: a third party is present."""
    check = asked.fields["tw_check"]
    if call.third and re.search("YES", check, re.IGNORECASE):
        return error(f"agent_user has current active 3-way call - {asked.agent}|1|0|{check}", bare=True)
    return None


def _not_ours(asked: RequestContext) -> str:
    """Return why the request is refused, or "". An argument that changes a connection is never ignored."""
    if asked.value not in TRANSFERS:
        return ""
    if _phones(asked.fields):
        return "multi_dial_phones (press 1 to take the call) is not supported"
    return caller_id.unclear(asked)


def _longest(asked: RequestContext, ingroup: Ingroup | None) -> float:
    return (
        ingroup.drop_call_seconds if ingroup else ring_time.get_agent_ring_seconds(asked.campaign.dial_timeout)
    ) + TO_ANSWER


TRANSFER_CONFERENCE = AgcFunction(
    _complete,
    _plan,
    needs="value (one of the table below), phone_number, ingroup_choices, consultative=YES, group_alias, cid_choice, "
    "dial_override=YES, multi_dial_phones, md_check, tw_check",
    does="transfers calls and handles third parties",
    differs="cid_choice and dial_override also apply to PARK_CUSTOMER_DIAL and BLIND_TRANSFER. "
    "The campaign's prefix goes before numbers of any length. "
    "multi_dial_phones is refused, because press-1 calls are not supported.",
)
