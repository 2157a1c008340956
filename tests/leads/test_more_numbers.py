"""Further numbers of a lead: one text, with a label of each number or none."""

import pytest

from warmline.leads import lead_fields, more_numbers
from warmline.leads.more_numbers import MoreNumber
from warmline.options.values.entity import OptionError


@pytest.mark.parametrize(
    ("given", "country", "stored"),
    [
        ("", "US", ""),
        (" | |", "US", ""),
        ("(212) 555-0187", "US", "+12125550187"),
        ("2125550187: the  office |+1 212 555 0188", "", "2125550187:the office|+12125550188"),
        ("+49 30 1234567:a:b", "US", "+49301234567:a:b"),
        ("+1 555", "", "+1555"),
        ("2125550187:one|+12125550187:two", "US", "+12125550187:one"),
    ],
)
def test_numbers_are_stored_in_one_form(given: str, country: str, stored: str) -> None:
    assert lead_fields.checked({"more_numbers": given}, country) == {"more_numbers": stored}
    assert more_numbers.checked(stored, country) == stored
    assert more_numbers.written(more_numbers.read(stored)) == stored


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("2125550187 office", "contains 'o'"),
        (":office", "needs 2 to 18 digits"),
        ("2125550187:" + "x" * 31, "has 31 characters, more than 30"),
        ("|".join(f"21255501{n}" for n in range(10, 31)), "21 numbers; allowed: up to 20"),
        ("2125550187:a\x07b", "control character"),
        ("1" * 1201, "more than 1200"),
    ],
)
def test_wrong_numbers_are_refused(given: str, sentence: str) -> None:
    with pytest.raises(OptionError, match=sentence):
        lead_fields.checked({"more_numbers": given})


def test_number_without_a_country_code_has_that_of_its_lead() -> None:
    plain, whole = MoreNumber("2125550187"), MoreNumber("+12125550187")
    assert plain.whole("1") == whole.whole("44") == "12125550187"
    for one, caller, code, expected in [
        (plain, "12125550187", "1", True),
        (plain, "2125550187", "1", True),
        (plain, "442125550187", "1", False),
        (whole, "2125550187", "44", True),
        (whole, "2125550188", "1", False),
    ]:
        assert one.is_of(caller, code) is expected
