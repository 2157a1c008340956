"""update_lead and batch_update_lead."""

import re
from typing import NamedTuple

from ari_app.records.record_writes import MOST_CALLS, DeleteLead, UpdateLead
from warmline.core.rules import number_text
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row
from warmline.store.leads import keyed_leads
from warmline.store.leads.duplicate_leads import IN_CAMPAIGN, IN_LIST, IN_SYSTEM
from warmline.store.leads.keyed_leads import LEAD_ID, PHONE_NUMBER, VENDOR_LEAD_CODE, LeadKey
from warmline_contrib.vicidial_api.functions import callbacks_of_leads, dialling, given_fields, lead_add, lead_values
from warmline_contrib.vicidial_api.functions.lead_add import SHORTEST_LIST
from warmline_contrib.vicidial_api.functions.lead_reads import LONGEST_NUMBER, SHORTEST_NUMBER
from warmline_contrib.vicidial_api.lookups import list_facts
from warmline_contrib.vicidial_api.requests.non_agent_fields import BLANK
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "leads:write"
# In the order in which they are tried; a word of `search_method` names each.
METHODS = {"LEAD_ID": LEAD_ID, "VENDOR_LEAD_CODE": VENDOR_LEAD_CODE, "PHONE_NUMBER": PHONE_NUMBER}
PLACES = {"LIST": IN_LIST, "CAMPAIGN": IN_CAMPAIGN}
SHORTEST_METHOD = 6  # characters of `search_method`
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
        return asked.error(f"NO VALID SEARCH METHOD - {asked.by}|{_method(asked)}|{who.partition('|')[2]}")
    list_id, is_bound = asked["list_id"], asked.campaigns is not None and len(asked["list_id"]) >= SHORTEST_LIST
    if is_bound and not await asked.look(list_facts.found, list_id, asked.campaigns):
        return asked.error(f"NOT AN ALLOWED LIST ID, SEARCH - {given_fields.number(asked)}|{list_id}")
    moved = await _refused_list(asked)
    if moved:
        return asked.error(f"{moved} - {asked['phone_number']}|{asked['list_id_field']}")
    leads = await _found(asked, searches)
    if asked.is_on("no_update"):
        return asked.line(
            "NOTICE", _only_found(asked, leads[0]) if leads else f"NO MATCHES FOUND IN THE SYSTEM: |{who}"
        )
    if not leads and asked.is_on("insert_if_not_found"):
        return await _inserted(asked, who)
    if not leads:
        return asked.error(f"NO MATCHES FOUND IN THE SYSTEM: |{who}")
    edits = _edits(asked)
    return "".join([await _of_lead(asked, lead, edits) for lead in leads])


async def batch_update_lead(asked: NonAgentRequest) -> str:
    """Give several leads the same values."""
    ids = sorted(
        {int(one) for one in re.split("[, ]+", asked["lead_ids"]) if re.fullmatch("[0-9]{1,18}", one)}, reverse=True
    )
    if not ids:
        return asked.error(f"NO LEADS DEFINED - {asked.by}|")
    if why := await _refused_list(asked):
        return asked.error(f"{why} - {asked.by}|{asked['list_id_field']}")
    most = int(asked["records"]) if re.fullmatch("[1-9][0-9]{0,2}", asked["records"]) else MOST
    found = [lead for one in ids[:most] if (lead := await lead_values.of_lead(asked, str(one)))]
    if not found:
        return asked.error(f"NO MATCHES FOUND IN THE SYSTEM: |{asked.by}|{asked['lead_ids']}")
    edits = _edits(asked)
    if not edits.are_any():
        return ""
    changed = [await _edited(asked, lead, edits, {}) for lead in found]
    told = ",".join(str(lead["lead_id"]) for lead in found)
    return asked.line("SUCCESS", f"LEADS HAVE BEEN UPDATED - {asked.by}|{sum(map(bool, changed))}|{len(found)}|{told}")


def _searches(asked: NonAgentRequest) -> list[LeadKey]:
    method = _method(asked)
    wanted = [by for word, by in METHODS.items() if word in method]
    list_id = asked["list_id"] if len(asked["list_id"]) >= SHORTEST_LIST else ""
    where = PLACES.get(asked["search_location"].upper(), IN_SYSTEM) if list_id else IN_SYSTEM
    keys = [LeadKey(by, _value(asked, by), where, list_id) for by in wanted if _value(asked, by)]
    return [key for key in keys if key.by != PHONE_NUMBER or SHORTEST_NUMBER <= len(key.value) <= LONGEST_NUMBER]


def _method(asked: NonAgentRequest) -> str:
    """Return the given words for the ways to search; a short one means the usual way."""
    method = asked["search_method"]
    return method if len(method) >= SHORTEST_METHOD else "LEAD_ID"


