"""The calls that the dialler may make: check_phone_number, hopper_list, and leads that are put first."""

import re
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ari_app.records.record_writes import QueueLead, UnqueueLead
from warmline.leads import dial_hours, lead_numbers, lead_places
from warmline.store.database.reading import Row, reading
from warmline.store.dialling import dial_plan, dnc_and_attempt_rules, hopper, list_counts
from warmline.store.lead_changes import hopper_entries
from warmline.store.leads.number_reads import read_lead
from warmline_contrib.vicidial_api.functions import given_fields, lead_values, number_checks
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "leads:read"
SHOWN = 100  # leads that would be dialled next
DAY = 86_400_000_000  # microseconds
CODE = "1"
AREA, POSTAL = "AREACODE", "POSTAL"  # methods of time zones
NEVER = 1_199_145_600  # the last call of a lead without one: 2008-01-01, in seconds UTC
HOPPER = (
    *("hopper_order", "priority", "lead_id", "list_id", "phone_number", "phone_code", "state", "status", "count"),
    *("gmt_offset", "rank", "alt", "hopper_source", "vendor_lead_code", "source_id", "age_days", "last_call_time"),
)
SOURCES = {"list": "S", "callback": "C", "alt_phone": "A", "address3": "A", "api": "P"}


class ProposedLead(NamedTuple):
    """A lead that the dialler would take next, with its row."""

    source: str
    row: Row
    priority: int


async def check_phone_number(asked: NonAgentRequest) -> str:
    """Answer whether the call time allows a call to a number now, in each place where it may be."""
    number, named = given_fields.number(asked), asked["local_call_time"] or asked["call_time"]
    wanted = asked["tz_method"].upper() or AREA
    call_times = asked.world.rules.call_times
    if named not in call_times:
        return asked.error(f"THIS IS NOT A VALID CALL TIME: |{asked.by}|{named}|")
    if number_checks.takes_prefixes(asked):
        return asked.error(f"{number_checks.NO_PREFIXES} - 0|{asked.by}")
    if why := await number_checks.refused(asked):
        return asked.error(why)
    code, postal, state, owner = asked["phone_code"] or CODE, asked["postal_code"], asked["state"], asked["owner"]
    lead = {"phone_code": code, "phone_number": number}
    methods = {AREA: lead, POSTAL: lead | {"postal_code": postal, "state": state, "country_code": "USA"}}
    told = []
    for method, one in methods.items():
        if method not in wanted:
            continue
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
    if campaign not in asked.world.rules.campaigns or not asked.sees_campaign(campaign):
        return asked.error(f"THIS CAMPAIGN DOES NOT EXIST: |{asked.by}|{campaign}")
    found = await asked.look(_proposed, campaign, asked.now)
    if not found:
        return asked.error(f"THERE ARE NO LEADS IN THE HOPPER FOR THIS CAMPAIGN: {asked.by}|{campaign}")
    rows = (_hopper_row(asked, place, one) for place, one in enumerate(found))
    return asked.separators.page(HOPPER, rows)


class PlaceOfLead(NamedTuple):
    """A lead and whether it can be put first now: its list has a campaign, and its number is on no do-not-call list."""

    row: Row
    is_queued: bool
    may_wait: bool
    is_open: bool


async def put_first(asked: NonAgentRequest, lead_id: int, number: str) -> str:
    """Put a lead before the others of its campaign, if `add_to_hopper` says so; return the line about it.

    `number` is that of the request. `remove_from_hopper` wins over `add_to_hopper`.
    """
    if not asked.is_on("add_to_hopper") or asked.is_on("remove_from_hopper"):
        return ""
    lead = await asked.look(_place, lead_id, asked.now)
    told = "NOT ADDED TO HOPPER"
    if lead.is_queued:
        return asked.line("NOTICE", f"{told}, LEAD IS ALREADY IN THE HOPPER - {number}|{lead_id}|{asked.by}")
    if asked.is_on("hopper_local_call_time_check") and not lead.is_open:
        offset = lead.row["gmt_offset_now"] or lead_values.offset(lead.row["time_zones"], asked.now)
        return asked.line("NOTICE", f"{told}, OUTSIDE OF LOCAL TIME - {number}|{lead_id}|{offset}|0|{asked.by}")
    entry = 0
    if lead.may_wait:
        given = asked["hopper_priority"].strip()
        priority = int(given) if re.fullmatch("-?[0-9]{1,2}", given, re.ASCII) else 0
        entry = (await asked.write(QueueLead(lead_id, priority))).entry
    return asked.line("NOTICE", f"{'ADDED TO HOPPER' if entry else told} - {number}|{lead_id}|{entry}|{asked.by}")


