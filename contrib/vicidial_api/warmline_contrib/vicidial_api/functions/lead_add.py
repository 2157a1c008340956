"""add_lead, also for an update_lead that finds no lead."""

from collections.abc import Mapping

from ari_app.records.record_writes import CreateLead
from warmline.options.campaign.list_and_script_options import INBOUND
from warmline.store.leads.duplicate_leads import ALWAYS_NEW
from warmline_contrib.vicidial_api.functions import (
    callbacks_of_leads,
    dialling,
    duplicates,
    given_fields,
    lead_values,
    number_checks,
)
from warmline_contrib.vicidial_api.functions.duplicates import DuplicateCheck
from warmline_contrib.vicidial_api.lookups import list_facts
from warmline_contrib.vicidial_api.lookups.list_facts import ListFacts
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "leads:write"
SHORTEST_LIST = 3  # characters of a list's name; a shorter one is that of callers
CODE = "1"  # the country code of numbers in lists without a country


async def add_lead(asked: NonAgentRequest) -> str:
    """Answer with the new lead, or with the check that refuses it."""
    list_id = list_of(asked)
    number = given_fields.number(asked)
    of_list = await asked.look(list_facts.found, list_id, asked.campaigns)
    if not of_list and asked.campaigns is not None:
        return asked.error(f"NOT AN ALLOWED LIST ID - {number}|{asked['list_id']}")
    if not of_list:
        return asked.error(f"{undefined_list(asked)} - {number}|{list_id}")
    prefixes = number_checks.takes_prefixes(asked)
    told = asked.line("NOTICE", f"{number_checks.NO_PREFIXES} - 0|{asked.by}") if prefixes else ""
    if why := await number_checks.refused(asked):
        return told + asked.error(why)
    return told + await added(asked, of_list[0], duplicates.checks_of(asked["duplicate_check"]))


async def added(asked: NonAgentRequest, of_list: ListFacts, checks: list[DuplicateCheck], status: str = "") -> str:
    """Add the lead of a request to a list, and return the lines about it. Its status is NEW without another one.

    Raises OptionError, NotFound, Conflict, WriteRefused, StoreError.
    """
    number, others = given_fields.number(asked), given_fields.further(asked, of_list.country)
    own = given_fields.of_list(asked, of_list.custom_fields)
    usual = {"gender": given_fields.UNKNOWN_GENDER, "phone_code": CODE} | given_fields.of_lead(asked)
    fields = usual | given_fields.as_field(others) | own | {"phone_number": number}
    if status:
        fields["status"] = status
    if asked.is_on("lookup_state") and not fields.get("state"):
        fields["state"] = number_checks.state_of(fields)
    rules = [check.rule for check in checks] or [ALWAYS_NEW]
    made = await asked.write(CreateLead(of_list.id, fields, asked.by, rule=rules[0], more_rules=tuple(rules[1:])))
    if made.did == "refused":
        return await _refusal(asked, of_list.id, fields, checks, made.lead)
    lead = await lead_values.of_lead(asked, str(made.lead))
    offset = lead_values.printed(lead, asked.zone, asked.now)["gmt_offset_now"] if lead else ""
    lines = [asked.line("SUCCESS", f"LEAD HAS BEEN ADDED - {number}|{of_list.id}|{made.lead}|{offset}|{asked.by}")]
    if others:
        told = f"MULTI-ALT-PHONE NUMBERS LOADED - {len(others)}|{made.lead}|{asked.by}"
        lines.append("".join(one.repeated for one in others) + asked.line("NOTICE", told))
    if asked.is_on("custom_fields"):
        lines.append(_of_own(asked, number, made.lead, of_list))
    lines.append(await dialling.put_first(asked, made.lead, number))
    lines.append(await callbacks_of_leads.of_new_lead(asked, made.lead))
    return "".join(lines)


def list_of(asked: NonAgentRequest) -> str:
    """Return the list that a request names, or that of callers."""
    return asked["list_id"] if len(asked["list_id"]) >= SHORTEST_LIST else INBOUND


def undefined_list(asked: NonAgentRequest) -> str:
    """Return the words about a list that does not exist: a lead is never without a list here."""
    return "NOT A DEFINED LIST ID" + (", LIST EXISTS CHECK ENABLED" if "Y" in asked["list_exists_check"] else "")


async def _refusal(
    asked: NonAgentRequest, list_id: str, fields: Mapping[str, str], checks: list[DuplicateCheck], lead: int
) -> str:
    known = await asked.look(duplicates.first_known, checks, list_id, fields, asked.campaigns)
    if known is None:  # it has been deleted since
        return asked.error(f"DUPLICATE PHONE NUMBER IN SYSTEM - {fields['phone_number']}|{list_id}|{lead}|")
    return asked.error(known.check.refusal(fields, list_id, known.lead))


def _of_own(asked: NonAgentRequest, number: str, lead: int, of_list: ListFacts) -> str:
    """Return the line about the custom fields of a new lead; VICIdial stores a row of empty values, too."""
    if not of_list.custom_fields:
        why = "NO CUSTOM FIELDS DEFINED FOR THIS LIST"
        return asked.line("NOTICE", f"CUSTOM FIELDS NOT ADDED, {why} - {number}|{lead}|{of_list.id}")
    return asked.line("NOTICE", f"CUSTOM FIELDS VALUES ADDED - {number}|{lead}|{of_list.id}|1")
