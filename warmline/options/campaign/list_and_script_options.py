"""The options of a list of leads, and of a script that agents read from."""

from warmline.options.values.entity import Option
from warmline.options.values.option_forms import LABEL, YES_NO
from warmline.options.values.option_types import Choice, Date, FewTexts, Number, Reference, Text, TimesOfDay

MANUAL, INBOUND = "998", "999"  # the lists that always exist, with VICIdial's names

MOST_CUSTOM = 300  # custom fields of a list: each lead in a page of an export has a text for every one
# Names that custom fields cannot have: columns of a lead, of its last call in files, and of imports and requests.
# fmt: off
TAKEN = (
    "lead_id", "list_id", "list_name", "entry_date", "modify_date", "status", "user", "vendor_lead_code", "source_id",
    "gmt_offset_now", "phone_code", "phone_number", "title", "first_name", "middle_initial", "last_name", "address1",
    "address2", "address3", "city", "state", "province", "postal_code", "country_code", "gender", "date_of_birth",
    "alt_phone", "email", "security_phrase", "comments", "called_count", "last_call", "rank", "owner", "time_zones",
    "jurisdictions", "passes", "next_try", "next_number", "held_by", "held_until", "custom_fields", "call", "agent",
    "call_number", "talk_time", "last_local_call_time", "called_since_last_reset", "entry_list_id", "function",
    "source", "pass", "stage", "header", "more_numbers",
)
# fmt: on

LIST_OPTIONS = (
    Option("list_name", LABEL, "", "a description for administrators"),
    Option("active", YES_NO, "Y", "N excludes the list from dialling, and from the search for a caller's lead"),
    Option("campaign", Reference("campaign"), "", "the campaign that the leads belong to; empty for every campaign"),
    Option(
        "country",
        Text(r"([A-Z]{2})?", "two letters, such as DE or US; may be empty"),
        "",
        "the country of numbers without a country code, by which each number is checked; empty for no check",
        plus=True,
    ),
    Option(
        "local_call_time",
        Reference("call-time"),
        "",
        "the hours in which its leads are dialled, besides those of the campaign; empty for no others",
        core=False,
    ),
    Option(
        "expiration_date",
        Date(optional=True),
        "",
        "the last day on which its leads are dialled; empty for no end",
        core=False,
    ),
    Option(
        "list_weight",
        Number(0, 100),
        0,
        "its share of the campaign's new leads relative to the list_weight of other lists; 0 for the rest",
        plus=True,
        core=False,
    ),
    Option(
        "campaign_cid_override",
        Text(r"([0-9]{2,20})?", "2 to 20 digits; may be empty"),
        "",
        "the caller id of automatic calls to its leads; empty for campaign_cid",
        core=False,
    ),
    Option(
        "reset_times",
        TimesOfDay(),
        (),
        "the times of the day, in the setting timezone, at which the list is reset; empty for never",
        plus=True,
        core=False,
    ),
    Option(
        "custom_fields",
        FewTexts(
            rf"(?!(?:{'|'.join(TAKEN)})$)[A-Za-z][A-Za-z0-9_]{{0,39}}",
            f"up to {MOST_CUSTOM} names of 1 to 40 letters, digits and _, none of them a field of every lead",
            MOST_CUSTOM,
        ),
        (),
        "the names of further fields of its leads, in the order in which agents see them",
        core=False,
    ),
)

SCRIPT_OPTIONS = (
    Option("script_name", LABEL, "", "a description for administrators"),
    Option(
        "script_text",
        Text(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]{0,20000}", "up to 20000 characters, in lines; may be empty"),
        "",
        "the text that agents read; --A--first_name--B-- inserts that field of the lead or the call",
    ),
    Option("active", YES_NO, "Y", "N hides the script from agents"),
)

OF_CAMPAIGN = (
    Option("manual_dial_list_id", Reference("list", MANUAL), MANUAL, "the list for leads that its agents create"),
    Option("campaign_script", Reference("script"), "", "the script that its agents read in calls"),
    Option(
        "agent_lead_search",
        Choice(("DISABLED", "LIVE_CALL_INBOUND")),
        "DISABLED",
        "LIVE_CALL_INBOUND lets an agent give an inbound call another lead",
    ),
    Option(
        "agent_lead_list",
        YES_NO,
        "Y",
        "N hides the leads of the campaign's lists from its agents: no list, no search",
        plus=True,
    ),
)

OF_INGROUP = (
    Option(
        "call_handle_method",
        Choice(("CIDLOOKUP", "CIDLOOKUPRL", "CID", "NONE")),
        "CIDLOOKUP",
        "a caller's lead: found by number in all lists (CIDLOOKUP) or list_id (CIDLOOKUPRL), new (CID), or NONE",
    ),
    Option("list_id", Reference("list", INBOUND), INBOUND, "the list for new leads of its callers"),
)
