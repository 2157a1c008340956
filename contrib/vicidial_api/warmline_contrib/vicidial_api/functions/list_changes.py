"""add_list and update_list."""

import re
from collections.abc import Iterator

from ari_app.records.privileged_write_types import ChangeLeads, ResetLeads, do
from warmline.operations.configuration import insert_entity, remove_entity, update_entity
from warmline.options.option_table import ENTITIES
from warmline.store.database.errors import Conflict
from warmline_contrib.vicidial_api.functions.lead_values import birthday as day_of
from warmline_contrib.vicidial_api.lookups import list_facts
from warmline_contrib.vicidial_api.requests.non_agent_fields import BLANK
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE, LEADS = "config:write", "leads:write"
LIST = "list"
SHORTEST = 2  # characters of each required field
SHORTEST_NAME, LONGEST_NAME = 6, 30  # characters, of a new name
OF_CAMPAIGN = "campaign"  # as local_call_time: no hours of its own
OPTIONAL = ", THIS IS AN OPTIONAL FIELD"
# Fields with the name of an option here, and those that another program may send.
SAME = ("script", "web_form_address", "web_form_address_two", "web_form_address_three")
OTHERS = (
    "list_description",
    "am_message",
    "drop_inbound_group",
    "tz_method",
    *(f"xferconf_{number}" for number in ("one", "two", "three", "four", "five")),
    "custom_fields_copy",
)
OPTIONS = {option.name for option in ENTITIES["list"].options}


async def add_list(asked: NonAgentRequest) -> str:
    """Create a list, which is not dialled unless the request says so."""
    return await _added(asked, "add_list")


async def update_list(asked: NonAgentRequest) -> str:
    """Change, reset or delete a list, or add it if it does not exist."""
    list_id = asked["list_id"]
    if len(list_id) < SHORTEST:
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{list_id}||")
    if not await asked.look(list_facts.found, list_id, asked.campaigns):
        if asked.campaigns is not None:
            return asked.error(f"NOT AN ALLOWED LIST ID - {list_id}")
        if not asked.is_on("insert_if_not_found"):
            return asked.error(f"LIST DOES NOT EXIST: |{asked.by}|{list_id}")
        told = f"LIST DOES NOT EXIST, SENDING TO add_list FUNCTION: |{asked.by}|{list_id}"
        return asked.line("NOTICE", told) + await _added(asked, "add_list")
    if why := _invalid(asked, of_name=True):
        return asked.error(why)
    options = _options(asked)
    if options:
        await asked.change(do(update_entity, LIST, list_id, options))
        told = asked.line("SUCCESS", f"LIST HAS BEEN UPDATED - {asked.by}|{list_id}") + _left_out(asked)
    else:
        told = asked.line("NOTICE", f"NO UPDATES DEFINED: |{asked.by}|") + _left_out(asked)
    if asked.is_on("reset_list"):
        told += await _reset(asked, list_id)
    deleted = await _leads_deleted(asked, list_id) if asked.is_on("delete_leads") else ""
    if asked.is_on("delete_list"):
        told += await _deleted(asked, list_id)
    return told + deleted


async def _added(asked: NonAgentRequest, function: str) -> str:
    list_id, name, campaign = asked["list_id"], asked["list_name"], asked["campaign_id"]
    if min(map(len, (list_id, name, campaign))) < SHORTEST or len(name) > LONGEST_NAME:
        told = f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{list_id}|{name}|{campaign}"
        return asked.line("ERROR", told, function)
    if await asked.look(list_facts.found, list_id):
        return asked.line("ERROR", f"LIST ALREADY EXISTS: |{asked.by}|{list_id}", function)
    if why := _invalid(asked, of_name=False):
        return asked.line("ERROR", why, function)
    await asked.change(do(insert_entity, LIST, list_id, {"active": "N"} | _options(asked)))
    told = f"LIST HAS BEEN ADDED - {asked.by}|{list_id}|{name}|{campaign}"
    return asked.line("SUCCESS", told, function) + _left_out(asked)


def _invalid(asked: NonAgentRequest, *, of_name: bool) -> str:
    """Return the words about the first field with an invalid value, or ""."""
    return next(_faults(asked, of_name=of_name), "")


