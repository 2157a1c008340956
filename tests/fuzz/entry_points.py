"""All entry points."""

from tests.fuzz import (
    agent_api,
    agents_files,
    agi,
    ari_events,
    ari_pictures,
    call_data,
    config_files,
    dial_rules,
    dialplans,
    fastagi,
    hook_answers,
    json_api,
    lead_files,
    open_state,
    raw_http,
    sessions,
)

DOORS = (
    agi.DOOR,
    fastagi.DOOR,
    hook_answers.DOOR,
    agent_api.DOOR,
    json_api.DOOR,
    raw_http.DOOR,
    ari_events.DOOR,
    ari_pictures.DOOR,
    lead_files.DOOR,
    agents_files.DOOR,
    config_files.DOOR,
    dialplans.DOOR,
    sessions.DOOR,
    open_state.DOOR,
    dial_rules.DOOR,
    call_data.DOOR,
)
