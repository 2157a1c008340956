"""The functions that change the configuration: options of a campaign, and agents."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from ari_app.records.privileged_write_types import do
from ari_app.records.record_writes import UnqueueLead
from warmline.operations.configuration import insert_entity, remove_entity, update_entity
from warmline.options.campaign.lead_dialling_options import ORDERS
from warmline.options.option_table import ENTITIES
from warmline.options.values.option_types import Value
from warmline.store.configuration import config
from warmline.store.database.errors import NotFound
from warmline.store.lead_changes import hopper_entries
from warmline_contrib.vicidial_api.requests.non_agent_fields import BLANK
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE, OF_LEADS = "config:write", "leads:write"
USUAL = {"source", "user", "pass", "function", "campaign_id", "idempotency_key"}  # fields that change nothing
# The ways to dial by their names in VICIdial. Its adaptive ways predict; the calls of INBOUND_MAN are dialled by hand.
DIAL_METHODS = {
    "MANUAL": "MANUAL",
    "INBOUND_MAN": "MANUAL",
    "RATIO": "RATIO",
    "PROGRESSIVE": "PROGRESSIVE",
    "PREDICTIVE": "PREDICTIVE",
    **dict.fromkeys(("ADAPT_HARD_LIMIT", "ADAPT_AVERAGE", "ADAPT_TAPERED"), "PREDICTIVE"),
}
ADD, REMOVE, RESET = "dial_status_add", "dial_status_remove", "reset_hopper"
# The names of options by those of fields.
NAMES = {
    "list_order": "lead_order",
    "list_order_secondary": "lead_order_secondary",
    "outbound_cid": "campaign_cid",
    "webform_one": "web_form_address",
    "webform_two": "web_form_address_two",
    "webform_three": "web_form_address_three",
}
SHORTEST_CAMPAIGN, LONGEST_CAMPAIGN, LONGEST_STATUS = 6, 40, 6  # characters
LONGEST_RING = 120  # seconds
# The options of an agent by the names of fields. Agents have no password: they log in by phone or as a user.
OF_AGENT = {
    "agent_full_name": "full_name",
    "agent_user_level": "user_level",
    "agent_user_group": "user_group",
    "phone_login": "phone",
    "active": "active",
    "campaign": "campaign",
    "voicemail_id": "voicemail_id",
    "custom_three": "custom_three",
    "custom_five": "custom_five",
    "wrapup_seconds_override": "wrapup_seconds_override",
}
REQUIRED = ("agent_user_level", "agent_full_name", "agent_user_group")
OPTIONAL = ", THIS IS AN OPTIONAL FIELD"
LEVELS = "123456789"
LONGEST_NAME, LONGEST_CUSTOM = 50, 100  # characters
INGROUPS = "in_groups"


async def update_campaign(asked: NonAgentRequest) -> str:
    """Change the options of a campaign that the request names; answer with a notice for each name without an option."""
    campaign = asked["campaign_id"]
    if len(campaign) < 2:
        named = f"{campaign}|{asked['campaign_name']}|{campaign}"
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{named}")
    before = await _shown(asked, "campaign", campaign)
    if before is None:
        return asked.error(f"CAMPAIGN DOES NOT EXIST: |{asked.by}|{campaign}")
    given = {NAMES.get(name, name): text for name, text in asked.fields.items() if name not in USUAL and text}
    resets = "Y" in given.pop(RESET, "")  # VICIdial takes YES as well
    statuses = before["dial_statuses"] if isinstance(before["dial_statuses"], tuple) else ()
    for words, value in _campaign_faults(given, statuses):
        return asked.error(f"{words}{OPTIONAL}: |{asked.by}|{value}")
    if resets and not asked.user.may(OF_LEADS):
        return asked.error(f"USER DOES NOT HAVE PERMISSION TO MODIFY LEADS: |{asked.by}|{RESET}")
    options = _options(given, before)
    notices = "".join(
        asked.line("NOTICE", f"THIS OPTION DOES NOT EXIST HERE: |{asked.by}|{name}|")
        for name in given
        if name not in options and name not in (ADD, REMOVE)
    )
    if options:
        await asked.change(do(update_entity, "campaign", campaign, options))
    reset = await _reset_hopper(asked, campaign) if resets else ""  # not before a value was refused
    if not options:
        return notices + asked.line("NOTICE", f"NO UPDATES DEFINED: |{asked.by}|") + reset
    return asked.line("SUCCESS", f"CAMPAIGN HAS BEEN UPDATED - {asked.by}|{campaign}") + reset + notices


async def _reset_hopper(asked: NonAgentRequest, campaign: str) -> str:
    """Let no lead of a campaign be before the others any more; return the line about it."""
    for lead in await asked.look(hopper_entries.leads_of, campaign):
        with suppress(NotFound):  # it was deleted in this moment
            await asked.write(UnqueueLead(lead))
    return asked.line("NOTICE", f"HOPPER HAS BEEN RESET - {asked.by}|{campaign}|")


def _campaign_faults(given: Mapping[str, str], statuses: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the words about each invalid value of a campaign, and the value."""
    name, method, timeout = (given.get(one, "") for one in ("campaign_name", "dial_method", "dial_timeout"))
    cid, active, order = (given.get(one, "") for one in ("campaign_cid", "active", "lead_order"))
    if method and method not in DIAL_METHODS:
        yield "DIAL METHOD IS NOT VALID", method
    if timeout and not (timeout.isdigit() and 1 <= int(timeout) <= LONGEST_RING):
        yield f"DIAL TIMEOUT MUST BE FROM 1 TO {LONGEST_RING}", timeout
    if name and not SHORTEST_CAMPAIGN <= len(name) <= LONGEST_CAMPAIGN:
        yield f"CAMPAIGN NAME MUST BE FROM {SHORTEST_CAMPAIGN} TO {LONGEST_CAMPAIGN} CHARACTERS", name
    if cid and not 6 <= len(cid) <= 20:
        yield "CAMPAIGN CID MUST BE FROM 6 TO 20 CHARACTERS", cid
    if active not in ("", "Y", "N"):
        yield "ACTIVE MUST BE Y OR N", active
    if order and order not in ORDERS:
        yield "LIST ORDER IS NOT VALID", order
    if len(given.get(ADD, "")) > LONGEST_STATUS:
        yield "DIAL STATUS ADD IS NOT VALID", given[ADD]
    if len(given.get(REMOVE, "")) > LONGEST_STATUS:
        yield "DIAL STATUS REMOVE IS NOT VALID", given[REMOVE]
    if REMOVE in given and given[REMOVE] not in statuses:
        yield "DIAL STATUS REMOVE FAILURE, NOT AN EXISTING DIAL STATUS", given[REMOVE]


