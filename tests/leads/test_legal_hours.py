"""The legal hours of a lead: each zone, each law, clock changes and holidays."""

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from warmline.core.rules.configuration import CallTime, Holiday
from warmline.leads import dial_hours, lead_places, legal_hours
from warmline.leads.dial_hours import HoursCheck
from warmline.leads.lead_places import LeadPlaces

EAST = "America/New_York"
NINE = CallTime("NINE", ct_default_start=900, ct_default_stop=2100)
SHOP = CallTime(
    "SHOP", ct_default_start=1000, ct_default_stop=1800, timezone="Europe/Berlin", ct_holidays=("INVENTORY",)
)
KNOWN = {one.id: one for one in (NINE, SHOP)}
INVENTORY = Holiday("INVENTORY", holiday_date="2026-11-24", holiday_status="ACTIVE", ct_default_start=2400)
STATES = [row for country in ("US", "CA") for row in tomllib.loads(lead_places.DATA.read_text())[country].values()]
ZONES = sorted({zone for row in STATES for zones in row["area_codes"] for zone in zones.split("|")})


def at(text: str, zone: str = "UTC") -> int:
    """Return a local time in microseconds UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()) * 1_000_000


def local(moment: int | None, zone: str) -> str:
    assert moment is not None
    return f"{datetime.fromtimestamp(moment / 1e6, UTC).astimezone(ZoneInfo(zone)):%a %m-%d %H:%M:%S}"


def check(zones: str, jurisdictions: str, moment: int, names: Sequence[str] = ()) -> HoursCheck:
    return dial_hours.check(LeadPlaces(zones, jurisdictions), names, KNOWN, {"INVENTORY": INVENTORY}, moment)


# The days on which clocks are put forward and back, and a day between them.
@pytest.mark.parametrize("day", ["2026-03-08", "2026-06-10", "2026-11-01"])
@pytest.mark.parametrize("zone", ZONES)
def test_the_united_states_are_called_from_8_to_21_in_each_zone(zone: str, day: str) -> None:
    answers = [
        check(zone, "US", at(f"{day}T{time}", zone)) for time in ("07:59:59", "08:00:00", "20:59:59", "21:00:00")
    ]
    assert [answer.open for answer in answers] == [False, True, True, False]
    opened, closed = at(f"{day}T08:00", zone), at(f"{day}T21:00", zone)
    assert [answer.until for answer in answers[:3]] == [opened, closed, closed]
    assert local(answers[3].until, zone).endswith("08:00:00")


@pytest.mark.parametrize(
    "law, zone, opens, closes",
    [
        ("CA", "America/St_Johns", "09:00", "21:30"),
        ("GB", "Europe/London", "08:00", "21:00"),
        ("DE", "Europe/Berlin", "08:00", "20:00"),
        ("FR", "Europe/Paris", "14:00", "20:00"),
        ("US-FL", EAST, "08:00", "20:00"),
        ("US-KY", EAST, "10:00", "21:00"),
        ("US-TX", "America/Chicago", "09:00", "21:00"),
        ("US-GA", EAST, "08:00", "21:00"),  # no hours of its own
    ],
)
@pytest.mark.parametrize("day", ["2026-03-30", "2026-11-02"])  # Mondays after both clock changes
def test_the_hours_of_a_law(law: str, zone: str, opens: str, closes: str, day: str) -> None:
    second = timedelta(seconds=1) // timedelta(microseconds=1)
    first, last = at(f"{day}T{opens}", zone), at(f"{day}T{closes}", zone)
    assert [check(zone, law, one).open for one in (first - second, first, last - second, last)] == [
        False,
        True,
        True,
        False,
    ]
    assert check(zone, law, first).until == last


def test_france_closes_at_noon() -> None:
    noon = check("Europe/Paris", "FR", at("2026-11-23T13:00", "Europe/Paris"))
    assert not noon.open
    assert noon.why == (
        "closed at 2026-11-23 13:00 Europe/Paris: "
        "France: 1000-1300 and 1400-2000 (Code de la consommation, D223-9 (decree 2022-1313))"
    )
    assert local(noon.until, "Europe/Paris") == "Mon 11-23 14:00:00"


@pytest.mark.parametrize(
    "law, zone, day, again",
    [
        ("DE", "Europe/Berlin", "2026-12-25T12:00", "Mon 12-28 08:00:00"),  # Saturday is the second holiday
        ("DE", "Europe/Berlin", "2027-03-26T12:00", "Sat 03-27 09:00:00"),  # Good Friday
        ("FR", "Europe/Paris", "2026-11-11T12:00", "Thu 11-12 10:00:00"),
        ("US-RI", EAST, "2026-07-03T12:00", "Mon 07-06 09:00:00"),  # the 4th is a Saturday
        ("US-RI", EAST, "2026-11-26T12:00", "Fri 11-27 09:00:00"),  # the fourth Thursday
        ("US-AL", "America/Chicago", "2026-05-25T12:00", "Tue 05-26 08:00:00"),  # the last Monday
        ("US-AL", "America/Chicago", "2027-12-31T12:00", "Mon 01-03 08:00:00"),  # New Year's Day 2028 is a Saturday
        ("US-TX", "America/Chicago", "2026-11-22T11:59", "Sun 11-22 12:00:00"),  # a Sunday
    ],
)
def test_a_holiday_or_a_day_of_rest_is_closed(law: str, zone: str, day: str, again: str) -> None:
    found = check(zone, law, at(day, zone))
    assert not found.open and local(found.until, zone) == again


def test_a_lead_in_several_zones_is_open_in_all_of_them() -> None:
    both = f"{EAST}|America/Los_Angeles", "US"
    early = check(*both, at("2026-11-23T10:59", EAST))
    assert early.why.startswith("closed at 2026-11-23 07:59 America/Los_Angeles: United States: 0800-2100")
    assert local(early.until, EAST) == "Mon 11-23 11:00:00"
    late = check(*both, at("2026-11-23T20:59", EAST))
    assert late.open and local(late.until, EAST) == "Mon 11-23 21:00:00"


def test_zones_without_a_common_hour_never_open() -> None:
    found = check("Pacific/Auckland|Europe/Berlin", "DE|FR", at("2026-11-23T12:00"))
    assert not found.open and found.until is None


def test_a_toll_free_number_is_refused_until_the_lead_names_a_zone() -> None:
    found = check("", "US|CA", at("2026-11-23T15:00"))
    assert found == (False, None, "the lead has no time zone: its number has no place; set time_zones of the lead")
    assert check(EAST, "US|CA", at("2026-11-23T15:00")).open


def test_a_country_without_legal_hours_needs_a_call_time() -> None:
    vienna = at("2026-11-23T09:00", "Europe/Vienna")
    found = check("Europe/Vienna", "AT", vienna)
    assert found == (False, None, "no legal hours are known for AT; set local_call_time of the campaign")
    named = check("Europe/Vienna", "AT", vienna, ["NINE"])
    assert named.open and local(named.until, "Europe/Vienna") == "Mon 11-23 21:00:00"
    assert check("Europe/Vienna", "AT", vienna, ["GONE"]).why == "call time GONE does not exist"


def test_a_call_time_narrows_the_legal_hours_and_cannot_widen_them() -> None:
    early = check(EAST, "US", at("2026-11-23T08:30", EAST), ["NINE", ""])
    assert early.why == "closed at 2026-11-23 08:30 America/New_York: call time NINE: default 0900-2100"
    assert local(check(EAST, "US-FL", at("2026-11-23T09:00", EAST), ["NINE"]).until, EAST) == "Mon 11-23 20:00:00"


def test_a_call_time_with_its_own_zone_keeps_it_and_its_holidays() -> None:
    open_now = check("Europe/London", "GB", at("2026-11-23T09:00", "Europe/London"), ["SHOP"])
    assert open_now.open and local(open_now.until, "Europe/London") == "Mon 11-23 17:00:00"
    holiday = check("Europe/London", "GB", at("2026-11-24T09:00", "Europe/London"), ["SHOP"])
    assert not holiday.open and local(holiday.until, "Europe/London") == "Wed 11-25 09:00:00"


def test_a_state_limits_the_calls_of_a_day() -> None:
    assert dial_hours.calls_in_24_hours("US-GA|US-FL") == (3, "Florida, Fla. Stat. 501.616(6)")
    assert dial_hours.calls_in_24_hours("DE") == (0, "")
    assert dial_hours.calls_in_30_days("DE|FR") == (4, "France, Code de la consommation, D223-9 (decree 2022-1313)")
    assert dial_hours.calls_in_30_days("US-FL") == (0, "")


def test_every_row_has_a_source_and_its_country() -> None:
    for name, row in legal_hours.table().items():
        assert row.source and row.as_of >= date(2026, 1, 1)
        assert row.id == name and name.partition("-")[0] in legal_hours.table()
        assert len(row.days) == 7 and any(row.days)


@pytest.mark.parametrize("year, month, day", [(1954, 4, 18), (1981, 4, 19), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)])
def test_easter_is_on_its_known_dates(year: int, month: int, day: int) -> None:
    assert legal_hours.easter(year) == date(year, month, day)
