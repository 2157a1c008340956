"""The ready deny lists: they forbid what their documents name, in each spelling, and no ordinary number."""

import pytest

from tests.core.rules.test_number_readings import ORDINARY
from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import Campaign
from warmline.options import deny_lists
from warmline.options.campaign.manual_dialling_options import NUMBERS
from warmline.options.deny_lists import DENY_LISTS

PREFIXES = {"DE": ("00",), "GB": ("00",), "FR": ("00",), "US": ("011",), "CA": ("011",)}
SATELLITES = ("+870773123456", "00870773123456", "011870773123456", "+881612345678", "+8821612345678", "+979123456789")
EXPENSIVE = {
    "DE": (
        "09001234567",
        "+499001234567",
        "+4909001234567",
        "0101309001234567",
        "01371234567",
        "11833",
        "*21*0301234#",
    ),
    "GB": ("09098790000", "+449098790000", "004409098790000", "08712345678", "07012345678", "118500", "**62*1#"),
    "US": (
        "9002345678",
        "19002345678",
        "+19002345678",
        "101032119002345678",
        "2129761234",
        "*722125550100",
        "11722125550",
    ),
    "CA": ("9002345678", "14169761234", "+19002345678", "*902125550100", "9761234"),
    "FR": ("0899123456", "+33899123456", "00330899123456", "118712", "*21*0123456789#"),
}


def may(country: str, number: str, prefixes: tuple[str, ...] = ()) -> bool:
    entries, prefixes = deny_lists.entries((country,)), prefixes or PREFIXES[country]
    campaign = Campaign("TESTCAMP", dial_deny=entries, international_prefixes=prefixes, deny_star_codes="N")
    return dial_rules.build_customer_endpoint(campaign, number)[1] == ""


@pytest.mark.parametrize(("country", "number"), [(one, number) for one, many in EXPENSIVE.items() for number in many])
def test_an_expensive_number_is_denied(country: str, number: str) -> None:
    assert not may(country, number)


@pytest.mark.parametrize("number", SATELLITES)
@pytest.mark.parametrize("country", DENY_LISTS)
def test_each_list_denies_satellites(country: str, number: str) -> None:
    assert not may(country, number, ("00", "011"))


@pytest.mark.parametrize(
    "number", [*ORDINARY["US"], "8705551234", "8085551234", "9795551234", "8885551234", "4487551234"]
)
@pytest.mark.parametrize("country", ["US", "CA"])
def test_no_ordinary_number_of_north_america_is_denied(country: str, number: str) -> None:
    assert may(country, number)


@pytest.mark.parametrize("country", DENY_LISTS)
def test_no_ordinary_number_of_the_country_or_abroad_is_denied(country: str) -> None:
    abroad = [number for many in ORDINARY.values() for number in many if number.startswith("+")]
    assert [number for number in (*ORDINARY[country], *abroad) if not may(country, number)] == []


@pytest.mark.parametrize("country", DENY_LISTS)
def test_each_part_has_valid_entries_and_a_source(country: str) -> None:
    for part in DENY_LISTS[country]:
        assert part.meaning and part.source
        assert NUMBERS.parse(",".join(part.entries)) == part.entries