def _faults(asked: NonAgentRequest, *, of_name: bool) -> Iterator[str]:
    optional = OPTIONAL if of_name else ""
    rules, campaign, name = asked.world.rules, asked["campaign_id"], asked["list_name"]
    if campaign and (campaign not in rules.campaigns or not asked.sees_campaign(campaign)):
        yield f"CAMPAIGN DOES NOT EXIST{optional}: |{asked.by}|{campaign}"
    if of_name and name and not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        yield f"LIST NAME MUST BE FROM 6 TO 30 CHARACTERS{OPTIONAL}: |{asked.by}|{name}"
    if asked["active"] not in ("", "Y", "N"):
        yield f"ACTIVE MUST BE Y OR N{OPTIONAL}: |{asked.by}|{asked['active']}"
    if asked["outbound_cid"] not in ("", BLANK) and not re.fullmatch("[0-9]{6,18}", asked["outbound_cid"]):
        yield f"OUTBOUND CID MUST BE FROM 6 TO 18 DIGITS{OPTIONAL}: |{asked.by}|{asked['outbound_cid']}"
    if asked["reset_time"] not in ("", BLANK) and not _times(asked["reset_time"]):
        yield f"RESET TIME IS NOT VALID{OPTIONAL}: |{asked.by}|{asked['reset_time']}"
    if asked["expiration_date"] and not day_of(asked["expiration_date"]):
        yield f"EXPIRATION DATE IS NOT VALID{OPTIONAL}: |{asked.by}|{asked['expiration_date']}"
    drop = asked["drop_inbound_group"]
    if drop not in ("", BLANK) and drop not in rules.ingroups:
        yield f"IN-GROUP DOES NOT EXIST{OPTIONAL}: |{asked.by}|{drop}"
    hours = asked["local_call_time"]
    if hours not in ("", OF_CAMPAIGN, BLANK) and hours not in rules.call_times:
        yield f"LOCAL CALL TIME DOES NOT EXIST{OPTIONAL}: |{asked.by}|{hours}"


def _options(asked: NonAgentRequest) -> dict[str, str]:
    """Return the given options with the names that they have here."""
    given = {
        "list_name": asked["list_name"],
        "campaign": asked["campaign_id"],
        "active": asked["active"],
        "expiration_date": asked["expiration_date"],
        "campaign_cid_override": asked["outbound_cid"],
        "local_call_time": BLANK if asked["local_call_time"] == OF_CAMPAIGN else asked["local_call_time"],
        "reset_times": asked["reset_time"] if asked["reset_time"] == BLANK else _times(asked["reset_time"]),
        **{name: asked[name] for name in SAME if name in OPTIONS},
    }
    return {name: "" if text == BLANK else text for name, text in given.items() if text}


def _left_out(asked: NonAgentRequest) -> str:
    """Return the line about fields that a list does not have here, or ""."""
    names = [name for name in (*SAME, *OTHERS) if asked[name] and name not in OPTIONS]
    return asked.line("NOTICE", f"FIELDS ARE NOT SUPPORTED: |{asked.by}|{' '.join(names)}") if names else ""


def _times(text: str) -> str:
    """Return times of the day such as 09:00,17:30 from 0900-1730; "" if one is invalid."""
    times = text.split("-")
    if not all(re.fullmatch("([01][0-9]|2[0-3])[0-5][0-9]", one) for one in times):
        return ""
    return ",".join(f"{one[:2]}:{one[2:]}" for one in times)


async def _reset(asked: NonAgentRequest, list_id: str) -> str:
    if not asked.user.may(LEADS):
        return asked.line("NOTICE", f"USER DOES NOT HAVE PERMISSION TO RESET LEADS - {asked.by}|0")
    after = (await asked.change(ResetLeads(list_id))).after
    while after:
        after = (await asked.change(ResetLeads(list_id, after))).after
    return asked.line("NOTICE", f"LEADS IN LIST HAVE BEEN RESET - {asked.by}|{list_id}|")


async def _leads_deleted(asked: NonAgentRequest, list_id: str) -> str:
    if not asked.user.may(LEADS):
        return asked.line("NOTICE", f"USER DOES NOT HAVE PERMISSION TO DELETE LEADS - {asked.by}|0")
    after: int | None = 0
    count = 0
    while after is not None:
        done = await asked.change(ChangeLeads(list_id, "", delete=True, after=after))
        after, count = done.leads.after if done.leads else None, count + done.count
    return asked.line("NOTICE", f"LEADS IN LIST HAVE BEEN DELETED - {asked.by}|{list_id}|{count}")


async def _deleted(asked: NonAgentRequest, list_id: str) -> str:
    try:
        await asked.change(do(remove_entity, LIST, list_id))
    except Conflict:
        return asked.line("NOTICE", f"LIST HAS NOT BEEN DELETED, IT HAS LEADS OR IS IN USE - {asked.by}|{list_id}|0")
    return asked.line("NOTICE", f"LIST HAS BEEN DELETED - {asked.by}|{list_id}|1")
