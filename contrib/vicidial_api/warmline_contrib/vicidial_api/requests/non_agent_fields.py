"""The fields of a request to the non-agent API. Each keeps its own set of characters; the rest is dropped.

Fields that the agent API has, too, are filtered as there. Every other one, such as a custom field, keeps all but
control characters and the signs ; and #.
"""

import re
from collections.abc import Mapping

from ari_app.http.agc.requests.fields import FILTERS, LONG, LONGEST, FieldFilter
from warmline.core.rules import number_text

FREE = FieldFilter(re.compile("[;#]"), letters=True)
NUMBERS = FieldFilter(re.compile(r"[^0-9,]"))  # one or several, with commas
CODE = FieldFilter(re.compile(r"[^-_0-9a-zA-Z]"))
TEXT = FieldFilter(re.compile('[;#"]'), plus_is_blank=True)
UPPER = FieldFilter(re.compile("[^A-Z]"))
DIGITS = FieldFilter(re.compile("[^0-9]"))
LEVEL = FieldFilter(re.compile("[^.0-9]"))
DATE = FieldFilter(re.compile("[^-0-9]"))
TIME = FieldFilter(re.compile("[^- :_0-9]"), plus_is_blank=True)
OWN = {
    **dict.fromkeys(("vendor_lead_code", "source_id", "comments"), TEXT),
    "phone_number": NUMBERS,
    "alt_phone": FieldFilter(re.compile(r"[^- '_.0-9a-zA-Z]")),
    "function": CODE,
    "status": FieldFilter(re.compile(r"[^-,_0-9a-zA-Z]")),
    "lead_id": FieldFilter(re.compile(r"[^0-9,]")),
    "list_id": FieldFilter(re.compile(r"[^-_0-9a-zA-Z]")),
    "stage": CODE,
    "active": UPPER,
    "auto_dial_level": LEVEL,
    "adaptive_maximum_level": LEVEL,
    "dial_timeout": DIGITS,
    "date": DATE,
    "datetime_start": TIME,
    "datetime_end": TIME,
    "header": CODE,
    "duration": CODE,
    "user_field": CODE,
    "list_id_field": CODE,
    "search_method": CODE,
    "search_location": CODE,
    "duplicate_check": CODE,
    "callback_status": CODE,
}
# The fields that name an entry, and the kind of each. A user who may not read that entry gets the answer for one that
# does not exist: tests/http/non_agent/test_entries_of_others.py asks each function for it.
ENTRIES = {
    **dict.fromkeys(("lead_id", "lead_ids"), "lead"),
    **dict.fromkeys(("list_id", "list_id_field"), "list"),
    **dict.fromkeys(("campaign_id", "campaigns", "campaign", "group"), "campaign"),
    **dict.fromkeys(("call_id", "uniqueid"), "call"),
}
NUMBER = "phone_number"
BLANK = "--BLANK--"  # empties a field
CUSTOM = "custom."  # before the name of a custom field
MOST = 300  # fields
LONGEST_LIST = 4000  # characters of a field with several values
LISTS = ("phone_number", "lead_id", "lead_ids", "multi_alt_phones", "campaigns", "ingroups", "in_groups", "statuses")


def filtered(given: Mapping[str, str]) -> dict[str, str]:
    """Return the given fields, filtered; a name that is no word, after `CUSTOM` or not, is left out.

    So is a number with letters or other signs: its digits alone would be another number.
    """
    found = {}
    for name, text in list(given.items())[:MOST]:
        if re.fullmatch(r"\w{1,40}", name.removeprefix(CUSTOM), re.ASCII):
            if name == NUMBER and number_text.find_strange_character(text, ","):
                continue
            kept = text if text == BLANK else (OWN.get(name) or FILTERS.get(name) or FREE).kept(text)
            found[name] = kept[: LONGEST_LIST if name in LISTS else LONGEST.get(name, LONG)]
    return found
