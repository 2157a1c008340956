"""The filters: each field keeps its own set of characters, up to a length. The rest is dropped, never refused.

The sets are VICIdial's. Texts for people also keep letters of every script, as with VICIdial's use_non_latin. Names,
numbers and codes stay ASCII. No field keeps control characters, except tabs and line ends in free texts.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from warmline.core.rules import number_text
from warmline.leads.lead_fields import LONGEST_CUSTOM, TEXTS
from warmline.text.printable import in_words, without_controls

Fields = Mapping[str, str]


class FieldFilter(NamedTuple):
    """The characters that are dropped from a field, and whether a plus sign after URL decoding means a space.

    `letters`: letters beyond ASCII are kept, whatever `dropped` says.
    """

    dropped: re.Pattern[str]
    plus_is_blank: bool = False
    letters: bool = False

    def kept(self, text: str) -> str:
        """Return the filtered text."""
        text = text.replace("+", " ") if self.plus_is_blank else text
        if not self.letters or text.isascii():
            return without_controls(self.dropped.sub("", text))
        kept = (sign if not sign.isascii() and in_words(sign) else self.dropped.sub("", sign) for sign in text)
        return without_controls("".join(kept))


def _keep(characters: str, *, plus_is_blank: bool = False, letters: bool = False) -> FieldFilter:
    return FieldFilter(re.compile(f"[^{characters}]"), plus_is_blank, letters)


_NAME = _keep("-_0-9a-zA-Z")
_ALNUM = _keep("0-9a-zA-Z")
_DIGITS = _keep("0-9")
_UPPER = _keep("A-Z")
_FREE = FieldFilter(re.compile("[;#]"), plus_is_blank=True)
_PERSON = _keep("- '_.0-9a-zA-Z", plus_is_blank=True, letters=True)
_ADDRESS = _keep("- '_.:/@0-9a-zA-Z", plus_is_blank=True, letters=True)
_NOTE = _keep("- ._0-9a-zA-Z", plus_is_blank=True, letters=True)


def _all(filter_: FieldFilter, names: str) -> dict[str, FieldFilter]:
    return dict.fromkeys(names.split(), filter_)


FILTERS: dict[str, FieldFilter] = (
    _all(
        _NAME,
        "user agent_user function focus preview search status dial_ingroup cid_choice outbound_cid recipient"
        " close_window_link dnc_check campaign_dnc_check"
        " formreload scriptreload script2reload emailreload chatreload",
    )
    | _all(_ALNUM, "source format group_alias dial_prefix alt_user text_color md_check tw_check wait")
    | _all(_DIGITS, "lead_id rank duration text_size maxParticleCount particleSpeed")
    | _all(
        _UPPER,
        "consultative dial_override blended set_as_default vtiger_callback callback_type country_code gender",
    )
    | _all(_FREE, "vendor_id vendor_lead_code source_id comments notification_text")
    | _all(_PERSON, "first_name last_name province")
    | _all(_ADDRESS, "address1 address2 address3 city owner security_phrase")
    | _all(_NOTE, "notes callback_comments")
    | {
        "pass": _keep("-.+/=_0-9a-zA-Z"),
        "value": _keep("-|_0-9a-zA-Z"),
        "phone_number": _keep("*#0-9"),
        "phone_code": _keep("0-9X"),
        "alt_dial": _keep("0-9A-Z"),
        "multi_dial_phones": _keep(",0-9"),
        "ingroup_choices": _keep("- _0-9a-zA-Z", plus_is_blank=True),
        "callback_datetime": _keep("- :._0-9a-zA-Z", plus_is_blank=True),
        "qm_dispo_code": _keep("-._0-9a-zA-Z"),
        "stage": FieldFilter(re.compile(r"['\"\\;]")),
        "title": _keep("- '_.0-9a-zA-Z", letters=True),
        "middle_initial": _keep("0-9a-zA-Z", letters=True),
        "alt_phone": _keep("- '_.0-9a-zA-Z", plus_is_blank=True),
        "email": _keep("- '_.:/@%0-9a-zA-Z", plus_is_blank=True, letters=True),
        "state": _keep("- 0-9a-zA-Z", letters=True),
        "postal_code": _keep("- 0-9a-zA-Z", plus_is_blank=True, letters=True),
        "date_of_birth": _keep("-0-9"),
        "gmt_offset_now": _keep("-_.0-9"),
        "idempotency_key": _keep("-_.:0-9a-zA-Z"),  # of Warmline, like wait
    }
)

LONG = 255  # characters, as in VICIdial's columns, because the journal keeps these texts permanently
# One more than the limit of fields that refuse longer texts.
LONGEST = {name: max(LONG, most) + 1 for name, most in TEXTS.items()} | {
    "idempotency_key": LONG + 1,
    "ingroup_choices": 4000,
    "pass": 4000,  # is not stored
}

CUSTOM = "custom:"  # prefix of the field with a parameter that may be a custom field of a lead
CUSTOM_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)
WITH_CUSTOM = "update_fields"  # the function that takes them
GIVEN = "given"  # not a parameter: the names of the given fields, separated by spaces
# Fields that may be a number to dial, and the characters besides digits that are dialled.
NUMBERS = {"value": "", "phone_number": "*#", "phone_code": "X"}
ODD = "odd_"  # prefix of the field with a number's text that the filter would turn into another number; otherwise ""
ODD_FIELDS = tuple(ODD + name for name in NUMBERS)
_ABSENT = dict.fromkeys((*FILTERS, *ODD_FIELDS), "")
SHOWN = 40  # characters of such a text that an answer repeats


def filtered(given: Mapping[str, str]) -> dict[str, str]:
    """Return every field of the contract, filtered; missing fields are empty, unknown names are left out.

    Only `update_fields` gets unknown names, each with the prefix CUSTOM: its lead tells which are custom fields.
    """
    fields = dict(_ABSENT)
    fields[GIVEN] = " ".join(sorted(given.keys() & FILTERS.keys()))
    for name in given.keys() & FILTERS.keys():
        fields[name] = FILTERS[name].kept(given[name])[: LONGEST.get(name, LONG)]
    if given.get("function") == WITH_CUSTOM:
        for name in filter(CUSTOM_NAME.fullmatch, given.keys() - FILTERS.keys()):
            fields[CUSTOM + name] = _FREE.kept(given[name])[: LONGEST_CUSTOM + 1]
    for name in NUMBERS.keys() & given.keys():
        if number_text.find_strange_character(given[name], NUMBERS[name]):
            fields[ODD + name] = shown(given[name])
    return fields


def shown(text: str) -> str:
    """Return an invalid text as an answer repeats it."""
    return "".join(filter(str.isprintable, text)).replace("|", " ")[:SHOWN]
