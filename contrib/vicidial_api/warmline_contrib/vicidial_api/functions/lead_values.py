"""The fields of a lead as answers print them."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from warmline.leads import custom_fields
from warmline.store.database.reading import Row
from warmline.store.leads import keyed_leads
from warmline.store.leads.keyed_leads import LeadKey
from warmline_contrib.vicidial_api.requests.answer_rows import time_of
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

# fmt: off
FIELDS = (
    "status", "user", "vendor_lead_code", "source_id", "list_id", "gmt_offset_now", "phone_code", "phone_number",
    "title", "first_name", "middle_initial", "last_name", "address1", "address2", "address3", "city", "state",
    "province", "postal_code", "country_code", "gender", "date_of_birth", "alt_phone", "email", "security_phrase",
    "comments", "called_count", "last_local_call_time", "rank", "owner", "entry_list_id",
)
# fmt: on
NEVER = "2008-01-01 00:00:00"  # the last call of a lead without one
NO_DATE = "0000-00-00"
SINCE_RESET = "called_since_last_reset"


async def of_lead(asked: NonAgentRequest, lead_id: str) -> Row | None:
    """Return the lead of that id, if the user may see it, or None. Raises StoreError."""
    leads = await asked.look(keyed_leads.found, LeadKey(keyed_leads.LEAD_ID, lead_id), asked.campaigns)
    return leads[0] if leads else None


def own_values(lead: Row) -> dict[str, str]:
    """Return the custom fields of a lead, with an empty text for each that has no value."""
    found: dict[str, str] = lead[custom_fields.COLUMN]
    return found


def entry_list(lead: Row) -> str:
    """Return the list whose custom fields the lead has; 0 if it has no value of one."""
    return str(lead["list_id"]) if any(own_values(lead).values()) else "0"


def since_reset(lead: Row) -> str:
    """Return whether a lead was called since the last reset of its list: N, Y for once, Y1 for one call more."""
    calls = int(lead["passes"])
    return "N" if not calls else "Y" if calls == 1 else f"Y{min(calls - 1, 10)}"


def printed(lead: Row, zone: ZoneInfo, at: int) -> dict[str, Any]:
    """Return the values of `FIELDS`; times are in the setting's zone, `at` is the time now in microseconds UTC."""
    others = {
        "gmt_offset_now": lead["gmt_offset_now"] or offset(lead["time_zones"], at),
        "date_of_birth": lead["date_of_birth"] or NO_DATE,
        "last_local_call_time": time_of(lead["last_call"], zone, NEVER),
        "entry_list_id": entry_list(lead),
    }
    return {name: others[name] if name in others else lead[name] for name in FIELDS}


def offset(time_zones: str, at: int) -> str:
    """Return the hours from UTC of the first of some time zones now, such as -5.00; "" for none."""
    first = time_zones.partition("|")[0]
    if not first:
        return ""
    behind = datetime.fromtimestamp(at // 1_000_000, UTC).astimezone(ZoneInfo(first)).utcoffset()
    return f"{behind.total_seconds() / 3600:.2f}" if behind is not None else ""


def birthday(text: str) -> str:
    """Return a date of birth as YYYY-MM-DD, or "" if the text is no date."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
