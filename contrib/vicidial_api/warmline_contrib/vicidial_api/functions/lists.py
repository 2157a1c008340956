"""The functions that read lists."""

from collections.abc import Mapping
from datetime import datetime, time

from warmline_contrib.vicidial_api.functions import dialling
from warmline_contrib.vicidial_api.lookups import list_facts
from warmline_contrib.vicidial_api.lookups.list_facts import ListFacts
from warmline_contrib.vicidial_api.requests.answer_rows import time_of
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "leads:read"
SHORTEST = 2  # characters of a list's name
EVERY = "---ALL---"
NO_END = "2099-12-31"  # the expiration date of a list without one
INFO = (
    "list_id",
    "list_name",
    "campaign_id",
    "active",
    "list_changedate",
    "list_lastcalldate",
    "expiration_date",
    "resets_today",
)
CUSTOM = (*INFO[:6], "custom_fields_list_space_delimited")


async def list_info(asked: NonAgentRequest) -> str:
    """Answer with the options of a list, and with counts of its leads if these are wanted."""
    found = await _named(asked)
    if isinstance(found, str):
        return found
    list_id = found.id
    midnight = datetime.combine(datetime.fromtimestamp(asked.now // 1_000_000, asked.zone), time(), asked.zone)
    resets = await asked.look(list_facts.resets_today, list_id, int(midnight.timestamp()) * 1_000_000)
    last = await asked.look(list_facts.last_calls)
    values: list[object] = [*_common(asked, found, last), found.expires or NO_END, resets]
    names = [*INFO]
    if asked["leads_counts"] == "Y":
        values += await asked.look(list_facts.counted, list_id)
        names += ["all_leads_count", "new_leads_count"]
    if asked.shows("dialable_count"):
        values.append(await dialling.dialable(asked, list_id))
        names.append("dialable_count")
    between = asked.separators
    head = between.line(names) if between.header else ""
    return head + between.line(values if asked.shows("dialable_count") else [*values, ""])


async def list_custom_fields(asked: NonAgentRequest) -> str:
    """Answer with the names of the custom fields of a list, or of every list."""
    if asked["list_id"] == EVERY:
        lists = await asked.look(list_facts.found, "", asked.campaigns)
    else:
        found = await _named(asked)
        if isinstance(found, str):
            return found
        lists = [found]
    order = asked["custom_order"].lower()
    last = await asked.look(list_facts.last_calls)
    rows = ((*_common(asked, one, last), " ".join(_ordered(one.custom_fields, order))) for one in lists)
    return asked.separators.page(CUSTOM, rows)


async def _named(asked: NonAgentRequest) -> ListFacts | str:
    """Return the list that a request names, or the answer that there is none."""
    list_id = asked["list_id"]
    if len(list_id) < SHORTEST:
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{list_id}||")
    found = await asked.look(list_facts.found, list_id, asked.campaigns)
    if not found and asked.campaigns is not None:
        return asked.error(f"NOT AN ALLOWED LIST ID - {list_id}")
    return found[0] if found else asked.error(f"LIST DOES NOT EXIST: |{asked.by}|{list_id}")


def _common(asked: NonAgentRequest, one: ListFacts, last: Mapping[str, int]) -> tuple[object, ...]:
    """Return the first six values; `last` has the times of last calls by list."""
    times = (time_of(at, asked.zone) for at in (one.changed, last.get(one.id)))
    return (one.id, one.name, one.campaign, one.active, *times)


def _ordered(names: tuple[str, ...], order: str) -> list[str]:
    return sorted(names, reverse=order == "alpha_down") if order.startswith("alpha") else [*names]