def _value(asked: NonAgentRequest, by: str) -> str:
    return asked[by] if by == VENDOR_LEAD_CODE else number_text.to_digits(asked[by])


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
    number, code, list_id = given_fields.number(asked), asked["phone_code"], asked["list_id_field"] or asked["list_id"]
    told = asked.line("NOTICE", f"NO MATCHES FOUND IN THE SYSTEM: |{who}")
    if not SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER or not code or len(list_id) < SHORTEST_LIST:
        wanted = f"{number}|{code}|{list_id}|{asked['insert_if_not_found']}"
        return told + asked.error(f"INVALID DATA FOR LEAD INSERTION - {asked.by}|{wanted}")
    of_list = await asked.look(list_facts.found, list_id, asked.campaigns)
    if not of_list:
        bound = asked.campaigns is not None
        why = "NOT AN ALLOWED LIST ID, INSERT" if bound else lead_add.undefined_list(asked)
        return told + asked.error(f"{why} - {number}|{list_id}")
    status = "" if asked["status"] == BLANK else asked["status"]
    return told + await lead_add.added(asked, of_list[0], [], status)


def _only_found(asked: NonAgentRequest, lead: Row) -> str:
    """Return the words about the first lead of a search that changes nothing."""
    given = (asked["lead_id"] or lead["lead_id"], asked["vendor_lead_code"], given_fields.number(asked))
    values = (asked.by, *given, lead["list_id"], lead_values.entry_list(lead))
    return f"LEADS FOUND IN THE SYSTEM: |{'|'.join(map(str, values))}"


def _edits(asked: NonAgentRequest) -> WantedEdits:
    """Return the changes; the vendor code by which a lead was found counts as one, as in VICIdial."""
    fields = given_fields.of_lead(asked)
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
    if asked.is_on("delete_lead"):
        return await _deleted(asked, lead)
    if asked["multi_alt_phones"]:
        of_list = await asked.look(list_facts.found, edits.list_id or lead["list_id"])
        numbers = given_fields.further(asked, of_list[0].country if of_list else "")
        edits = edits._replace(fields=edits.fields | given_fields.as_field(numbers))
    own, notice = await _of_own(asked, lead, edits)
    line = ""
    if edits.are_any() or own:
        changed = await _edited(asked, lead, edits, own)
        if edits.are_any():
            line = asked.line("SUCCESS", f"LEAD HAS BEEN UPDATED - {asked.by}|{lead_id}|{int(bool(changed))}|||")
    of_callback = await callbacks_of_leads.of_known_lead(asked, lead)
    own_deleted = asked.is_on("delete_cf_data")
    lines = [notice, line, of_callback] if own_deleted else [line, of_callback, notice]
    lines.append(await dialling.put_first(asked, lead_id, number))
    lines.append(await dialling.not_first(asked, lead_id, number))
    return "".join(lines)


async def _deleted(asked: NonAgentRequest, lead: Row) -> str:
    who, number = f"{asked.by}|{lead['lead_id']}", given_fields.number(asked)
    try:
        await asked.write(DeleteLead(lead["lead_id"]))
    except NotFound:
        return asked.error(f"NO MATCHES FOUND IN THE SYSTEM: |{who}||")
    told = asked.line("SUCCESS", f"LEAD HAS BEEN DELETED 0|0 - {who}|1|0|0|")
    if asked.is_on("custom_fields") and (entry := lead_values.entry_list(lead)) != "0":
        values = (number, lead["lead_id"], lead["list_id"], entry, entry, 1)
        told += asked.line("NOTICE", f"CUSTOM FIELDS ENTRY DELETED - {'|'.join(map(str, values))}")
    return told


async def _of_own(asked: NonAgentRequest, lead: Row, edits: WantedEdits) -> tuple[dict[str, str], str]:
    """Return the custom fields that are given, and the line about them."""
    lead_id, number, entry = lead["lead_id"], given_fields.number(asked), lead_values.entry_list(lead)
    before, list_id = lead_values.own_values(lead), edits.list_id or lead["list_id"]
    names = tuple(before)
    if edits.list_id:
        names = (await asked.look(list_facts.found, list_id, asked.campaigns))[0].custom_fields
    if asked.is_on("delete_cf_data"):
        count = int(entry != "0")
        told = f"CUSTOM FIELDS DATA HAS BEEN DELETED - {asked.by}|{lead_id}|{entry}|{count}|{count or ''}"
        return dict.fromkeys(names, ""), asked.line("NOTICE", told)
    if not asked.is_on("custom_fields"):
        return {}, ""
    own = given_fields.of_list(asked, names)
    if not names:
        why = "NO CUSTOM FIELDS DEFINED FOR THIS LIST"
        return {}, asked.line("NOTICE", f"CUSTOM FIELDS NOT ADDED, {why} - {number}|{lead_id}|{lead['list_id']}")
    if not own:
        return {}, ""
    changed = int(entry == "0" or any(before.get(name) != text for name, text in own.items()))
    told = f"CUSTOM FIELDS VALUES UPDATED - {number}|{lead_id}|{lead['list_id']}|{entry}|{list_id}|{changed}"
    return own, asked.line("NOTICE", told)
