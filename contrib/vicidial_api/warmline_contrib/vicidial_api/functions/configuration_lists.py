"""The functions that list campaigns, in-groups, and the names of agents with their campaigns."""

from warmline.core.rules.configuration import AGENTDIRECT
from warmline.options.values.option_types import Value
from warmline.store.configuration import campaign_owners, config
from warmline_contrib.vicidial_api.requests.answer_rows import EVERY_GROUP
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "config:read"
OF_CAMPAIGN = (
    *("campaign_id", "campaign_name", "active", "user_group", "dial_method", "dial_level", "lead_order"),
    *("dial_statuses", "dial_timeout", "dial_prefix", "manual_dial_prefix", "three_way_dial_prefix"),
)
OF_AGENT = ("user", "full_name", "user_group", "user_level", "active")
ALLOWED = ("user", "allowed_campaigns_list", "allowed_ingroups_list")


async def campaigns_list(asked: NonAgentRequest) -> str:
    """Answer with a row for each campaign that the user may see, or for the one in `campaign_id`."""
    wanted = asked["campaign_id"]
    found = {
        name: one
        for name, one in (await asked.look(config.show_all, "campaign")).items()
        if wanted in ("", name) and asked.sees_campaign(name)
    }
    order = await asked.look(campaign_owners.as_made)
    if not found:
        return asked.error(f"THIS USER HAS NO VIEWABLE CAMPAIGNS: {asked.by}|")
    return asked.separators.page(OF_CAMPAIGN, (_campaign(name, found[name]) for name in order if name in found))


def _campaign(name: str, one: dict[str, Value]) -> list[object]:
    """Return the values of a campaign; it belongs to no user group, and manual calls have no prefix of their own."""
    first = (name, one["campaign_name"], one["active"], EVERY_GROUP)
    dials = (one["dial_method"], one["auto_dial_level"], one["lead_order"], _joined(one["dial_statuses"]))
    return [*first, *dials, one["dial_timeout"], one["dial_prefix"], "", one["three_way_dial_prefix"]]


async def ingroup_list(asked: NonAgentRequest) -> str:
    """Answer with the id and the name of each in-group."""
    found = await asked.look(config.show_all, "ingroup")
    return asked.separators.page(("group_id", "group_name"), ((name, one["group_name"]) for name, one in found.items()))


async def agent_campaigns(asked: NonAgentRequest) -> str:
    """Answer with the campaigns that an agent may work in, and the in-groups that the agent serves."""
    agent, only = asked["agent_user"], asked["campaign_id"]
    one = await _agent(asked)
    if one is None:
        return asked.error(f"AGENT USER DOES NOT EXIST: |{asked.by}|{agent}")
    allowed = await asked.look(campaign_owners.of_agent, agent)
    names = [
        name
        for name in await asked.look(campaign_owners.as_made)
        if (allowed is None or allowed.include(name)) and asked.sees_campaign(name) and only in ("", name)
    ]
    if not names:
        return asked.error(f"THIS AGENT USER HAS NO AVAILABLE CAMPAIGNS: {agent}|{asked.by}|")
    served = one["ingroups"] if isinstance(one["ingroups"], list | tuple) else ()
    ingroups = "-".join(name for name in served if name != AGENTDIRECT)
    return asked.separators.page(ALLOWED, [(agent, "-".join(names), ingroups)])


async def user_details(asked: NonAgentRequest) -> str:
    """Answer with the name, the group and the level of an agent."""
    if not asked["agent_user"]:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|")
    one = await _agent(asked)
    if one is None:
        return asked.error(f"USER NOT FOUND: {asked.by}|{asked['agent_user']}")
    return asked.separators.page(OF_AGENT, [(asked["agent_user"], *(one[name] for name in OF_AGENT[1:]))])


async def _agent(asked: NonAgentRequest) -> dict[str, Value] | None:
    """Return the options of the agent in `agent_user`, or None if there is none that the user may see."""
    agent = asked["agent_user"]
    return (await asked.look(config.show_all, "agent")).get(agent) if asked.sees_agent("agents:read", agent) else None


def _joined(value: Value) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
