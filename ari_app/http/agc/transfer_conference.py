"""transfer_conference: third parties and transfers, told apart by `value`."""

from warmline.ari_app.http.agc.answers import Answer, error
from warmline.ari_app.http.agc.asked import Asked, names_agent
from warmline.ari_app.http.agc.fields import Fields
from warmline.core.call.states import State
from warmline.core.commands import Command, Kind

DIALS = ("DIAL_WITH_CUSTOMER", "PARK_CUSTOMER_DIAL", "BLIND_TRANSFER", "LEAVE_VM", "LOCAL_CLOSER")
ENDS = ("LEAVE_3WAY_CALL", "HANGUP_XFER", "HANGUP_BOTH")
NOT_YET = ("PARK_CUSTOMER_DIAL", "BLIND_TRANSFER", "LEAVE_VM", "LOCAL_CLOSER")

CID_CHOICES = ("CAMPAIGN", "AGENT_PHONE", "CUSTOMER", "CUSTOM_CID")
LEFT_LATELY = 30 * 60 * 1_000_000  # microseconds in which a left 3-way counts for md_check


def complete(fields: Fields) -> bool:
    """Whether value and agent are there."""
    return len(fields["value"]) >= 8 and names_agent(fields)


def command(asked: Asked) -> Command | Answer:
    """The core's command, or the first check that fails."""
    if asked.call is None:
        return error(f"agent_user does not have a live call - {asked.agent}")
    if asked.value in DIALS:
        problem = _caller_id_problem(asked)
    elif asked.value in ENDS:
        problem = None
    else:
        problem = error(f"value is not valid - {asked.value}|{asked.fields['user']}")
    return problem or _three_way_problem(asked) or _not_yet(asked) or _command(asked)


def done(asked: Asked) -> str:
    """The line of success; arguments that the value does not use are repeated too."""
    fields, call = asked.fields, asked.call
    assert call is not None
    told = (
        asked.value,
        fields["ingroup_choices"],
        fields["phone_number"],
        "YES" if _consultative(asked) else "NO",
        asked.agent,
        call.agc_id,
    )
    return f"transfer_conference function set - {'|'.join(told)}|"


def _consultative(asked: Asked) -> bool:
    return asked.fields["consultative"] == "YES"


def _caller_id_problem(asked: Asked) -> Answer | None:
    alias, choice = asked.fields["group_alias"], asked.fields["cid_choice"]
    if len(alias) > 1:  # there are no group aliases yet, so none is known
        return error(f"group_alias is not valid - {asked.agent}|{alias}", bare=True)
    if len(choice) > 1 and not any(known in choice for known in CID_CHOICES):
        return error(f"cid_choice is not valid - {asked.agent}|{choice}", bare=True)
    return None


def _three_way_problem(asked: Asked) -> Answer | None:
    """The two checks that a client may ask for, with any value: no older, no present 3-way call."""
    assert asked.call is not None
    left = sum(
        call.state is State.HANDED_OFF
        and call.last_agent == asked.session.agent
        and asked.now - (call.left or 0) < LEFT_LATELY
        for call in asked.world.calls.values()
    )
    if left and asked.fields["md_check"] == "YES":
        return error(f"agent_user has previous active 3-way calls - {asked.agent}|{left}|0|YES")
    if asked.call.third and asked.fields["tw_check"] == "YES":
        return error(f"agent_user has current active 3-way call - {asked.agent}|1|0|YES")
    return None


def _not_yet(asked: Asked) -> Answer | None:
    """What would have to be ignored is refused: nobody is connected otherwise than he was asked to be."""
    fields, campaign = asked.fields, asked.campaign
    if asked.value not in DIALS:
        return None
    if asked.value in NOT_YET or _consultative(asked):
        what = "value"
    elif len(fields["multi_dial_phones"]) >= 5:
        what = "multi_dial_phones"
    elif len(fields["cid_choice"]) > 1 and fields["cid_choice"] != campaign.three_way_call_cid:
        what = "cid_choice"
    elif fields["dial_override"] == "YES" and campaign.dial_prefix:
        what = "dial_override"
    else:
        return None
    return error(f"transfer_conference {what} is not supported yet - {asked.value}|{asked.agent}")


def _command(asked: Asked) -> Command:
    kind = Kind(asked.value)
    number = asked.fields["phone_number"] if kind is Kind.DIAL_WITH_CUSTOMER else ""
    return Command(kind, asked.session.agent, number=number)
