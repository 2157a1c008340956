"""external_dial and preview_dial_action: a paused agent dials a customer, at once or after a preview of the number."""

from dataclasses import replace

from ari_app.http.agc.functions import caller_id
from ari_app.http.agc.requests.answers import AgcAnswer, AgcLookup, AgcPlan, error, impossible
from ari_app.http.agc.requests.fields import Fields
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext, only_in_value
from warmline.core.commands.command_registry import find_function_commands
from warmline.core.messages.agent_command_types import CustomerDial, Dial, DialNext, Preview
from warmline.core.model.call_states import AgentState, State
from warmline.core.receipts import repeated_dials
from warmline.core.rules import number_text, ring_time
from warmline.leads import more_numbers
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row
from warmline.store.leads import leads

NEXT = "MANUALNEXT"
OTHER_PREFIX = "dial_prefix can be X, for none; the campaign's goes before the number otherwise"
TO_ANSWER = 10.0  # seconds that wait=answer waits beyond the ring time
ACTIONS = find_function_commands("preview_dial_action")
OTHER_NUMBERS = ("ALTDIAL", "ADR3DIAL", "FINISH")
# The fields of a lead that have a number, by the values of alt_dial.
NUMBERS = {"MAIN": "phone_number", "ALT": "alt_phone", "ADDR3": "address3"}


def _complete(fields: Fields) -> bool:
    whom = len(fields["value"]) > 1 or bool(fields["lead_id"])
    return whom and all(len(fields[name]) > 1 for name in ("search", "preview", "focus")) and _names_agent(fields)


def _names_agent(fields: Fields) -> bool:
    return len(fields["agent_user"]) > 1 or len(fields["alt_user"]) > 1


def _tidy(fields: Fields) -> Fields:
    return fields if fields["value"] == NEXT else only_in_value("[0-9]")(fields)


def _not_free(asked: RequestContext, number: str = "") -> AgcAnswer | None:
    """Return the error for an agent who may not dial, or None.

    As with VICIdial's api_manual_dial=STANDARD, the agent must be paused and must have set the last disposition.
    The same number again, while it rings, counts as the first dial.
    """
    again = number and repeated_dials.find_customer_dial(asked.world, asked.session, number, asked.now)
    if again or asked.session.state is AgentState.PAUSED:
        return None
    return error(f"agent_user is not paused - {asked.agent}", bare=True)


def _dial(asked: RequestContext) -> AgcPlan | AgcAnswer | AgcLookup:
    dials = asked.call is not None and asked.call.state is State.DIALING_OUT  # may be this number: see _dial_number
    if problem := (None if dials else _not_free(asked)) or caller_id.problem(asked) or _outbound_cid(asked):
        return problem
    if asked.fields["lead_id"]:
        return AgcLookup(lambda db: _dial_lead(asked, db))
    if asked.value == NEXT:
        command = asked.command(DialNext, preview=asked.fields["preview"] == "YES")
        return AgcPlan(command, _done(asked, NEXT, ""), within=_longest(asked))
    if odd := asked.fields["odd_value"] or asked.fields["odd_phone_code"]:
        return _not_valid(asked, odd)
    return _dial_number(asked, asked.value)


def _dial_lead(asked: RequestContext, db: str) -> AgcPlan | AgcAnswer:
    """Return the plan for the lead's number: the one of alt_dial, or the one that equals value (SEARCH)."""
    wanted, choice = asked.fields["lead_id"], asked.fields["alt_dial"]
    try:
        lead = leads.find(db, int(wanted[:18]), asked.campaigns)
    except NotFound:
        return error(f"lead_id is not valid - {asked.agent}|{wanted}", bare=True)
    if choice == "SEARCH":
        choice = next((name for name, field in NUMBERS.items() if lead[field] == asked.value), "")
        further = "" if choice else _further(lead, asked.value)
        if further:
            plain = replace(asked, fields={**asked.fields, "phone_code": "", "alt_dial": ""})
            return _dial_number(plain, further, lead["lead_id"])
        if not choice:
            return error(f"phone number lead_id search not found - {asked.agent}||{wanted}|", bare=True)
    text = lead[NUMBERS.get(choice, "phone_number")]
    number = number_text.to_digits(text)
    fields = {**asked.fields, "phone_code": lead["phone_code"], "alt_dial": choice}
    asked = replace(asked, fields=fields)
    if len(number) < 2:
        return _not_valid(asked, number)
    return _dial_number(asked, number, lead["lead_id"])


