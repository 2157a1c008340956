"""update_lead and batch_update_lead."""

import re
from typing import NamedTuple

from ari_app.http.non_agent.functions import callbacks_of_leads, dialling, given_fields, lead_add, lead_values
from ari_app.http.non_agent.requests.non_agent_fields import BLANK
from ari_app.http.non_agent.requests.non_agent_request import NonAgentRequest
from ari_app.records.record_writes import MOST_CALLS, DeleteLead, UpdateLead
from warmline.leads import phone_numbers
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row
from warmline.store.leads import keyed_leads
from warmline.store.leads.keyed_leads import LEAD_ID, PHONE_NUMBER, VENDOR_LEAD_CODE, LeadKey
from warmline.store.leads.known_leads import IN_CAMPAIGN, IN_LIST, IN_SYSTEM
from warmline.store.lookups import list_facts

SCOPE = "leads:write"
# In the order in which they are tried; a word of `search_method` names each.
METHODS = {"LEAD_ID": LEAD_ID, "VENDOR_LEAD_CODE": VENDOR_LEAD_CODE, "PHONE_NUMBER": PHONE_NUMBER}
PLACES = {"LIST": IN_LIST, "CAMPAIGN": IN_CAMPAIGN}
MOST = 100  # leads in a request


class WantedEdits(NamedTuple):
    """The changes that a request makes to each lead, beside its custom fields."""

    fields: dict[str, str]
    list_id: str | None
    user: str | None
    called_count: int | None
    reset: bool

    def are_any(self) -> bool:
        """Return whether there is any change."""
        return bool(self.fields or self.reset) or any(
            one is not None for one in (self.list_id, self.user, self.called_count)
        )


async def update_lead(asked: NonAgentRequest) -> str:
    """Change, delete or only find leads, or add one if none is found."""
    searches = _searches(asked)
    who = f"{asked.by}|{_value(asked, LEAD_ID)}|{asked['vendor_lead_code']}|{given_fields.number(asked)}"
    if not searches:
        return asked.error(f"NO VALID SEARCH METHOD: |{asked.by}|{asked['search_method']}|{who.partition('|')[2]}")
    moved = await _refused_list(asked)
    if moved:
        return asked.error(f"{moved} - {asked['phone_number']}|{asked['list_id_field']}")
    leads = await _found(asked, searches)
    if not leads and asked.is_on("no_update"):
        return asked.line("NOTICE", f"NO MATCHES FOUND IN THE SYSTEM: |{who}")
    if not leads and asked.is_on("insert_if_not_found"):
        return await _inserted(asked, who)
    if not leads:
        return asked.error(f"NO MATCHES FOUND IN THE SYSTEM: |{who}")
    edits = _edits(asked, searches[0].by)
    return "".join([await _of_lead(asked, lead, edits) for lead in leads])


async def batch_update_lead(asked: NonAgentRequest) -> str:
    """Give several leads the same values."""
    ids = sorted({int(one) for one in asked["lead_ids"].split(",") if re.fullmatch("[0-9]{1,18}", one)}, reverse=True)
    if not ids:
        return asked.error(f"NO LEADS DEFINED - {asked.by}|")
    if why := await _refused_list(asked):
        return asked.error(f"{why} - {asked.by}|{asked['list_id_field']}")
    most = int(asked["records"]) if re.fullmatch("[1-9][0-9]{0,2}", asked["records"]) else MOST
    found = [lead for one in ids[:most] if (lead := await lead_values.of_lead(asked, str(one)))]
    if not found:
        return asked.error(f"NO LEADS FOUND - {asked.by}|0|{asked['lead_ids']}")
    edits = _edits(asked, LEAD_ID)
    changed = [await _edited(asked, lead, edits, {}) for lead in found]
    told = ",".join(str(lead["lead_id"]) for lead in found)
    return asked.line("SUCCESS", f"LEADS HAVE BEEN UPDATED - {asked.by}|{len(found)}|{sum(map(bool, changed))}|{told}")


def _searches(asked: NonAgentRequest) -> list[LeadKey]:
    method = asked["search_method"].upper()
    wanted = [by for word, by in METHODS.items() if word in method] or [LEAD_ID]
    where = PLACES.get(asked["search_location"].upper(), IN_SYSTEM)
    return [LeadKey(by, _value(asked, by), where, asked["list_id"]) for by in wanted if _value(asked, by)]


def _value(asked: NonAgentRequest, by: str) -> str:
    return asked[by] if by == VENDOR_LEAD_CODE else phone_numbers.digits(asked[by])


async def _found(asked: NonAgentRequest, searches: list[LeadKey]) -> list[Row]:
    records = int(asked["records"]) if re.fullmatch("[1-9][0-9]{0,2}", asked["records"]) else 1
    for search in searches:
        if leads := await asked.look(keyed_leads.found, search, asked.campaigns, min(records, MOST)):
            return leads
    return []


async def _refused_list(asked: NonAgentRequest) -> str:
    """Return why the leads cannot be moved to the given list, or ""."""
    list_id = asked["list_id_field"]
    found = await asked.look(list_facts.found, list_id, asked.campaigns) if list_id else []
    if found or not list_id:
        return ""
    return "NOT AN ALLOWED LIST ID" if asked.campaigns is not None else lead_add.undefined_list(asked)


