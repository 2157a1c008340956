"""The numbers of a lead: one with + keeps its own country code, whatever the main number and the list have."""

from collections.abc import Mapping

import pytest

from warmline.leads import lead_fields, lead_numbers

LONDON, NEW_YORK = "+44 20 7946 0018", "+1 212 555 0199"


def lead(**fields: str) -> Mapping[str, str]:
    return dict.fromkeys((*lead_fields.TEXTS, "time_zones", "jurisdictions"), "") | fields


@pytest.mark.parametrize("code", ["", "1", "49"])
@pytest.mark.parametrize("country", ["", "US", "DE"])
@pytest.mark.parametrize("field", lead_numbers.FIELDS)
@pytest.mark.parametrize(
    ("text", "parts", "zone"),
    [(LONDON, ("44", "2079460018"), "Europe/London"), (NEW_YORK, ("1", "2125550199"), "America/New_York")],
)
def test_another_number_with_a_plus_has_its_own_code_and_place(
    code: str, country: str, field: str, text: str, parts: tuple[str, str], zone: str
) -> None:
    found = lead_numbers.other(lead(phone_code=code, phone_number="3055577", **{field: text}), field, country)
    assert found and (found.code, found.national) == parts
    assert found.places.time_zones == zone


def test_another_number_without_a_plus_has_the_code_of_the_main_number() -> None:
    found = lead_numbers.other(lead(phone_code="1", phone_number="2015550123", alt_phone="2125550199"), "alt_phone", "")
    assert found and found.whole == "12125550199"


@pytest.mark.parametrize("country", ["", "US"])
def test_a_main_number_with_a_plus_outdoes_a_column_of_codes(country: str) -> None:
    taken = lead_fields.checked({"phone_code": "1", "phone_number": LONDON}, country)
    assert (taken["phone_code"], taken["phone_number"]) == ("44", "2079460018")


def test_a_number_with_a_plus_that_no_country_has_stays_as_it_is() -> None:
    assert lead_fields.checked({"phone_number": "+999 12345678"}) == {"phone_number": "99912345678"}