def _options(given: Mapping[str, str], before: Mapping[str, Value]) -> dict[str, str]:
    """Return the options of a campaign that a request changes."""
    known = {option.name for option in ENTITIES["campaign"].options}
    options = {name: text for name, text in given.items() if name in known}
    if "dial_method" in options:
        options["dial_method"] = DIAL_METHODS[options["dial_method"]]
    if ADD in given or REMOVE in given:
        statuses = before["dial_statuses"]
        kept = list(statuses) if isinstance(statuses, tuple) else []
        added = [given[ADD]] if ADD in given and given[ADD] not in kept else []
        options["dial_statuses"] = ",".join(code for code in (*added, *kept) if code != given.get(REMOVE))
    return options


async def add_user(asked: NonAgentRequest) -> str:
    """Create an agent."""
    agent = asked["agent_user"]
    named = "|".join((asked.by, agent, "", *(asked[name] for name in REQUIRED)))  # without the password
    if len(agent) < 2 or not all(asked[name] for name in REQUIRED) or len(asked["agent_pass"]) < 2:
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{named}")
    if asked["agent_user_group"] not in await asked.look(config.list_names, "user-group"):
        return asked.error(f"USER GROUP DOES NOT EXIST: |{asked.by}|{asked['agent_user_group']}")
    if await _shown(asked, "agent", agent) is not None:
        return asked.error(f"USER ALREADY EXISTS: |{asked.by}|{agent}")
    await asked.change(do(insert_entity, "agent", agent, _of_agent(asked)))
    return asked.line("SUCCESS", f"USER HAS BEEN ADDED - {named}")


