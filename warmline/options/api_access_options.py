"""Programs that use the APIs: users of the agent API, tokens of the JSON API."""

from warmline.access.rights import SCOPES
from warmline.options.user_options import PASSWORD
from warmline.options.values.entity import Entity, Option, one_section
from warmline.options.values.option_forms import NAME, YES_NO
from warmline.options.values.option_types import Addresses, Token, Words

# fmt: off
FUNCTIONS = (
    "ALL_FUNCTIONS", "audio_playback", "call_agent", "calls_in_queue_count", "change_ingroups",
    "external_add_lead", "external_dial", "external_hangup", "external_pause", "external_status",
    "force_fronter_audio_stop", "force_fronter_leave_3way", "logout", "park_call", "pause_code",
    "preview_dial_action", "ra_call_control", "recording", "refresh_panel", "send_dtmf", "send_notification",
    "set_timer_action", "st_get_agent_active_lead", "st_login_log", "stereo_recording", "switch_lead",
    "transfer_conference", "update_fields", "version", "vm_message", "webphone_url", "webserver",
)
NON_AGENT_FUNCTIONS = (
    "add_dnc_phone", "add_fpg_phone", "add_lead", "add_list", "add_user", "agent_campaigns", "agent_ingroup_info",
    "agent_stats_export", "agent_status", "batch_update_lead", "blind_monitor", "call_dispo_report",
    "call_status_stats", "callid_info", "campaigns_list", "check_phone_number", "delete_dnc_phone",
    "delete_fpg_phone", "did_log_export", "hopper_list", "in_group_status", "ingroup_list", "lead_all_info",
    "lead_callback_info", "lead_field_info", "lead_search", "lead_status_search", "list_custom_fields", "list_info",
    "logged_in_agents", "phone_number_log", "recording_lookup", "update_campaign", "update_lead", "update_list",
    "update_log_entry", "update_user", "user_details", "user_group_status",
)
# fmt: on
NO_SCOPE = "NONE"

API_USER = Entity(
    "api-user",
    "a user of the agent API and the non-agent API, such as a toolbar or a lead form",
    NAME,
    ("6666", "pass=-", "functions=transfer_conference,external_hangup"),
    one_section(
        Option(
            "pass",
            PASSWORD,
            "",
            "the password; pass=- prompts for it",
            required=True,
        ),
        Option(
            "functions",
            Words((*FUNCTIONS, *NON_AGENT_FUNCTIONS)),
            ("ALL_FUNCTIONS",),
            "the API functions that the user may call",
        ),
        Option(
            "scopes",
            Words((NO_SCOPE, "ALL", *SCOPES)),
            (NO_SCOPE,),
            "the permissions of the user in the non-agent API; NONE refuses its login there",
            plus=True,
        ),
        Option("active", YES_NO, "Y", "N rejects the user, even with the right password"),
        Option("api_access", YES_NO, "Y", "N denies the user every API function"),
        Option("user_group", NAME, "ADMIN", "the user group that answers show; its allowed_campaigns bound the user"),
        Option(
            "addresses",
            Addresses(),
            (),
            "the addresses and networks that the user may connect from; empty for any",
            plus=True,
        ),
    ),
)

API_TOKEN = Entity(
    "api-token",
    "a program that uses the JSON API",
    NAME,
    ("crm", "scopes=agents:read,calls:read,calls:write"),
    one_section(
        Option(
            "scopes",
            Words(("ALL", *SCOPES)),
            (),
            "the permissions of the program that holds the token",
            plus=True,
            required=True,
        ),
        Option(
            "token",
            Token(r"[A-Za-z0-9_-]{43}", "43 letters, digits, - and _"),
            "",
            "the bearer token, which create and renew generate",
            plus=True,
            required=True,
        ),
    ),
)
