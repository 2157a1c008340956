"""A webhook's address in VICIdial's syntax: `--A--name--B--` where a value of the call belongs, maybe VAR before it."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

# fmt: off
LEAD = (
    "lead_id", "vendor_id", "vendor_lead_code", "list_id", "source_id", "phone_code", "title", "first_name",
    "middle_initial", "last_name", "address1", "address2", "address3", "city", "state", "province", "postal_code",
    "country_code", "gender", "date_of_birth", "alt_phone", "email", "security_phrase", "comments", "called_count",
    "rank", "owner", "status",
)
CALL = (
    "user", "campaign", "group", "phone", "session_id", "phone_number", "call_id", "uniqueid", "did_pattern",
    "server_ip", "recording_filename", "recording_id", "talk_time", "dispo", "epoch", "SQLdate",
)
OURS = (
    "talk_time_ms", "transfer", "transfer_number", "transfer_group", "transfer_agent", "warmline_call", "webhook_id",
)
# fmt: on
NAMES = (*CALL, *LEAD, *OURS)

VARIABLE = re.compile(r"--A--(\w+?)--B--", re.ASCII)


def filled(template: str, facts: Mapping[str, str]) -> str:
    """The address with each variable's value in it, percent-encoded; empty where there is none."""
    return VARIABLE.sub(lambda found: quote(facts.get(found[1], ""), safe=""), template.removeprefix("VAR"))


def variables(template: str) -> list[str]:
    """The names of the variables in it."""
    return VARIABLE.findall(template)


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