async def not_first(asked: NonAgentRequest, lead_id: int, number: str) -> str:
    """Take that back, if `remove_from_hopper` says so; return the line about it."""
    if not asked.is_on("remove_from_hopper"):
        return ""
    if (await asked.write(UnqueueLead(lead_id))).changed:
        return asked.line("NOTICE", f"REMOVED FROM HOPPER - {number}|{lead_id}|READY|{asked.by}")
    why = "NOT REMOVED FROM HOPPER, LEAD IS NOT IN THE HOPPER"
    return asked.line("NOTICE", f"{why} - {number}|{lead_id}|{asked.by}")


def _place(path: str | Path, lead_id: int, at: int) -> PlaceOfLead:
    """Return what the dialler's rules say about a lead that is put first. Raises NotFound, StoreError."""
    is_queued = hopper_entries.priority_of(path, lead_id) is not None
    with reading(path) as db:
        row = read_lead(db, lead_id)
        [campaign] = db.execute("SELECT ifnull(campaign, '') FROM list WHERE id = ?", [row["list_id"]]).fetchone()
        if not campaign:
            return PlaceOfLead(row, is_queued, may_wait=False, is_open=True)
        plan, called = dial_plan.load(db, campaign), lead_numbers.main(row)
        is_open = plan.hours(called.places, row["list_id"], at).open
        return PlaceOfLead(row, is_queued, not dnc_and_attempt_rules.listed(db, plan, called.whole).why, is_open)


def _proposed(path: str | Path, campaign: str, at: int) -> list[ProposedLead]:
    """Return the leads that programs have put first, whatever the hour, and then those that the dialler chooses."""
    with reading(path) as db:
        ids = [int(row["lead_id"]) for row in islice(hopper_entries.waiting(db, campaign, ()), SHOWN)]
        chosen = hopper.fill(db, dial_plan.load(db, campaign), at, SHOWN).leads
        found = [(one.source, read_lead(db, one.lead)) for one in chosen if one.lead and one.lead not in ids]
        found[:0] = [(hopper.API, read_lead(db, lead)) for lead in ids]
    told = [
        ProposedLead(source, row, hopper_entries.priority_of(path, row["lead_id"]) or 0 if source == hopper.API else 0)
        for source, row in found
    ]
    return told[:SHOWN]


def _hopper_row(asked: NonAgentRequest, place: int, one: ProposedLead) -> tuple[object, ...]:
    lead, source = one.row, one.source
    age = (asked.now - int(lead["entry_date"])) // DAY
    return (
        place,
        one.priority,
        lead["lead_id"],
        lead["list_id"],
        lead["phone_number"],
        lead["phone_code"],
        lead["state"],
        lead["status"],
        lead["called_count"],
        lead["gmt_offset_now"] or lead_values.offset(lead["time_zones"], asked.now),
        lead["rank"],
        "NONE" if source in ("list", "callback", "api") else source,
        SOURCES.get(source, "S"),
        lead["vendor_lead_code"],
        lead["source_id"],
        age,
        _since(lead["last_call"] or NEVER * 1_000_000, asked.now),
    )


def _since(last: int, now: int) -> str:
    """Return the time since a call, as VICIdial prints it, with a blank up to six letters."""
    hours = (now - last) // 3_600_000_000
    count, unit = (hours, "HOURS") if hours < 24 else (hours // 24, "DAYS")
    if count >= 365 and unit == "DAYS":
        count, unit = count // 365, "YEARS"
    return f"{count} {unit:6}"
