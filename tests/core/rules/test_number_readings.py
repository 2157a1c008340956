"""The deny list sees the numbers that a network reads behind spare zeros and carrier codes, and no others."""

import pytest

from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import Campaign

ABROAD = ("00", "011")


def denied(number: str, *entries: str, prefixes: tuple[str, ...] = ABROAD, dial_prefix: str = "") -> bool:
    campaign = Campaign("TESTCAMP", dial_deny=entries, international_prefixes=prefixes, dial_prefix=dial_prefix)
    endpoint, reason = dial_rules.build_customer_endpoint(campaign, number)
    assert bool(endpoint) is not bool(reason)
    assert not reason or "dial_deny has" in reason, reason
    return bool(reason)


def test_zeros_behind_a_country_code_are_spare(subtests: pytest.Subtests) -> None:
    for number, entry in [
        ("+490900123456", "_+49900X."),
        ("00490900123456", "_+49900X."),
        ("004909001234567", "_0049900X."),
        ("011490900123456", "_+49900X."),
        ("+4900900123456", "_+49900X."),
        ("00049900123456", "_+49900X."),  # a zero too many before the code
        ("000490900123456", "_+49900X."),
        ("490900123456", "_+49900X."),  # as most trunks take it
        ("+490900123456", "_49900X."),
        ("+4409001234567", "_+449X."),
        ("+330899123456", "_+33899X."),
        ("+109005551234", "_+1900X."),  # no area code of North America begins with 0 or 1
        ("+119005551234", "_+1900X."),
        ("119005551234", "_+1900X."),
        ("+3530900123456", "_+353900X."),  # a code of three digits
    ]:
        with subtests.test(number=number, entry=entry):
            assert denied(number, "8", entry)


@pytest.mark.parametrize("number", ["0900123456", "900123456", "00900123456"])
def test_zeros_behind_a_country_code_of_the_prefix_are_spare(number: str) -> None:
    assert denied(number, "_+49900X.", dial_prefix="+49")


def test_a_carriers_code_does_not_hide_a_number(subtests: pytest.Subtests) -> None:
    for number, entry in [
        ("0101309001234567", "_0900X."),  # Germany
        ("0103309001234567", "_0900X."),
        ("01009209001234567", "_0900X."),
        ("010130049900123456", "_+49900X."),
        ("0101300490900123456", "_+49900X."),
        ("01013008812345678", "_+881X."),
        ("101032119005551234", "_1900X."),  # the United States and Canada
        ("10103219005551234", "_900X."),
        ("1010321011881212345678", "_+881X."),
        ("1818509098790000", "_09X."),  # the United Kingdom
        ("128009098790000", "_09X."),
        ("13209098790000", "_09X."),
        ("14109098790000", "_09X."),  # withholds the own number
        ("12800088161234567", "_+881X."),
    ]:
        with subtests.test(number=number, entry=entry):
            assert denied(number, "8", entry)


def test_a_carriers_code_behind_a_prefix_typed_by_hand_does_not_hide_one() -> None:
    campaign = Campaign("TESTCAMP", dial_deny=("_0900X.",), dial_prefix="9")
    assert dial_rules.build_customer_endpoint(campaign, "90101309001234567", skips_prefix=True) == (
        "",
        "90101309001234567 may not be dialled: dial_deny has _0900X.",
    )


# Entries of cautious sites, for all countries at once.
CAUTIOUS = (
    *("_+49900X.", "_0900X.", "_+49137X.", "_0137X.", "_+4911800X", "_11[68]XX", "_+49180X.", "_0180X."),
    *("_+449X.", "_09X.", "_+4487X.", "_087X.", "_+4470X.", "_070X."),
    *("_+1900X.", "_1900X.", "_900NXXXXXX", "_+1976X.", "_+1876X.", "_1876X."),
    *("_+3389X.", "_089XXXXXXX", "_+3381X.", "_+39899X.", "_+39892X.", "_89[29]X.", "_+8810X.", "_+88[12]X."),
)
ORDINARY = {
    "DE": (
        "+493012345678",
        "00498912345678",
        "030123456",
        "0891234567",
        "015112345678",
        "+4915112345678",
        "4930123456",
    ),
    "GB": ("+442079460000", "00441632960000", "02079460000", "01132001234", "07700900123", "+447700900123"),
    "US": ("+12125550100", "12125550100", "2125550100", "4409551234", "0114930123456"),
    "CA": ("+14165550100", "14165550100", "2899551234", "4165550100", "011442079460000"),
    "FR": ("+33123456789", "0033612345678", "0123456789", "0612345678", "0101309001", "33123456789"),
    "IT": (
        "+390612345678",
        "0039089912345",
        "+39089912345",
        "39089912345",
        "0612345678",
        "+393331234567",
        "01013090012",
    ),
    "other": ("+2250899123456", "+24107123456", "+22901900123", "+37890012345", "+37812345678"),
}
NOT_IN_GERMANY = {"0891234567": ("_089XXXXXXX",)}  # Munich, where the entry is a French one


def test_ordinary_numbers_are_not_denied(subtests: pytest.Subtests) -> None:
    for country, number in [(country_code, number) for country_code, numbers in ORDINARY.items() for number in numbers]:
        with subtests.test(country=country, number=number):
            prefixes = ("011",) if country in ("US", "CA") else ("00",)
            foreign_entries = NOT_IN_GERMANY.get(number, ())
            assert not denied(number, *(entry for entry in CAUTIOUS if entry not in foreign_entries), prefixes=prefixes)


def test_a_zero_of_italy_is_part_of_the_number() -> None:
    assert not denied("+39089912345", "_+3989X."), "a number of Salerno, area 089"
    assert denied("+3989912345", "_+3989X."), "a premium number"


def test_an_allowed_number_has_no_spare_zero() -> None:
    campaign = Campaign("TESTCAMP", dial_allow=("_+4930X.",))
    assert dial_rules.build_customer_endpoint(campaign, "+493012345")[0]
    assert not dial_rules.build_customer_endpoint(campaign, "+4903012345")[0]
    assert not dial_rules.build_customer_endpoint(campaign, "010130049301234567")[0]


def test_the_do_not_call_list_is_asked_about_the_number_without_them() -> None:
    campaign = Campaign("TESTCAMP")
    assert {"4930123456", "+4930123456"} <= dial_rules.list_readings(campaign, "+49030123456")
    assert "0301234567" in dial_rules.list_readings(campaign, "010130301234567")
