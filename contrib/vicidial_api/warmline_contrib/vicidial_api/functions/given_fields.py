"""The fields of a lead in a request, as they are stored."""

from typing import NamedTuple

from warmline.core.rules import number_text
from warmline.leads import more_numbers
from warmline.leads.lead_fields import FIELDS
from warmline.leads.more_numbers import MoreNumber
from warmline.leads.phone_numbers import PhoneNumberError
from warmline_contrib.vicidial_api.functions import lead_values
from warmline_contrib.vicidial_api.requests.non_agent_fields import BLANK, CUSTOM
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

OWN = ("phone_number", "status", "time_zones", "gmt_offset_now", more_numbers.FIELD)  # follow rules of their own
TEXTS = tuple(name for name in FIELDS if name not in OWN)
GENDERS = ("M", "F", "U")
UNKNOWN_GENDER = "U"
# The parameters of a request about leads that are no fields of a lead. A custom field with such a name is given after
# `CUSTOM` alone.
# fmt: off
OF_REQUEST = frozenset((
    "add_to_hopper", "callback", "callback_comments", "callback_datetime", "callback_status", "callback_type",
    "callback_user", "campaign_dnc_check", "campaign_id", "delete_cf_data", "delete_lead", "dnc_check",
    "duplicate_check", "hopper_local_call_time_check", "hopper_priority", "insert_if_not_found", "lead_ids",
    "list_exists_check", "list_id_field", "local_call_time", "lookup_state", "multi_alt_phones",
    "nanpa_ac_prefix_check", "no_update", "records",
    "remove_from_hopper", "reset_lead", "search_location", "search_method", "tz_method", "update_phone_number",
    "usacan_areacode_check", "usacan_prefix_check", "user_field",
))
# fmt: on
SHORTEST, LONGEST = 6, 16  # digits of a number


def of_lead(asked: NonAgentRequest) -> dict[str, str]:
    """Return the given fields but those of `OWN`; one of only blanks counts as missing, and --BLANK-- empties one."""
    given = {name: asked[name] for name in TEXTS if asked[name].strip()}
    found = {name: "" if text == BLANK else text for name, text in given.items()}
    if "gender" in found and found["gender"] not in GENDERS:
        found["gender"] = ""
    if "date_of_birth" in found:
        found["date_of_birth"] = lead_values.birthday(found["date_of_birth"])
    return found


def of_list(asked: NonAgentRequest, names: tuple[str, ...]) -> dict[str, str]:
    """Return the given custom fields of a list, if the request says that it has some."""
    if not asked.is_on("custom_fields"):
        return {}
    found = {}
    for name in names:
        plain = [] if name in OF_REQUEST else [name]
        if given := [asked[one] for one in (CUSTOM + name, *plain) if one in asked.fields]:
            found[name] = "" if given[0] == BLANK else given[0].replace("+", " ").replace('"', "")  # as in VICIdial
    return found


def number(asked: NonAgentRequest) -> str:
    """Return the digits of phone_number."""
    return number_text.to_digits(asked["phone_number"])


class GivenNumber(NamedTuple):
    """A further number of a lead, and its number, code and note as an answer repeats them."""

    stored: MoreNumber
    repeated: str


def further(asked: NonAgentRequest, country: str) -> list[GivenNumber]:
    """Return the numbers of multi_alt_phones, NUMBER_CODE_NOTE!NUMBER_CODE_NOTE; without those that are unusable.

    `country` is that of the lead's list, or "".
    """
    found: dict[str, GivenNumber] = {}
    for one in asked["multi_alt_phones"].split("!"):
        number, code, note = (*one.split("_", 2), "", "")[:3]
        digits, code = number_text.to_digits(number), number_text.to_digits(code)
        if not SHORTEST <= len(digits) <= LONGEST:
            continue
        note = " ".join(note.replace(more_numbers.BETWEEN, " ").replace("+", " ").split())[
            : more_numbers.LONGEST_LABEL
        ].rstrip()
        try:
            more_numbers.checked(text := f"+{code}{digits}" if code else digits, country)
        except PhoneNumberError:
            continue
        found.setdefault(text, GivenNumber(MoreNumber(text, note), f"{digits}|{code}|{note}"))
    return [*found.values()][: more_numbers.MOST]


def as_field(numbers: list[GivenNumber]) -> dict[str, str]:
    """Return the field of a lead for some further numbers; none without a number."""
    return {more_numbers.FIELD: more_numbers.written(one.stored for one in numbers)} if numbers else {}
