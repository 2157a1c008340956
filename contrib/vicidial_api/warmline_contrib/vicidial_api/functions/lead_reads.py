"""The functions that read leads."""

import re
from datetime import date, datetime, timedelta
from itertools import chain

from warmline.core.rules import number_text
from warmline.store.database.reading import Row
from warmline.store.leads import keyed_leads
from warmline.store.leads.duplicate_leads import IN_CAMPAIGN, IN_LIST, IN_SYSTEM
from warmline.store.leads.keyed_leads import LEAD_ID, PHONE_NUMBER, VENDOR_LEAD_CODE, LeadKey
from warmline_contrib.vicidial_api.functions import lead_values
from warmline_contrib.vicidial_api.lookups import list_facts
from warmline_contrib.vicidial_api.requests.answer_rows import time_of
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "leads:read"
MOST_VALUES = 100  # of a search
SHORTEST_NUMBER, LONGEST_NUMBER = 6, 18  # digits
SHORTEST_METHOD, SHORTEST_LIST = 6, 3  # characters; a shorter text counts as missing
METHODS = (LEAD_ID, VENDOR_LEAD_CODE, PHONE_NUMBER)  # words of `search_method`, in capitals
PLACES = {"LIST": IN_LIST, "CAMPAIGN": IN_CAMPAIGN}
SEARCH_HEADER = "search_keyrecords_foundlead_ids\n"  # without bars in each form, as VICIdial prints it
START = ";---------- START OF RECORD {number} ----------\n"


async def lead_search(asked: NonAgentRequest) -> str:
    """Answer with the ids of the leads with each number or vendor code, the newest first, always with bars."""
    method = asked["search_method"] if len(asked["search_method"]) >= SHORTEST_METHOD else METHODS[-1].upper()
    codes = _several(asked[VENDOR_LEAD_CODE]) if VENDOR_LEAD_CODE.upper() in method else []
    numbers = _several(asked[PHONE_NUMBER]) if PHONE_NUMBER.upper() in method else []
    numbers = [one for one in numbers if SHORTEST_NUMBER <= len(one) <= LONGEST_NUMBER]
    if not codes and not numbers:
        tried = "|".join(f"{asked[by]}(0)" for by in METHODS)
        return asked.error(f"NO VALID SEARCH METHOD - {asked.by}|{method}|{tried}")
    list_id = asked["list_id"] if len(asked["list_id"]) >= SHORTEST_LIST else ""
    if list_id and asked.campaigns is not None and not await asked.look(list_facts.found, list_id, asked.campaigns):
        return asked.error(f"NOT AN ALLOWED LIST ID - {asked[PHONE_NUMBER]}|{list_id}")
    where = PLACES.get(asked["search_location"].upper(), IN_SYSTEM) if list_id else IN_SYSTEM
    most = int(asked["records"]) if re.fullmatch("[0-9]{1,4}", asked["records"]) else keyed_leads.MOST
    found: dict[str, list[int]] = {}
    for by, values in ((VENDOR_LEAD_CODE, codes), (PHONE_NUMBER, numbers)):  # numbers only if no code is found
        keys = [LeadKey(by, value, where, list_id) for value in dict.fromkeys(values)]
        ids = {key.value: await _ids(asked, key) for key in keys if not any(found.values())}
        newest = sorted({one for each in ids.values() for one in each}, reverse=True)[:most]
        found |= {key.value: [one for one in ids.get(key.value, []) if one in newest] for key in keys}
    if not any(found.values()):
        given = "|".join(asked[by] for by in METHODS)
        return asked.error(f"NO MATCHES FOUND IN THE SYSTEM: |{asked.by}|{given}")
    rows = (f"{value}|{len(found[value])}|{'-'.join(map(str, found[value]))}\n" for value in (*numbers, *codes))
    return (SEARCH_HEADER if asked.separators.header else "") + "".join(rows)


