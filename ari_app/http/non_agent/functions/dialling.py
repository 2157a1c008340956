"""The functions about what the dialler may call: check_phone_number and hopper_list."""

from pathlib import Path
from typing import NamedTuple

from ari_app.http.non_agent.functions import given_fields, lead_values, number_checks
from ari_app.http.non_agent.requests.answer_rows import time_of
from ari_app.http.non_agent.requests.non_agent_request import NonAgentRequest
from warmline.core.messages.dialler_messages import DialLead
from warmline.leads import dial_hours, lead_places
from warmline.store.database.reading import Row, reading
from warmline.store.dialling import dial_plan, hopper, list_counts
from warmline.store.leads import leads

SCOPE = "leads:read"
SHOWN = 100  # leads that would be dialled next
DAY = 86_400_000_000  # microseconds
CODE = "1"
HOPPER = (
    *("hopper_order", "priority", "lead_id", "list_id", "phone_number", "phone_code", "state", "status", "count"),
    *("gmt_offset", "rank", "alt", "hopper_source", "vendor_lead_code", "source_id", "age_days", "last_call_time"),
)
SOURCES = {"list": "S", "callback": "C", "alt_phone": "A", "address3": "A", "api": "P"}


class ProposedLead(NamedTuple):
    """A lead that the dialler would take next, with its row."""

    proposed: DialLead
    row: Row


async def check_phone_number(asked: NonAgentRequest) -> str:
    """Answer whether the call time allows a call to a number now, in each place where it may be."""
    number, named = given_fields.number(asked), asked["local_call_time"] or asked["call_time"]
    call_times = asked.world.rules.call_times
    if named not in call_times:
        return asked.error(f"THIS IS NOT A VALID CALL TIME: |{asked.by}|{named}|")
    if why := await number_checks.refused(asked):
        return asked.error(why)
    code, postal, state, owner = asked["phone_code"] or CODE, asked["postal_code"], asked["state"], asked["owner"]
    lead = {"phone_code": code, "phone_number": number}
    methods = {"AREACODE": lead}
    if "POSTAL" in asked["tz_method"].upper():
        methods["POSTAL"] = lead | {"postal_code": postal, "state": state, "country_code": "USA"}
    told = []
    for method, one in methods.items():
        zones = lead_places.of_lead(one).time_zones
        open_now = dial_hours.check(
            lead_places.LeadPlaces(zones), [named], call_times, asked.world.rules.holidays, asked.now
        ).open
        told.append(f"{method}: {int(open_now)}|{float(lead_values.offset(zones, asked.now) or 0):g}")
    return f"{'#'.join(told)}#PHONE: {number}|{code}|{postal}|{state}|{owner}|\n"


async def dialable(asked: NonAgentRequest, list_id: str) -> int:
    """Return how many leads of a list the dialler may call now. Raises NotFound, StoreError."""
    counts = await asked.look(list_counts.count, list_id, asked.now)
    return sum(one.leads for one in counts.now if not one.why)


async def hopper_list(asked: NonAgentRequest) -> str:
    """Answer with the leads of a campaign that would be dialled next, in their order."""
    campaign = asked["campaign_id"]
    seen = asked.campaigns
    if campaign not in asked.world.rules.campaigns or (seen is not None and not seen.include(campaign)):
        return asked.error(f"THIS CAMPAIGN DOES NOT EXIST: {asked.by}|{campaign}")
    found = await asked.look(_proposed, campaign, asked.now)
    if not found:
        return asked.error(f"THERE ARE NO LEADS IN THE HOPPER FOR THIS CAMPAIGN: {asked.by}|{campaign}")
    rows = (_hopper_row(asked, place, one) for place, one in enumerate(found))
    return asked.separators.page(HOPPER, rows)


def _proposed(path: str | Path, campaign: str, at: int) -> list[ProposedLead]:
    with reading(path) as db:
        chosen = hopper.fill(db, dial_plan.load(db, campaign), at, SHOWN).leads
        return [ProposedLead(one, leads.read(db, one.lead)) for one in chosen if one.lead]


def _hopper_row(asked: NonAgentRequest, place: int, one: ProposedLead) -> tuple[object, ...]:
    lead, source = one.row, one.proposed.source
    age = (asked.now - int(lead["entry_date"])) // DAY
    return (
        place,
        0,
        lead["lead_id"],
        lead["list_id"],
        lead["phone_number"],
        lead["phone_code"],
        lead["state"],
        lead["status"],
        lead["called_count"],
        lead["gmt_offset_now"] or lead_values.offset(lead["time_zones"], asked.now),
        lead["rank"],
        "" if source in ("list", "callback", "api") else source,
        SOURCES.get(source, "S"),
        lead["vendor_lead_code"],
        lead["source_id"],
        age,
        time_of(lead["last_call"], asked.zone),
    )
