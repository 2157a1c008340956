"""The numbers of a lead: its main number, those in `alt_phone` and `address3`, and its further ones, with places."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from warmline.core.rules import number_text
from warmline.leads import lead_places, more_numbers, phone_numbers
from warmline.leads.lead_places import LeadPlaces
from warmline.leads.phone_numbers import PhoneNumberError

FIELDS = ("alt_phone", "address3")


class LeadNumber(NamedTuple):
    """A number in two parts, and the places by whose hours it is called."""

    code: str
    national: str
    places: LeadPlaces

    @property
    def whole(self) -> str:
        return self.code + self.national


def main(lead: Mapping[str, Any]) -> LeadNumber:
    """Return the main number of a lead, a row with its columns."""
    return LeadNumber(lead["phone_code"], lead["phone_number"], LeadPlaces(lead["time_zones"], lead["jurisdictions"]))


def other(lead: Mapping[str, Any], field: str, country: str) -> LeadNumber | None:
    """Return the number in one of FIELDS, or None if it is none. Its places are those of the number and the address.

    `country` is that of the lead's list, for numbers without a country code, or "".
    """
    found = _of_text(lead, str(lead[field]), country)
    return None if found is None or found.whole == main(lead).whole else found


def called(lead: Mapping[str, Any], number: str, country: str) -> LeadNumber:
    """Return the number of a lead that is called as `number`. A callback may have a number that its lead has not."""
    wanted = number_text.to_dialled_digits(number)
    if phone_numbers.same(wanted, main(lead).whole):
        return main(lead)
    further = (one.number for one in more_numbers.read(lead[more_numbers.FIELD]))
    others = (_of_text(lead, text, country) for text in (*(str(lead[field]) for field in FIELDS), *further))
    known = next((one for one in others if one and phone_numbers.same(wanted, one.whole)), None)
    return known or _of_text(lead, number, country) or LeadNumber("", wanted, main(lead).places)


def _of_text(lead: Mapping[str, Any], text: str, country: str) -> LeadNumber | None:
    try:
        code, national = phone_numbers.parted(text.strip(), country)
    except PhoneNumberError:
        return None
    if len(national) < phone_numbers.TAIL:
        return None
    code = code or str(lead["phone_code"])
    return LeadNumber(
        code, national, lead_places.of_lead({**lead, "phone_code": code, "phone_number": national}, country)
    )
