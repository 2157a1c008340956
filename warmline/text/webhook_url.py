"""A webhook's address in VICIdial's syntax: `--A--name--B--` where a value of the call belongs, maybe VAR before it.

VICIdial's names that have no value here, and names that nobody knows, are taken: they are empty.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

# fmt: off
LEAD = (
    "lead_id", "vendor_id", "vendor_lead_code", "list_id", "source_id", "phone_code", "title", "first_name",
    "middle_initial", "last_name", "address1", "address2", "address3", "city", "state", "province", "postal_code",
    "country_code", "gender", "date_of_birth", "alt_phone", "email", "security_phrase", "comments", "called_count",
    "rank", "owner", "status", "gmt_offset_now", "entry_date", "list_name",
)
CALL = (
    "user", "campaign", "group", "channel_group", "phone", "phone_login", "original_phone_login", "SIPexten",
    "session_id", "phone_number", "dialed_number", "call_id", "uniqueid", "did_pattern", "did_extension", "server_ip",
    "recording_filename", "recording_id", "talk_time", "talk_time_min", "dispo", "dispo_name", "call_notes",
    "term_reason", "callback_datetime", "callback_lead_status", "callback_comments", "camp_script",
    "user_custom_three", "user_custom_five", "epoch", "SQLdate",
)
OURS = (
    "talk_time_ms", "transfer", "transfer_number", "transfer_group", "transfer_agent", "warmline_call", "webhook_id",
)
_NUMBERS = ("one", "two", "three", "four", "five")
_CUSTOM = tuple(f"{whose}_custom_{number}" for whose in ("user", "camp", "ig", "did") for number in _NUMBERS)
VICIDIALS = (  # that have no value here
    *_CUSTOM, "agent_email", "agent_log_id", "call_date", "called_since_last_reset", "closecallid", "closer", "counter",
    "customer_server_ip", "customer_zap_channel", "dialed_label", "did_carrier_description", "did_description",
    "did_id", "entry_list_id", "event", "fronter", "fullname", "in_script", "list_description", "message", "parked_by",
    "pass", "phone_pass", "preset_dtmf_a", "preset_dtmf_b", "preset_number_a", "preset_number_b", "preset_number_c",
    "preset_number_d", "preset_number_e", "preset_number_f", "script_height", "script_width", "tsr", "user_group",
    "xfercallid",
)
# fmt: on
NAMES = (*CALL, *LEAD, *OURS)
_SPELLED = {name.lower(): name for name in NAMES}  # VICIdial takes either case

VARIABLE = re.compile(r"--A--(\w+?)--B--", re.ASCII)


def filled(template: str, facts: Mapping[str, str]) -> str:
    """The address with each variable's value in it, percent-encoded; empty where there is none.

    A value of nothing but dots would lead to another folder of the receiver: its dots are encoded too.
    """

    def value(found: re.Match[str]) -> str:
        text = quote(facts.get(_SPELLED.get(found[1].lower(), ""), ""), safe="")
        return text if text.strip(".") else text.replace(".", "%2E")

    return VARIABLE.sub(value, template.removeprefix("VAR"))


def variables(template: str) -> list[str]:
    """The names of the variables in it, as they are spelled in NAMES where they are among them."""
    return [_SPELLED.get(name.lower(), name) for name in VARIABLE.findall(template)]


def empty(template: str) -> list[str]:
    """The names of the variables in it that are always empty, each once."""
    return [name for name in dict.fromkeys(variables(template)) if name not in NAMES]


def host(template: str) -> str:
    """The host it leads to, in lower case. Raises ValueError if there is none, or it is not fixed."""
    parts = urlsplit(template.removeprefix("VAR"))
    name = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not name:
        raise ValueError("it begins with http:// or https://, and a host")
    if "--A--" in parts.netloc:
        raise ValueError("the host has no variables")
    if "@" in parts.netloc:
        raise ValueError("user and password belong into no address")
    if parts.port == 0:
        raise ValueError("0 is no port")
    return name
