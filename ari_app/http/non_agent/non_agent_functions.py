"""The functions of the non-agent API: one table."""

from collections.abc import Mapping

from ari_app.http.non_agent.functions import live_agents
from ari_app.http.non_agent.requests.non_agent_request import NonAgentFunction

FUNCTIONS: Mapping[str, NonAgentFunction] = {
    "agent_status": NonAgentFunction(live_agents.agent_status, live_agents.SCOPE, "GET AGENT INFO"),
}

# Functions that VICIdial has and Warmline does not, and what does the same here.
NOT_SUPPORTED: Mapping[str, str] = {
    "add_did": "warmline did create, or POST /api/v1/config/did",
    "add_group_alias": "warmline group-alias create",
    "add_phone": "warmline phone create; accounts of SIP are Asterisk's",
    "add_phone_alias": "",
    "callmenu_list": "",
    "ccc_lead_info": "lead_all_info",
    "container_list": "warmline container list",
    "copy_did": "warmline did create",
    "copy_user": "warmline agent create",
    "hopper_bulk_insert": "POST /api/v1/lists/ID/import",
    "lead_dearchive": "",
    "moh_list": "",
    "server_refresh": "",
    "sounds_list": "",
    "update_alt_url": "warmline campaign set",
    "update_cid_group_entry": "warmline cid-group set",
    "update_did": "warmline did set, or PATCH /api/v1/config/did/NUMBER",
    "update_phone": "warmline phone set",
    "update_phone_alias": "",
    "update_presets": "warmline preset set",
    "update_remote_agent": "",
    "vm_list": "",
}
