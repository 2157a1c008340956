"""All entry points."""

from tests.fuzz import agent_api, agi, ari_events, dial_rules, workspace_feed
from tests.fuzz.programs import hook_addresses, non_agent_api

DOORS = (
    agi.DOOR,
    hook_addresses.DOOR,
    agent_api.DOOR,
    non_agent_api.DOOR,
    ari_events.DOOR,
    dial_rules.DOOR,
    workspace_feed.DOOR,
)
