"""The options of a list of leads, and of a script that agents read from."""

from warmline.options.entity import Option
from warmline.options.option_forms import LABEL, YES_NO
from warmline.options.option_types import Choice, Reference, Text

MANUAL, INBOUND = "998", "999"  # the lists that are always there, by VICIdial's names

LIST_OPTIONS = (
    Option("list_name", LABEL, "", "what is in it, for people who configure"),
    Option("active", YES_NO, "Y", "N: no caller is looked for in it"),
    Option("campaign", Reference("campaign"), "", "whose leads they are; empty: nobody's alone"),
    Option(
        "country",
        Text(r"([A-Z]{2})?", "two letters, as DE or US; may be empty"),
        "",
        "where numbers without a country code are from; with it each number is checked; empty: taken as it is",
        plus=True,
    ),
)

SCRIPT_OPTIONS = (
    Option("script_name", LABEL, "", "what it is about, for people who configure"),
    Option(
        "script_text",
        Text(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]{0,20000}", "up to 20000 letters and signs, in lines; may be empty"),
        "",
        "what the agent reads; --A--first_name--B-- is filled in with that field of the lead or of the call",
    ),
    Option("active", YES_NO, "Y", "N: agents are not shown it"),
)

OF_CAMPAIGN = (
    Option("manual_dial_list_id", Reference("list", MANUAL), MANUAL, "the list of the leads that its agents make"),
    Option("campaign_script", Reference("script"), "", "what its agents read in their calls"),
    Option(
        "agent_lead_search",
        Choice(("DISABLED", "LIVE_CALL_INBOUND")),
        "DISABLED",
        "LIVE_CALL_INBOUND: an inbound call may be given another lead",
    ),
)

OF_INGROUP = (
    Option(
        "call_handle_method",
        Choice(("CIDLOOKUP", "CIDLOOKUPRL", "CID", "NONE")),
        "CIDLOOKUP",
        "which lead a caller is: found by number in any list, or in list_id alone, else made; a new one; none",
    ),
    Option("list_id", Reference("list", INBOUND), INBOUND, "the list of the leads that its callers make"),
)
