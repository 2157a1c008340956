"""The functions of the non-agent API: one table."""

from collections.abc import Mapping

from warmline_contrib.vicidial_api.functions import (
    agent_statistics,
    call_logs,
    call_statistics,
    callbacks_of_leads,
    configuration_changes,
    configuration_lists,
    dialling,
    dnc_phones,
    lead_add,
    lead_reads,
    lead_update,
    list_changes,
    lists,
    live_agents,
    monitor_commands,
    recording_lookup,
)
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentFunction

OF_LEADS: Mapping[str, NonAgentFunction] = {
    "add_lead": NonAgentFunction(lead_add.add_lead, lead_add.SCOPE, "ADD LEADS TO THE SYSTEM"),
    "update_lead": NonAgentFunction(lead_update.update_lead, lead_update.SCOPE, "UPDATE LEADS IN THE SYSTEM"),
    "batch_update_lead": NonAgentFunction(
        lead_update.batch_update_lead, lead_update.SCOPE, "UPDATE LEADS IN THE SYSTEM"
    ),
    "lead_search": NonAgentFunction(lead_reads.lead_search, lead_reads.SCOPE, "SEARCH FOR LEADS"),
    "lead_all_info": NonAgentFunction(lead_reads.lead_all_info, lead_reads.SCOPE, "GET LEAD INFO"),
    "lead_field_info": NonAgentFunction(lead_reads.lead_field_info, lead_reads.SCOPE, "GET LEAD INFO"),
    "lead_status_search": NonAgentFunction(lead_reads.lead_status_search, lead_reads.SCOPE, "GET LEAD INFO"),
    "lead_callback_info": NonAgentFunction(
        callbacks_of_leads.lead_callback_info, callbacks_of_leads.SCOPE, "GET LEAD INFO"
    ),
    "list_info": NonAgentFunction(lists.list_info, lists.SCOPE, "MODIFY LISTS", bar=""),
    "list_custom_fields": NonAgentFunction(lists.list_custom_fields, lists.SCOPE, "MODIFY LISTS", bar=""),
    "add_list": NonAgentFunction(list_changes.add_list, list_changes.SCOPE, "ADD LISTS", bar=""),
    "update_list": NonAgentFunction(list_changes.update_list, list_changes.SCOPE, "UPDATE LISTS", bar=""),
    "check_phone_number": NonAgentFunction(dialling.check_phone_number, dialling.SCOPE, "CHECK PHONE NUMBERS"),
    "hopper_list": NonAgentFunction(dialling.hopper_list, dialling.SCOPE, "GET CAMPAIGN INFO"),
    "add_dnc_phone": NonAgentFunction(dnc_phones.add_dnc_phone, dnc_phones.SCOPE, "ADD DNC NUMBERS", bar=""),
    "delete_dnc_phone": NonAgentFunction(dnc_phones.delete_dnc_phone, dnc_phones.SCOPE, "DELETE DNC NUMBERS", bar=""),
    "add_fpg_phone": NonAgentFunction(
        dnc_phones.add_fpg_phone, dnc_phones.GROUP_SCOPE, "ADD FILTER PHONE GROUP NUMBERS", bar=""
    ),
    "delete_fpg_phone": NonAgentFunction(
        dnc_phones.delete_fpg_phone, dnc_phones.GROUP_SCOPE, "DELETE FILTER PHONE GROUP NUMBERS", bar=""
    ),
}

FUNCTIONS: Mapping[str, NonAgentFunction] = {
    "agent_status": NonAgentFunction(live_agents.agent_status, live_agents.SCOPE, "GET AGENT INFO"),
    **OF_LEADS,
    "logged_in_agents": NonAgentFunction(live_agents.logged_in_agents, live_agents.SCOPE, "GET AGENT INFO"),
    "in_group_status": NonAgentFunction(live_agents.in_group_status, live_agents.SCOPE, "GET IN-GROUP INFO"),
    "user_group_status": NonAgentFunction(live_agents.user_group_status, live_agents.SCOPE, "GET USER GROUP INFO"),
    "agent_ingroup_info": NonAgentFunction(live_agents.agent_ingroup_info, live_agents.SCOPE, "GET AGENT INFO"),
    "recording_lookup": NonAgentFunction(
        recording_lookup.recording_lookup, recording_lookup.SCOPE, "GET RECORDING INFO"
    ),
    "phone_number_log": NonAgentFunction(call_logs.phone_number_log, call_logs.SCOPE, "GET CALL LOG INFO"),
    "did_log_export": NonAgentFunction(call_logs.did_log_export, call_logs.SCOPE, "GET DID INFO"),
    "callid_info": NonAgentFunction(call_logs.callid_info, call_logs.SCOPE, "GET CALL INFO"),
    "call_status_stats": NonAgentFunction(call_statistics.call_status_stats, call_statistics.SCOPE, "VIEW STATS"),
    "call_dispo_report": NonAgentFunction(
        call_statistics.call_dispo_report, call_statistics.SCOPE, "VIEW STATS", said_by="call_status_stats"
    ),
    "agent_stats_export": NonAgentFunction(
        agent_statistics.agent_stats_export, agent_statistics.SCOPE, "GET AGENT INFO"
    ),
    "campaigns_list": NonAgentFunction(
        configuration_lists.campaigns_list, configuration_lists.SCOPE, "GET CAMPAIGN INFO"
    ),
    "agent_campaigns": NonAgentFunction(
        configuration_lists.agent_campaigns, configuration_lists.SCOPE, "GET AGENT INFO"
    ),
    "ingroup_list": NonAgentFunction(
        configuration_lists.ingroup_list, configuration_lists.SCOPE, "VIEW INBOUND GROUPS LIST"
    ),
    "user_details": NonAgentFunction(configuration_lists.user_details, configuration_lists.SCOPE, "GET USER DETAILS"),
    "update_campaign": NonAgentFunction(
        configuration_changes.update_campaign, configuration_changes.SCOPE, "UPDATE CAMPAIGNS", bar=""
    ),
    "add_user": NonAgentFunction(configuration_changes.add_user, configuration_changes.SCOPE, "ADD USERS", bar=""),
    "blind_monitor": NonAgentFunction(monitor_commands.blind_monitor, monitor_commands.SCOPE, "BLIND MONITOR"),
    "update_log_entry": NonAgentFunction(monitor_commands.update_log_entry, monitor_commands.OF_CALLS, "UPDATE LOGS"),
    "update_user": NonAgentFunction(
        configuration_changes.update_user, configuration_changes.SCOPE, "UPDATE USERS", bar=""
    ),
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