async def _inserted(asked: NonAgentRequest, who: str) -> str:
    number, code, list_id = given_fields.number(asked), asked["phone_code"], asked["list_id"]
    if len(number) < phone_numbers.SHORTEST or not code or not list_id:
        return asked.error(f"INVALID DATA FOR LEAD INSERTION: |{asked.by}|{number}|{code}|{list_id}")
    of_list = await asked.look(list_facts.found, list_id, asked.campaigns)
    if not of_list:
        bound = asked.campaigns is not None
        why = "NOT AN ALLOWED LIST ID, INSERT" if bound else lead_add.undefined_list(asked)
        return asked.error(f"{why} - {number}|{list_id}")
    told = asked.line("NOTICE", f"NO MATCHES FOUND IN THE SYSTEM: |{who}")
    return told + await lead_add.added(asked, of_list[0], [])


def _edits(asked: NonAgentRequest, found_by: str) -> WantedEdits:
    """Return the changes; the field by which a lead was found stays."""
    fields = given_fields.of_lead(asked)
    if found_by == VENDOR_LEAD_CODE:
        fields.pop(VENDOR_LEAD_CODE, None)
    if asked["status"] not in ("", BLANK):
        fields["status"] = asked["status"]
    if asked.is_on("update_phone_number") and given_fields.number(asked):
        fields[PHONE_NUMBER] = given_fields.number(asked)
    user, calls = asked["user_field"], asked["called_count"]
    return WantedEdits(
        fields,
        asked["list_id_field"] or None,
        ("" if user == BLANK else user) if user else None,
        min(int(calls), MOST_CALLS) if re.fullmatch("[0-9]{1,9}", calls) else None,
        asked.is_on("reset_lead"),
    )


async def _edited(asked: NonAgentRequest, lead: Row, edits: WantedEdits, own: dict[str, str]) -> int:
    """Change a lead; return how many values changed."""
    wanted = UpdateLead(
        lead["lead_id"],
        edits.fields | own,
        to_list=edits.list_id or "",
        user=edits.user,
        called_count=edits.called_count,
        reset=edits.reset,
    )
    return (await asked.write(wanted)).changed


async def _of_lead(asked: NonAgentRequest, lead: Row, edits: WantedEdits) -> str:
    """Do to a lead what the request says, and return the lines about it."""
    lead_id, number = lead["lead_id"], given_fields.number(asked)
    if asked.is_on("no_update"):
        values = (asked.by, lead_id, asked["vendor_lead_code"], number, lead["list_id"], lead_values.entry_list(lead))
        return asked.line("NOTICE", f"LEADS FOUND IN THE SYSTEM: |{'|'.join(map(str, values))}")
    if asked.is_on("delete_lead"):
        return await _deleted(asked, lead)
    lines = []
    if asked["multi_alt_phones"]:
        of_list = await asked.look(list_facts.found, edits.list_id or lead["list_id"])
        numbers = given_fields.further(asked, of_list[0].country if of_list else "")
        edits = edits._replace(fields=edits.fields | given_fields.as_field(numbers))
    own, notice = await _of_own(asked, lead, edits)
    if edits.are_any() or own:
        changed = await _edited(asked, lead, edits, own)
        if edits.are_any():
            lines.append(asked.line("SUCCESS", f"LEAD HAS BEEN UPDATED - {asked.by}|{lead_id}|{int(bool(changed))}|||"))
    lines.append(notice)
    lines.append(await callbacks_of_leads.of_known_lead(asked, lead))
    lines.append(await dialling.put_first(asked, lead_id))
    lines.append(await dialling.not_first(asked, lead_id, lead["phone_number"]))
    return "".join(lines)


async def _deleted(asked: NonAgentRequest, lead: Row) -> str:
    who = f"{asked.by}|{lead['lead_id']}"
    try:
        await asked.write(DeleteLead(lead["lead_id"]))
    except NotFound:
        return asked.error(f"NO MATCHES FOUND IN THE SYSTEM: |{who}||")
    told = asked.line("SUCCESS", f"LEAD HAS BEEN DELETED 0|0 - {who}|1|0|0|")
    if asked.is_on("custom_fields") and lead_values.entry_list(lead) != "0":
        told += asked.line("NOTICE", f"CUSTOM FIELDS ENTRY DELETED 1 - {who}|{lead['list_id']}")
    return told


async def _of_own(asked: NonAgentRequest, lead: Row, edits: WantedEdits) -> tuple[dict[str, str], str]:
    """Return the custom fields that are given, and the line about them."""
    lead_id, number, entry = lead["lead_id"], given_fields.number(asked), lead_values.entry_list(lead)
    names = tuple(lead_values.own_values(lead))
    list_id = edits.list_id or lead["list_id"]
    if edits.list_id:
        names = (await asked.look(list_facts.found, list_id, asked.campaigns))[0].custom_fields
    if asked.is_on("delete_cf_data"):
        told = f"CUSTOM FIELDS DATA HAS BEEN DELETED - {asked.by}|{lead_id}|1|1"
        return dict.fromkeys(names, ""), asked.line("NOTICE", told)
    if not asked.is_on("custom_fields"):
        return {}, ""
    own = given_fields.of_list(asked, names)
    if not own:
        why = "NO FIELDS DEFINED" if names else "NO CUSTOM FIELDS DEFINED FOR THIS LIST"
        return {}, asked.line("NOTICE", f"CUSTOM FIELDS NOT UPDATED, {why} - {number}|{lead_id}|{list_id}")
    told = f"CUSTOM FIELDS VALUES UPDATED - {number}|{lead_id}|{list_id}|{entry}|{list_id}|1"
    return own, asked.line("NOTICE", told)
