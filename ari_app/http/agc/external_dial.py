"""external_dial and preview_dial_action: a paused agent dials a customer, at once or after a look at the number."""

import re
from dataclasses import replace

from warmline.ari_app.http.agc import caller_id
from warmline.ari_app.http.agc.answers import Answer, Plan, error, impossible
from warmline.ari_app.http.agc.asked import Asked, Function, names_agent
from warmline.ari_app.http.agc.fields import Fields
from warmline.core.commands import Command, Kind
from warmline.core.session import AgentState

NEXT = "MANUALNEXT"
TO_ANSWER = 10.0  # seconds that wait=answer waits longer than the line may ring
ACTIONS = {
    "DIALONLY": Kind.DIAL,
    "SKIP": Kind.SKIP,
    "ALTDIAL": Kind.DIAL,
    "ADR3DIAL": Kind.DIAL,
    "FINISH": Kind.SKIP,
}
OTHER_NUMBERS = ("ALTDIAL", "ADR3DIAL", "FINISH")


def _complete(fields: Fields) -> bool:
    whom = _number(fields) or fields["value"] == NEXT or fields["lead_id"]
    told = all(len(fields[name]) > 1 for name in ("search", "preview", "focus"))
    return bool(whom) and told and names_agent(fields)


def _number(fields: Fields) -> str:
    return re.sub("[^0-9]", "", fields["value"])


def _not_free(asked: Asked) -> Answer | None:
    """VICIdial's api_manual_dial=STANDARD: who dials must be paused, and have given his last disposition."""
    if asked.session.state is AgentState.PAUSED:
        return None
    return error(f"agent_user is not paused - {asked.agent}", bare=True)


def _dial(asked: Asked) -> Plan | Answer:
    fields = asked.fields
    if problem := _not_free(asked) or caller_id.problem(asked) or _outbound_cid(asked):
        return problem
    number = _number(fields)
    if not number and fields["lead_id"]:
        return error(f"lead_id is not valid - {asked.agent}|{fields['lead_id']}", bare=True)
    code = fields["phone_code"] if fields["phone_code"].isdigit() else ""
    kind = Kind.PREVIEW if fields["preview"] == "YES" else Kind.DIAL
    shown = caller_id.chosen(asked, "") if fields["group_alias"] else ""
    command = replace(
        asked.command(kind), number=code + number, caller_id=shown, dial_override=fields["dial_prefix"] == "X"
    )
    done = _done(asked, number, shown)
    if why := _not_ours(fields):
        return impossible(command, why, done)
    return Plan(command, done, within=asked.campaign.dial_timeout + TO_ANSWER)


def _outbound_cid(asked: Asked) -> Answer | None:
    shown = asked.fields["outbound_cid"]
    if len(shown) < 2:
        return None
    return error(f"outbound_cid is not allowed on this system - {asked.agent}|{shown}|DISABLED", bare=True)


def _not_ours(fields: Fields) -> str:
    """What would have to be ignored is refused: nobody is dialled otherwise than he was asked to be."""
    if fields["value"] == NEXT:
        return f"{NEXT} is not supported: there is no list to dial from"
    if fields["dial_prefix"] not in ("", "X"):
        return "dial_prefix can be X, for none; the campaign's goes before the number otherwise"
    return ""


def _done(asked: Asked, number: str, shown: str) -> str:
    fields = asked.fields
    told = (
        number or fields["value"],
        asked.agent,
        fields["phone_code"],
        fields["search"],
        fields["preview"],
        fields["focus"],
        fields["vendor_id"],
        str(asked.now // 1_000_000),
        fields["dial_prefix"],
        fields["group_alias"],
        shown,
        fields["alt_dial"],
    )
    return f"external_dial function set - {'|'.join(told)}"


EXTERNAL_DIAL = Function(
    _complete,
    _dial,
    needs="value, the number's digits; search, preview (YES: look first) and focus, YES or NO each; phone_code, "
    "group_alias, dial_prefix=X",
    does="dials a customer for an agent who is paused; what the agent hears is the number's own ringing",
    differs="phone_code goes before the number only if it is given. dial_prefix can only be X: none instead of the "
    "campaign's. MANUALNEXT is refused: there is no list to dial from. The dial rules of the campaign count.",
    about=("value", "phone_code", "search", "preview", "focus", "lead_id", "agent_user", "alt_user"),
)


def _action(asked: Asked) -> Plan | Answer:
    allowed = asked.campaign.manual_preview_dial
    about = f"{asked.agent}|{asked.session.campaign}|{allowed}"
    if allowed == "DISABLED":
        return error(f"preview dialing not allowed on this campaign - {about}", bare=True)
    if asked.value == "SKIP" and allowed != "PREVIEW_AND_SKIP":
        return error(f"preview dial skipping not allowed on this campaign - {about}", bare=True)
    if asked.value in OTHER_NUMBERS:
        about = f"{asked.agent}|{asked.session.campaign}|N"
        return error(f"alt number dialing not allowed on this campaign - {about}", bare=True)
    if problem := _not_free(asked):
        return problem
    done = f"preview_dial_action function set - {asked.value}|{asked.agent}|{asked.value}"
    command: Command = asked.command(ACTIONS[asked.value])
    return Plan(command, done, within=asked.campaign.dial_timeout + TO_ANSWER)


PREVIEW_DIAL_ACTION = Function(
    lambda fields: fields["value"] in ACTIONS and names_agent(fields),
    _action,
    needs="value DIALONLY or SKIP",
    does="dials the number that external_dial with preview=YES showed, or leaves it",
    differs="ALTDIAL, ADR3DIAL and FINISH are not allowed in any campaign.",
    about=("value", "", "agent_user", "alt_user"),
)
