"""The functions that change the configuration: options of a campaign, and agents."""

from collections.abc import Mapping

from ari_app.http.non_agent.requests.non_agent_request import NonAgentRequest
from ari_app.records.privileged_write_types import CreateEntity, DeleteEntity, SetOptions
from warmline.options.option_table import ENTITIES
from warmline.options.values.option_types import Value
from warmline.store.configuration import config
from warmline.store.database.errors import NotFound

SCOPE = "config:write"
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
ADD, REMOVE = "dial_status_add", "dial_status_remove"
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
}
REQUIRED = ("agent_user_level", "agent_full_name", "agent_user_group")
INGROUPS = "in_groups"


async def update_campaign(asked: NonAgentRequest) -> str:
    """Change the options of a campaign that the request names; answer with a notice for each name without an option."""
    campaign = asked["campaign_id"]
    if len(campaign) < 2:
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{campaign}||")
    before = await _shown(asked, "campaign", campaign)
    if before is None:
        return asked.error(f"CAMPAIGN DOES NOT EXIST: |{asked.by}|{campaign}|")
    given = {name: text for name, text in asked.fields.items() if name not in USUAL and text}
    if (method := given.get("dial_method")) is not None and method not in DIAL_METHODS:
        return asked.error(f"DIAL METHOD IS NOT VALID, THIS IS AN OPTIONAL FIELD: |{asked.by}|{method}")
    options = _options(given, before)
    notices = "".join(
        asked.line("NOTICE", f"THIS OPTION DOES NOT EXIST HERE: |{asked.by}|{name}|")
        for name in given
        if name not in options and name not in (ADD, REMOVE)
    )
    if not options:
        return notices + asked.line("NOTICE", f"NO UPDATES DEFINED: |{asked.by}|")
    await asked.change(SetOptions("campaign", campaign, options))
    return asked.line("SUCCESS", f"CAMPAIGN HAS BEEN UPDATED - {asked.by}|{campaign}") + notices


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
    named = "|".join((asked.by, agent, *(asked[name] for name in REQUIRED)))
    if len(agent) < 2 or not all(asked[name] for name in REQUIRED) or not asked["agent_pass"]:
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{named}|")
    if await _shown(asked, "agent", agent) is not None:
        return asked.error(f"USER ALREADY EXISTS: |{asked.by}|{agent}|")
    await asked.change(CreateEntity("agent", agent, _of_agent(asked)))
    return asked.line("SUCCESS", f"USER HAS BEEN ADDED - {named}")


async def update_user(asked: NonAgentRequest) -> str:
    """Change or delete an agent."""
    agent = asked["agent_user"]
    if len(agent) < 2:
        return asked.error(f"YOU MUST USE ALL REQUIRED FIELDS: |{asked.by}|{agent}|")
    if await _shown(asked, "agent", agent) is None:
        return asked.error(f"USER DOES NOT EXIST: |{asked.by}|")
    if asked.is_on("delete_user"):
        await asked.change(DeleteEntity("agent", agent))
        return asked.line("SUCCESS", f"USER HAS BEEN DELETED - {asked.by}|{agent}")
    options = _of_agent(asked)
    if not options:
        return asked.error(f"NO UPDATES DEFINED: |{asked.by}|")
    await asked.change(SetOptions("agent", agent, options))
    return asked.line("SUCCESS", f"USER HAS BEEN UPDATED - {asked.by}|{agent}")


def _of_agent(asked: NonAgentRequest) -> dict[str, str]:
    """Return the options of an agent that a request gives; in-groups have bars between them."""
    options = {option: asked[name] for name, option in OF_AGENT.items() if asked[name]}
    if asked[INGROUPS]:
        options["ingroups"] = ",".join(name for name in asked[INGROUPS].split("|") if name)
    return options


async def _shown(asked: NonAgentRequest, kind: str, name: str) -> dict[str, Value] | None:
    """Return the options of an entity, or None if there is none that the user may see."""
    if kind == "campaign" and asked.campaigns and not asked.campaigns.include(name):
        return None
    seen = asked.visible("agents:read")
    if kind == "agent" and seen is not None and not seen.include(name):
        return None
    try:
        return await asked.look(config.show, kind, name)
    except NotFound:
        return None