async def lead_all_info(asked: NonAgentRequest) -> str:
    """Answer with every field of a lead, or of the leads with a number."""
    lead_id, number = number_text.to_digits(asked["lead_id"]), number_text.to_digits(asked["phone_number"])
    one = await lead_values.of_lead(asked, lead_id) if lead_id else None
    leads = [one] if one else []
    if not lead_id and len(number) >= SHORTEST_NUMBER:
        leads = await _with_number(asked, number)
    if not leads:
        return asked.error(f"LEAD NOT FOUND: {asked.by}|{lead_id}|{number}")
    of_lists = [lead_values.own_values(lead) for lead in leads] if asked.shows("custom_fields") else []
    own = [*dict.fromkeys(chain.from_iterable(of_lists))]  # leads of other lists have other fields
    rows = (
        chain(
            lead_values.printed(lead, asked.zone, asked.now).values(),
            [lead["lead_id"]],
            [lead_values.own_values(lead).get(name, "") for name in own],
        )
        for lead in leads
    )
    return asked.separators.page([*lead_values.FIELDS, "lead_id", *own], rows)


async def lead_field_info(asked: NonAgentRequest) -> str:
    """Answer with the value of one field, without a line end."""
    lead_id, name = number_text.to_digits(asked["lead_id"]), asked["field_name"].lower()
    if not lead_id or not name:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{lead_id}|{asked['field_name']}")
    lead = await lead_values.of_lead(asked, lead_id)
    if lead is None:
        return asked.error(f"LEAD NOT FOUND: {asked.by}|{lead_id}")
    if asked.shows("custom_fields"):
        values: dict[str, object] = {**lead_values.own_values(lead)}
        if asked["list_id"] not in ("", lead["list_id"]):
            return asked.error(f"LIST NOT FOUND: {asked.by}|{lead_id}|{asked['list_id']}")
    else:
        values = lead_values.printed(lead, asked.zone, asked.now) | {"lead_id": lead["lead_id"]}
        values |= {time: time_of(lead[time], asked.zone) for time in ("entry_date", "modify_date")}
        values[lead_values.SINCE_RESET] = lead_values.since_reset(lead)
    if name not in values:
        return asked.error(f"LEAD FIELD NOT FOUND: {asked.by}|{lead_id}|{name}")
    return str(values[name])


async def lead_status_search(asked: NonAgentRequest) -> str:
    """Answer with the leads of the calls of a day that got a status."""
    status, day = asked["status"], _day(asked["date"])
    if not status or day is None:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{status}|{asked['date']}|")
    begin, end = (int(datetime.combine(at, datetime.min.time(), asked.zone).timestamp()) for at in day)
    leads = await asked.look(keyed_leads.called, status, begin * 1_000_000, end * 1_000_000, asked.campaigns)
    if not leads:
        return asked.error(f"NO RESULTS FOUND: {asked.by}||{status}|")
    return "".join(_record(asked, number, lead) for number, lead in enumerate(leads, 1))


def _record(asked: NonAgentRequest, number: int, lead: Row) -> str:
    values = {"lead_id": lead["lead_id"]} | lead_values.printed(lead, asked.zone, asked.now)
    values |= {name: text for name, text in lead_values.own_values(lead).items() if asked.shows("custom_fields")}
    lines = (f"{name} => {' '.join(str(value).splitlines())}\n" for name, value in values.items())
    return START.format(number=number) + "".join(lines)


def _day(text: str) -> tuple[date, date] | None:
    try:
        day = date.fromisoformat(text)
        return day, day + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


async def _with_number(asked: NonAgentRequest, number: str) -> list[Row]:
    search = LeadKey(keyed_leads.PHONE_NUMBER, number)
    leads = await asked.look(keyed_leads.found, search, asked.campaigns)
    return sorted(leads, key=lambda lead: -int(lead["lead_id"]))


def _several(text: str) -> list[str]:
    """Return the values of a field, which have commas between them."""
    return [*filter(None, text.split(","))][:MOST_VALUES]


async def _ids(asked: NonAgentRequest, key: LeadKey) -> list[int]:
    return sorted(int(lead["lead_id"]) for lead in await asked.look(keyed_leads.found, key, asked.campaigns))[::-1]
