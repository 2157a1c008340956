"""The time zones and jurisdictions of a lead, by its number and its address."""

import tomllib
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
import pytest

from warmline.leads import lead_places
from warmline.leads.lead_places import LeadPlaces

EAST, CENTRE = "America/New_York", "America/Chicago"
TORONTO, BERLIN = "America/Toronto", "Europe/Berlin"
PLACES = tomllib.loads(lead_places.DATA.read_text())


@pytest.mark.parametrize(
    "lead, country, zones, jurisdictions",
    [
        ({"phone_number": "3055550123"}, "US", EAST, "US-FL"),
        ({"phone_code": "1", "phone_number": "3055550123"}, "", EAST, "US-FL"),
        ({"phone_code": "1", "phone_number": "8505550123"}, "US", f"{CENTRE}|{EAST}", "US-FL"),
        # The number and the address both count.
        ({"phone_number": "3055550123", "state": "TX", "postal_code": "750"}, "US", f"{EAST}|{CENTRE}", "US-FL|US-TX"),
        ({"phone_number": "3055550123", "state": "Florida", "postal_code": "32501"}, "US", f"{EAST}|{CENTRE}", "US-FL"),
        ({"phone_number": "3055550123", "state": " fl ", "postal_code": "33101-0001"}, "US", EAST, "US-FL"),
        ({"phone_number": "3055550123", "state": "unknown"}, "US", EAST, "US-FL"),
        ({"phone_number": "4165550123", "province": "QC", "postal_code": "h2x 1y4"}, "CA", TORONTO, "CA-ON|CA-QC"),
        ({"phone_number": "3055550123", "country_code": "DEU"}, "US", BERLIN, "DE"),
        ({"phone_code": "1", "phone_number": "3055550123", "country_code": "DE"}, "", f"{EAST}|{BERLIN}", "US-FL|DE"),
        # Islands and neighbours with the same calling code.
        ({"phone_code": "1", "phone_number": "7875550123"}, "", "America/Puerto_Rico", "US"),
        ({"phone_code": "1", "phone_number": "8765230123"}, "", "America/Jamaica", "JM"),
        ({"phone_code": "44", "phone_number": "2079460123"}, "", "Europe/London", "GB"),
        ({"phone_code": "44", "phone_number": "1534888888"}, "", "Europe/Jersey", "GB"),
        ({"phone_number": "301234567"}, "DE", "Europe/Berlin", "DE"),
        ({"phone_code": "262", "phone_number": "262123456"}, "", "Indian/Reunion", "FR"),
        # Toll-free numbers are anywhere; other numbers without a country are nowhere.
        ({"phone_number": "8005550123"}, "US", "", "US|CA"),
        ({"phone_number": "8005550123", "state": "FL"}, "US", "", "US-FL"),
        ({"phone_number": "8500"}, "", "", ""),
        ({"phone_code": "999", "phone_number": "123456"}, "", "", ""),
        ({}, "", "", ""),
    ],
)  # fmt: skip
def test_the_places_of_a_lead(lead: dict[str, str], country: str, zones: str, jurisdictions: str) -> None:
    assert lead_places.of_lead(lead, country) == LeadPlaces(zones, jurisdictions)


def test_time_zones_that_were_given_stay() -> None:
    given = {"phone_number": "8005550123", "state": "FL", "time_zones": EAST}
    assert lead_places.columns(given, "US") == {"time_zones": EAST, "jurisdictions": "US-FL"}


@pytest.mark.parametrize(
    "number, zones", [("+13055550123", EAST), ("+493012345", "Europe/Berlin"), ("3055550123", ""), ("+999123", "")]
)
def test_the_places_of_a_number_without_a_lead(number: str, zones: str) -> None:
    assert lead_places.of_number(number).time_zones == zones


def test_every_zone_exists_and_no_two_of_an_entry_are_the_same_all_year() -> None:
    entries = [text.split()[1] for text in PLACES["countries"].values()]
    entries += [zones for country in ("US", "CA") for row in PLACES[country].values() for zones in row["area_codes"]]
    existing = available_timezones()
    for entry in set(entries):
        zones = entry.split("|")
        assert existing.issuperset(zones)
        days = [datetime(2026, month, 15, tzinfo=UTC) for month in range(1, 13)]
        offsets = [tuple(day.astimezone(ZoneInfo(zone)).utcoffset() for day in days) for zone in zones]
        assert len(set(offsets)) == len(zones), entry


def test_every_country_with_numbers_is_known() -> None:
    known = {country: int(text.split()[0]) for country, text in PLACES["countries"].items()}
    islands = {"AC", "TA"}  # without a zone of their own in the IANA's table
    wanted = {one: phonenumbers.country_code_for_region(one) for one in phonenumbers.SUPPORTED_REGIONS}
    assert known == {one: code for one, code in wanted.items() if one not in islands | {"US", "CA"}}


def test_an_area_code_belongs_to_one_state_or_to_neighbours() -> None:
    shared = {"867": {"NT", "NU", "YT"}, "902": {"NS", "PE"}, "782": {"NS", "PE"}}
    states = [
        (code, state)
        for country in ("US", "CA")
        for state, row in PLACES[country].items()
        for codes in row["area_codes"].values()
        for code in codes.split()
    ]
    twice = {code for code, count in Counter(code for code, _ in states).items() if count > 1}
    assert {code: {state for one, state in states if one == code} for code in twice} == shared
    assert all(phonenumbers.is_possible_number(phonenumbers.parse(f"+1{code}5550123")) for code, _ in states)
