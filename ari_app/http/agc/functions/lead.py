"""The functions about leads: change the agent's current lead, switch a call to another lead, add a lead."""

from ari_app.http.agc.requests.answers import AgcAnswer, AgcLookup, AgcPlan, AgcWrite, error
from ari_app.http.agc.requests.fields import CUSTOM, GIVEN, Fields
from ari_app.http.agc.requests.repeated_requests import KEY_REUSED, sent
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext, names_agent
from ari_app.link.idempotency import fingerprint
from ari_app.records.record_writes import CreateLead, UpdateLead
from ari_app.records.write_results import NOT_ON_SCREEN
from warmline.core.messages.call_command_types import SwitchLead
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.leads import dnc, leads, screen_lead
from warmline.store.leads.leads import LeadOutcome
from warmline.text.coded_error import CodedError

# In the order of VICIdial's answers.
UPDATED = (
    *("phone_code", "address1", "address2", "address3", "alt_phone", "city", "comments", "country_code"),
    *("date_of_birth", "email", "first_name", "gender", "gmt_offset_now", "last_name", "middle_initial"),
    *("phone_number", "postal_code", "province", "security_phrase", "source_id", "state", "title"),
    *("vendor_lead_code", "rank", "owner"),
)
RELOADS = ("formreload", "scriptreload", "script2reload", "emailreload", "chatreload")  # panels of an agent screen
ADDED = tuple(name for name in UPDATED if name not in ("phone_number", "phone_code"))
YES = ("YES", "Y")
SEARCHES = "LIVE_CALL_INBOUND"  # a value of agent_lead_search
NO_LEAD = "agent_user does not have a lead on their screen"


def _update(asked: RequestContext) -> AgcLookup | AgcAnswer:
    if not asked.has_lead:
        return error(f"{NO_LEAD} - {asked.agent}")
    given = asked.fields[GIVEN].split()
    new = {name: asked.fields[name] for name in UPDATED if name in given}
    others = {name.removeprefix(CUSTOM): text for name, text in asked.fields.items() if name.startswith(CUSTOM)}
    reloads = [name for name in RELOADS if name in given]
    known = asked.call.lead if asked.call else 0
    needed = bool(known) or asked.call is None
    none = error(f"no fields have been defined - {asked.agent}")
    if needed and not (new or reloads or others):
        return none

    def work(db: str) -> AgcWrite | AgcAnswer:
        lead = known or leads.of_call(db, asked.session.call or asked.session.last.call)
        if not lead:
            return error(f"{NO_LEAD} - {asked.agent}")
        own = {name: others[name] for name in screen_lead.custom_names_of(db, lead) if name in others} if others else {}
        changed = new | own
        if needed and not (changed or reloads):
            return none
        names = ",".join((*changed, *reloads))
        who = f"{asked.fields['user']}|{asked.agent}|{lead}"
        told = ",".join(f'{name}="{text}"' for name, text in changed.items())

        def done(made: LeadOutcome) -> AgcAnswer:
            has_changed = int(bool(made.changed))
            return AgcAnswer(f"SUCCESS: update_fields lead updated - {who}|{has_changed}|1|{names}|{told}|\n")

        def refused(why: CodedError) -> AgcAnswer:
            gone = isinstance(why, NotFound) or why.code == NOT_ON_SCREEN
            return error(f"{NO_LEAD if gone else f'update_fields {why}'} - {asked.agent}")

        return AgcWrite(UpdateLead(lead, changed, asked.session.agent), done, refused)

    return AgcLookup(work)


UPDATE_FIELDS = AgcFunction(
    lambda fields: bool(fields["agent_user"]),
    _update,
    needs=f"at least one of {', '.join(f'`{name}`' for name in (*UPDATED, *RELOADS))}",
    does="changes fields and custom fields of the lead on the agent's screen: the lead of the call, until its "
    "disposition is given",
    differs="A field counts only if it is a parameter itself, not if its name is somewhere in the address. "
    "An invalid phone_number is refused. The names of panels to reload are only repeated, because there are no "
    "panels: every program that reads the lead gets its current fields.",
    about=("agent_user",),
    by_alt_user=False,
    complaint="agent_user not valid",
)