def _further(lead: Row, value: str) -> str:
    """Return the further number of a lead that equals a value, as it is dialled, or ""."""
    code = lead["phone_code"]
    numbers = more_numbers.read(lead[more_numbers.FIELD])
    return next((one.whole(code) for one in numbers if value in (one.digits, one.whole(code))), "")


def _not_valid(asked: RequestContext, number: str) -> AgcAnswer:
    """Return VICIdial's error for an invalid number, and for one that would be dialled as another number."""
    about = f"{asked.agent}|{number}|{asked.fields['lead_id']}|{asked.fields['alt_dial']}"
    return error(f"phone number is not valid - {about}", bare=True)


def _dial_number(asked: RequestContext, number: str, lead: int = 0) -> AgcPlan | AgcAnswer:
    fields = asked.fields
    code = fields["phone_code"] if fields["phone_code"].isdigit() else ""
    shape: type[CustomerDial] = Preview if fields["preview"] == "YES" else Dial
    shown = caller_id.chosen(asked, "") if fields["group_alias"] else ""
    override = fields["dial_prefix"] == "X"
    command = asked.command(shape, number=code + number, lead=lead, caller_id=shown, dial_override=override)
    if problem := _not_free(asked, command.number if shape is Dial else ""):
        return problem
    done = _done(asked, number, shown)
    if fields["dial_prefix"] not in ("", "X"):  # an unknown prefix is refused, not ignored
        return impossible(command, OTHER_PREFIX, done)
    return AgcPlan(command, done, within=_longest(asked), shows=bool(lead))


def _outbound_cid(asked: RequestContext) -> AgcAnswer | None:
    shown = asked.fields["outbound_cid"]
    if len(shown) < 2:
        return None
    return error(f"outbound_cid is not allowed on this system - {asked.agent}|{shown}|DISABLED", bare=True)


def _done(asked: RequestContext, number: str, shown: str) -> str:
    fields = asked.fields
    told = (
        number,
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


EXTERNAL_DIAL = AgcFunction(
    _complete,
    _dial,
    needs="value, the number's digits or MANUALNEXT, or lead_id. alt_dial: MAIN, ALT, ADDR3 or SEARCH (the lead's "
    "number that equals value). search, preview and focus: YES or NO (preview=YES: preview first). phone_code, "
    "group_alias, dial_prefix=X",
    does="dials a customer for a paused agent; the agent hears the ringing of the dialled network",
    differs="The phone_code of the request or the lead goes before the number, if there is one. dial_prefix can only "
    "be X, which turns off the campaign's prefix. A previewed number (preview=YES) counts against "
    "daily_limit_manual, so that leads cannot be read one by one. MANUALNEXT takes the lead that warmline dial hopper "
    "shows first. The campaign's dial rules apply. A number without lead_id uses the existing lead with that number, "
    "whatever search says, or creates a lead in the campaign's manual_dial_list_id.",
    about=("value", "phone_code", "search", "preview", "focus", "lead_id", "agent_user", "alt_user"),
    tidy=_tidy,
)


def _action(asked: RequestContext) -> AgcPlan | AgcAnswer:
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
    return AgcPlan(asked.command(ACTIONS[asked.value]), done, within=_longest(asked))


def _longest(asked: RequestContext) -> float:
    return ring_time.get_agent_ring_seconds(asked.campaign.dial_timeout) + TO_ANSWER


PREVIEW_DIAL_ACTION = AgcFunction(
    lambda fields: fields["value"] in ACTIONS and _names_agent(fields),
    _action,
    needs="value DIALONLY or SKIP",
    does="dials the number that external_dial with preview=YES showed, or skips it",
    differs="ALTDIAL, ADR3DIAL and FINISH are not allowed in any campaign.",
    about=("value", "", "agent_user", "alt_user"),
    tidy=only_in_value("[A-Z0-9]"),
)
