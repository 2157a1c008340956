"""The functions that read leads."""

import re
from datetime import date, datetime, timedelta
from itertools import chain

from ari_app.http.non_agent.functions import lead_values
from ari_app.http.non_agent.requests.answer_rows import time_of
from ari_app.http.non_agent.requests.non_agent_request import NonAgentRequest
from warmline.leads import phone_numbers
from warmline.store.database.reading import Row
from warmline.store.leads import keyed_leads
from warmline.store.leads.keyed_leads import LeadKey

SCOPE = "leads:read"
MOST_NUMBERS = 100  # of a search
SEARCH_HEADER = "search_keyrecords_foundlead_ids\n"  # without bars in each form, as VICIdial prints it
START = ";---------- START OF RECORD {number} ----------\n"


async def lead_search(asked: NonAgentRequest) -> str:
    """Answer with the ids of the leads with each number, the newest first."""
    numbers = [one for one in asked["phone_number"].split(",") if len(one) >= phone_numbers.SHORTEST]
    if not numbers:
        return asked.error(f"NO VALID SEARCH METHOD - {asked.by}|PHONE_NUMBER|(0)|(0)|(0)")
    most = int(asked["records"]) if re.fullmatch("[0-9]{1,4}", asked["records"]) else keyed_leads.MOST
    found = {number: await _with_number(asked, number) for number in numbers[:MOST_NUMBERS]}
    rows = ((number, len(leads), "-".join(_ids(leads)[:most])) for number, leads in found.items())
    between = asked.separators._replace(header=False)
    return (SEARCH_HEADER if asked.separators.header else "") + between.page((), rows)


async def lead_all_info(asked: NonAgentRequest) -> str:
    """Answer with every field of a lead, or of the leads with a number."""
    lead_id, number = phone_numbers.digits(asked["lead_id"]), phone_numbers.digits(asked["phone_number"])
    if not lead_id and len(number) < phone_numbers.SHORTEST:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{lead_id}|{number}")
    one = await lead_values.of_lead(asked, lead_id) if lead_id else None
    leads = [*filter(None, [one])] if lead_id else await _with_number(asked, number)
    if not leads:
        return asked.error(f"LEAD NOT FOUND: {asked.by}|{lead_id}|{number}")
    of_lists = [lead_values.own_values(lead) for lead in leads] if asked.is_on("custom_fields") else []
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
    lead_id, name = phone_numbers.digits(asked["lead_id"]), asked["field_name"]
    if not lead_id or not name:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{lead_id}|{name}")
    lead = await lead_values.of_lead(asked, lead_id)
    if lead is None:
        return asked.error(f"LEAD NOT FOUND: {asked.by}|{lead_id}|{name}")
    if asked.is_on("custom_fields"):
        values: dict[str, object] = {**lead_values.own_values(lead)}
        if asked["list_id"] not in ("", lead["list_id"]):
            return asked.error(f"LIST NOT FOUND: {asked.by}|{lead_id}|{asked['list_id']}")
    else:
        values = lead_values.printed(lead, asked.zone, asked.now) | {"lead_id": lead["lead_id"]}
        values |= {time: time_of(lead[time], asked.zone) for time in ("entry_date", "modify_date")}
    if name not in values:
        return asked.error(f"LEAD FIELD NOT FOUND: {asked.by}|{lead_id}|{name}")
    return str(values[name])


async def lead_status_search(asked: NonAgentRequest) -> str:
    """Answer with the leads of the calls of a day that got a status."""
    status, day = asked["status"], _day(asked["date"])
    if not status or day is None:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}||{status}|{asked['date'] if status else ''}")
    begin, end = (int(datetime.combine(at, datetime.min.time(), asked.zone).timestamp()) for at in day)
    leads = await asked.look(keyed_leads.called, status, begin * 1_000_000, end * 1_000_000, asked.campaigns)
    if not leads:
        return asked.error(f"NO RESULTS FOUND: {asked.by}||{status}|")
    return "".join(_record(asked, number, lead) for number, lead in enumerate(leads, 1))


def _record(asked: NonAgentRequest, number: int, lead: Row) -> str:
    values = {"lead_id": lead["lead_id"]} | lead_values.printed(lead, asked.zone, asked.now)
    values |= {name: text for name, text in lead_values.own_values(lead).items() if asked.is_on("custom_fields")}
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


def _ids(leads: list[Row]) -> list[str]:
    return [str(lead["lead_id"]) for lead in leads]