def _switch(asked: RequestContext) -> AgcLookup | AgcAnswer:
    call, campaign = asked.call, asked.session.campaign
    if call is None:
        return error(f"agent_user does not have a live call - {asked.agent}")
    if call.is_outbound:
        return AgcAnswer(f"ERROR: agent call is not inbound - {asked.agent}|{call.agc_id}")
    if campaign not in asked.world.rules.campaigns:
        return error(f"campaign not found - {asked.agent}|{campaign}")
    if asked.campaign.agent_lead_search != SEARCHES:
        return error(f"campaign does not allow inbound lead search - {asked.agent}|{campaign}")
    wanted, code = asked.fields["lead_id"], asked.fields["vendor_lead_code"]

    def work(db: str) -> AgcPlan | AgcAnswer:
        try:
            seen = asked.campaigns
            found = leads.with_vendor_code(db, code, seen) if code else leads.find(db, int(wanted[:18]), seen)
        except NotFound:
            found = None
        if found is None:
            return error(f"switch-to lead not found - {asked.agent}|{wanted}|{code}")
        command = asked.command(SwitchLead, lead=found["lead_id"], call=call.id)
        told = f"{asked.agent}|{found['lead_id']}|{found['vendor_lead_code']}|{campaign}|{call.lead}"
        return AgcPlan(command, f"switch_lead function set - {told}|")

    return AgcLookup(work)


def _names_lead(fields: Fields) -> bool:
    return names_agent(fields) and bool(fields["lead_id"].strip("0") or fields["vendor_lead_code"])


SWITCH_LEAD = AgcFunction(
    _names_lead,
    _switch,
    needs="lead_id or vendor_lead_code; vendor_lead_code takes precedence",
    does=f"moves the agent's inbound call to that lead, if the campaign's agent_lead_search is {SEARCHES}",
    about=("lead_id", "vendor_lead_code", "agent_user"),
)


def _add(asked: RequestContext) -> AgcLookup | AgcAnswer:
    fields, campaign, number = asked.fields, asked.session.campaign, asked.value
    no_list = error(f"campaign manual dial list undefined - {number}|{campaign}|{asked.agent}")
    if asked.campaigns is not None and not asked.campaigns.include(campaign):  # the checks below would show its lists
        return no_list
    wanted = asked.campaign.manual_dial_list_id
    given = fields[GIVEN].split()
    new = {name: fields[name] for name in ADDED if name in given}
    if fields["vendor_id"]:
        new["vendor_lead_code"] = fields["vendor_id"]
    new |= {"phone_number": number, "phone_code": fields["phone_code"]}

    who, key = asked.by, fields["idempotency_key"]
    request = leads.LeadRequest(who, key, fingerprint(sent(fields))) if key else None

    def done(made: LeadOutcome) -> AgcAnswer:
        return AgcAnswer(f"SUCCESS: lead added - {number}|{campaign}|{wanted}|{made.lead}|{asked.agent}\n")

    def refused(why: CodedError) -> AgcAnswer:
        if isinstance(why, Conflict):
            return error(f"external_add_lead {KEY_REUSED} - {number}|{asked.agent}")
        if isinstance(why, NotFound):
            return no_list
        return error(f"lead insertion failed - {number}|{campaign}|{wanted}|{asked.agent}")

    def work(db: str) -> AgcWrite | AgcAnswer:
        try:
            before = leads.made_by(db, request) if request else None
        except Conflict as why:
            return refused(why)
        if before:
            return done(before)
        on_a_list = _on_a_list(asked, db)
        write = CreateLead(wanted, new, who, *request[1:] if request else ())
        return AgcAnswer(on_a_list) if on_a_list else AgcWrite(write, done, refused)

    return AgcLookup(work)


def _on_a_list(asked: RequestContext, db: str) -> str:
    """Return a line for each requested do-not-call list that contains the number."""
    number, campaign, lines = asked.value, asked.session.campaign, ""
    if asked.fields["dnc_check"] in YES and dnc.listed(db, number):
        lines += f"ERROR: add_lead PHONE NUMBER IN DNC - {number}|{asked.agent}\n"
    if asked.fields["campaign_dnc_check"] in YES and dnc.listed(db, number, campaign, own=True):
        lines += f"ERROR: add_lead PHONE NUMBER IN CAMPAIGN DNC - {number}|{campaign}|{asked.agent}\n"
    return lines


def _number_is_value(fields: Fields) -> Fields:
    return {**fields, "value": fields["value"] or fields["phone_number"]}


def _names_number(fields: Fields) -> bool:
    named = len(fields["agent_user"]) > 1 or len(fields["alt_user"]) > 1
    return named and bool(fields["phone_code"]) and len(fields["value"]) > 1


EXTERNAL_ADD_LEAD = AgcFunction(
    _names_number,
    _add,
    needs="value or phone_number; phone_code; dnc_check=YES, campaign_dnc_check=YES; fields of a lead",
    does="creates a lead in the campaign's manual_dial_list_id",
    differs="A do-not-call list matches a number with or without its country code. A user needs the role manager or "
    "admin. A user group with allowed_campaigns adds leads for agents in these campaigns only.",
    about=("value", "phone_code", "agent_user", "alt_user"),
    tidy=_number_is_value,
    scope="leads:write",
)
