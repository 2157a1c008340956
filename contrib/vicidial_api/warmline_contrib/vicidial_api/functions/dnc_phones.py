"""The functions about do-not-call numbers, and about the numbers of a container, a filter group of VICIdial."""

from typing import cast

import msgspec

from ari_app.records.privileged_write_types import do
from warmline.operations import do_not_call
from warmline.operations.configuration import update_entity
from warmline.operations.do_not_call import DncNumberAdded
from warmline.store.configuration import config_pages
from warmline.store.database.errors import Conflict, NotFound
from warmline_contrib.vicidial_api.functions import given_fields
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE, GROUP_SCOPE = "leads:write", "config:write"
SYSTEM = "SYSTEM_INTERNAL"  # the name of the system's list
CONTAINER = "container"
SHORTEST = 6  # digits
SHORTEST_NAME = 2
ATTEMPTS = 3  # if another client changes the container at the same time


async def add_dnc_phone(asked: NonAgentRequest) -> str:
    """Put a number on the do-not-call list of a campaign or of the system."""
    number, campaign = given_fields.number(asked), asked["campaign_id"]
    if _missing(number, campaign):
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{number}|{campaign}")
    who = f"{asked.by}|{number}|{campaign}"
    if not _sees(asked, campaign):
        return asked.error(f"CAMPAIGN DOES NOT EXIST: |{who}")
    try:
        made = await asked.change(do(do_not_call.add_number, number, _list_of(campaign)))
    except NotFound:
        return asked.error(f"CAMPAIGN DOES NOT EXIST: |{who}")
    if not msgspec.json.decode(made.answer, type=DncNumberAdded).added:
        return asked.error(f"DNC NUMBER ALREADY EXISTS: |{who}")
    return asked.line("SUCCESS", f"DNC NUMBER HAS BEEN ADDED - {who}")


async def delete_dnc_phone(asked: NonAgentRequest) -> str:
    """Take a number off the do-not-call list of a campaign or of the system."""
    number, campaign = given_fields.number(asked), asked["campaign_id"]
    if _missing(number, campaign):
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{number}|{campaign}")
    who = f"{asked.by}|{number}|{campaign}"
    if not _sees(asked, campaign):
        return asked.error(f"DNC NUMBER DOES NOT EXIST: |{who}")
    try:
        await asked.change(do(do_not_call.remove_number, number, _list_of(campaign)))
    except NotFound:
        return asked.error(f"DNC NUMBER DOES NOT EXIST: |{who}")
    return asked.line("SUCCESS", f"DNC NUMBER HAS BEEN DELETED - {who}")


async def add_fpg_phone(asked: NonAgentRequest) -> str:
    """Add a number to a container."""
    return await _changed(asked, adds=True)


async def delete_fpg_phone(asked: NonAgentRequest) -> str:
    """Remove a number from a container."""
    return await _changed(asked, adds=False)


async def _changed(asked: NonAgentRequest, *, adds: bool) -> str:
    number, group = given_fields.number(asked), asked["group"]
    who = f"{asked.by}|{number}|{group}"
    if _missing(number, group):
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{who}")
    for attempt in range(ATTEMPTS):
        try:
            page = await asked.look(config_pages.one, CONTAINER, group, asked.campaigns)
        except NotFound:
            return asked.error(f"FILTER PHONE GROUP DOES NOT EXIST: |{asked.by}|{group}")
        entries = [str(one) for values in page.entities.values() for one in cast("list[str]", values["entries"])]
        if (number in entries) is adds:
            return asked.error(f"FILTER PHONE GROUP NUMBER {'ALREADY EXISTS' if adds else 'DOES NOT EXIST'}: |{who}")
        new = [*entries, number] if adds else [one for one in entries if one != number]
        try:
            await asked.change(do(update_entity, CONTAINER, group, {"entries": ",".join(new)}, since=page.revision))
            break
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
    return asked.line("SUCCESS", f"FILTER PHONE GROUP NUMBER HAS BEEN {'ADDED' if adds else 'DELETED'} - {who}")


def _missing(number: str, name: str) -> bool:
    return len(number) < SHORTEST or len(name) < SHORTEST_NAME


def _sees(asked: NonAgentRequest, campaign: str) -> bool:
    """Return whether the user sees a list; the system's is everyone's."""
    return campaign == SYSTEM or asked.sees_campaign(campaign)


def _list_of(campaign: str) -> str:
    return "" if campaign == SYSTEM else campaign
