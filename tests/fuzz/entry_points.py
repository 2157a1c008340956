"""All entry points."""

from tests.fuzz import (
    agent_api,
    agi,
    ari_events,
    call_data,
    config_files,
    dial_rules,
    fastagi,
    json_api,
    lead_files,
    phone_offers,
    workspace_feed,
)
from tests.fuzz.programs import hook_addresses, lead_objects, non_agent_api

DOORS = (
    agi.DOOR,
    fastagi.DOOR,
    hook_addresses.DOOR,
    agent_api.DOOR,
    non_agent_api.DOOR,
    json_api.DOOR,
    ari_events.DOOR,
    lead_files.DOOR,
    lead_objects.DOOR,
    config_files.DOOR,
    dial_rules.DOOR,
    call_data.DOOR,
    phone_offers.DOOR,
    workspace_feed.DOOR,
)