async def update_user(asked: NonAgentRequest) -> str:
    """Change or delete an agent."""
    agent = asked["agent_user"]
    if len(agent) < 2:
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{agent}|")
    if await _shown(asked, "agent", agent) is None:
        return asked.error(f"USER DOES NOT EXIST: |{asked.by}|")
    if asked.is_on("delete_user"):
        await asked.change(do(remove_entity, "agent", agent))
        return asked.line("SUCCESS", f"USER HAS BEEN DELETED - {asked.by}|{agent}|")
    if why := await _fault(asked):
        return asked.error(why)
    options = _of_agent(asked)
    if not options:
        return asked.error(f"NO UPDATES DEFINED: |{asked.by}|")
    await asked.change(do(update_entity, "agent", agent, options))
    return asked.line("SUCCESS", f"USER HAS BEEN UPDATED - {asked.by}|{agent}|")


async def _fault(asked: NonAgentRequest) -> str:
    """Return the words about the first invalid value for an agent, or ""."""
    level, group, phone, active = (
        asked[name] for name in ("agent_user_level", "agent_user_group", "phone_login", "active")
    )
    name, wrap_up = asked["agent_full_name"], asked["wrapup_seconds_override"]
    if len(name) > LONGEST_NAME:
        return f"YOU MUST USE A VALID FULL NAME{OPTIONAL}: |{asked.by}|{name}"
    if level and level not in LEVELS:
        return f"YOU MUST USE A VALID USER LEVEL{OPTIONAL}: |{asked.by}|{level}|9|1"
    if group and group not in await asked.look(config.list_names, "user-group"):
        return f"YOU MUST USE A VALID USER GROUP{OPTIONAL}: |{asked.by}|{group}|0"
    if phone and phone not in (BLANK, *await asked.look(config.list_names, "phone")):
        return f"YOU MUST USE A VALID PHONE LOGIN{OPTIONAL}: |{asked.by}|{phone}|0|0"
    for field, word in (("custom_three", "THREE"), ("custom_five", "FIVE")):
        if len(asked[field]) > LONGEST_CUSTOM:
            return f"YOU MUST USE A VALID CUSTOM {word}{OPTIONAL}: |{asked.by}|{asked[field]}"
    if active and active not in ("Y", "N"):
        return f"ACTIVE MUST BE Y OR N{OPTIONAL}: |{asked.by}|{active}"
    if wrap_up and not re.fullmatch("-1|[0-9]{1,4}", wrap_up):
        wanted = "wrapup_seconds_override MUST BE A VALID DIGIT BETWEEN -1 AND 9999"
        return f"{wanted}{OPTIONAL}: |{asked.by}|{wrap_up}"
    return ""


def _of_agent(asked: NonAgentRequest) -> dict[str, str]:
    """Return the options of an agent that a request gives; in-groups have bars between them."""
    given = {option: asked[name] for name, option in OF_AGENT.items() if asked[name]}
    options = {option: "" if text == BLANK else text for option, text in given.items()}
    if asked[INGROUPS]:
        options["ingroups"] = ",".join(name for name in asked[INGROUPS].split("|") if name)
    return options


async def _shown(asked: NonAgentRequest, kind: str, name: str) -> dict[str, Value] | None:
    """Return the options of a campaign or an agent, or None if there is none that the user may see."""
    sees = asked.sees_campaign(name) if kind == "campaign" else asked.sees_agent("agents:read", name)
    try:
        return await asked.look(config.show, kind, name) if sees else None
    except NotFound:
        return None
