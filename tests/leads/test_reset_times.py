"""Resets at times of the day: the decision, also beside changes of the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from warmline.leads.reset_times import MAKE_UP, WRONG, due, upcoming
from warmline.options.campaign.list_and_script_options import LIST_OPTIONS
from warmline.options.option_table import LIST

BERLIN = ZoneInfo("Europe/Berlin")
TIMES = ("09:00", "17:00")
SECOND, MINUTE = 1_000_000, 60_000_000
[OPTION] = [option for option in LIST_OPTIONS if option.name == "reset_times"]


def at(text: str, zone: ZoneInfo = BERLIN, fold: int = 0) -> int:
    """Return a local time in microseconds UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).timestamp()) * SECOND


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17:00,09:00", ("09:00", "17:00")),
        ("0900-1700-2359", ("09:00", "17:00", "23:59")),
        ("9:05 900, 09:00", ("09:00", "09:05")),
        ("", ()),
        (",".join(f"{hour}:30" for hour in range(24)), tuple(f"{hour:02}:30" for hour in range(24))),
    ],
)
def test_times_are_read_in_order(text: str, value: tuple[str, ...]) -> None:
    assert OPTION.type.parse(text) == value
    assert OPTION.type.parse(",".join(value)) == value


@pytest.mark.parametrize(
    "text", ["24:00", "09:60", "9", "noon", "09:00;17:00", "-", "09:00:00", "\u0660\u0669:00", "+9:00"]
)
def test_a_wrong_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        OPTION.type.parse(text)


def test_more_than_24_times_are_refused() -> None:
    with pytest.raises(ValueError, match="these are 25"):
        OPTION.type.parse(",".join(f"00:{minute:02}" for minute in range(25)))
    assert LIST.option("reset_times").type.allowed == "up to 24 times of the day, such as 09:00,17:00; may be empty"


def test_a_reset_is_due_from_its_moment_until_it_is_noted() -> None:
    nine = at("2026-11-23T09:00")
    assert due(TIMES, BERLIN, nine - 1, at("2026-11-22T17:00")) is None
    assert due(TIMES, BERLIN, nine, at("2026-11-22T17:00")) == (nine, False)
    assert due(TIMES, BERLIN, nine + 5 * SECOND, nine) is None
    assert due(TIMES, BERLIN, at("2026-11-23T17:00"), nine) == (at("2026-11-23T17:00"), False)
    assert due((), BERLIN, nine) is None


def test_a_reset_of_the_last_hour_is_made_up_and_an_older_one_is_missed() -> None:
    nine = at("2026-11-23T09:00")
    before = at("2026-11-22T17:00")
    assert due(TIMES, BERLIN, nine + MAKE_UP, before) == (nine, False)
    assert due(TIMES, BERLIN, nine + MAKE_UP + 1, before) == (nine, True)
    assert due(TIMES, BERLIN, at("2026-11-23T08:59"), 0) == (before, True)


def test_several_moments_that_passed_are_one_reset() -> None:
    quarters = tuple(f"09:{minute}" for minute in ("00", "15", "30"))
    now = at("2026-11-23T09:40")
    assert due(quarters, BERLIN, now, 0) == (at("2026-11-23T09:30"), False)
    assert due(quarters, BERLIN, now, at("2026-11-23T09:30")) is None


def test_times_count_from_the_moment_at_which_they_were_set() -> None:
    nine, set_at = at("2026-11-23T09:00"), at("2026-11-23T09:30")
    assert due(TIMES, BERLIN, set_at + MINUTE, 0, set_at) is None
    assert due(TIMES, BERLIN, set_at + MINUTE, 0, nine - MINUTE) == (nine, False)
    assert due(TIMES, BERLIN, at("2026-11-23T17:00"), 0, set_at) == (at("2026-11-23T17:00"), False)


def test_a_clock_that_is_set_back_repeats_no_reset() -> None:
    nine = at("2026-11-23T09:00")
    for now in (nine - 10 * MINUTE, nine, nine + MINUTE):
        assert due(TIMES, BERLIN, now, nine) is None


def test_a_moment_noted_by_a_wrong_clock_ends_no_resets() -> None:
    nine = at("2026-11-23T09:00")
    assert due(TIMES, BERLIN, nine, nine + WRONG) is None
    assert due(TIMES, BERLIN, nine, at("2027-11-23T09:00")) == (nine, False)


def walked(times: tuple[str, ...], first: str, minutes: int, zone: ZoneInfo = BERLIN) -> list[int]:
    """Return the moments of the resets while a clock runs, minute by minute."""
    noted, found = at(first, zone), list[int]()
    for now in range(noted, noted + minutes * MINUTE, MINUTE):
        if one := due(times, zone, now, noted):
            assert not one.missed and one.moment == now
            found.append(noted := one.moment)
    return found


def test_a_time_that_does_not_exist_is_one_reset_after_the_leap() -> None:
    found = walked(("02:15", "02:30", "03:00"), "2026-03-28T12:00", 2 * 24 * 60)
    assert found[:1] == [at("2026-03-29T03:00")]
    assert found[1:] == [at(f"2026-03-30T{time}") for time in ("02:15", "02:30", "03:00")]


def test_a_time_that_exists_twice_is_one_reset_at_its_first_moment() -> None:
    found = walked(("02:30",), "2026-10-24T12:00", 2 * 24 * 60)
    assert found == [at("2026-10-25T02:30", fold=0), at("2026-10-26T02:30")]


def test_a_day_that_a_zone_left_out_is_one_reset_after_it() -> None:
    samoa = ZoneInfo("Pacific/Apia")  # had no 30 December 2011
    found = walked(("09:00",), "2011-12-28T12:00", 60 * 60, samoa)
    assert found == [at(f"2011-12-{day}", samoa) for day in ("29T09:00", "31T00:00", "31T09:00")]


def test_the_next_reset_is_named() -> None:
    assert upcoming(TIMES, BERLIN, at("2026-11-23T08:59")) == at("2026-11-23T09:00")
    assert upcoming(TIMES, BERLIN, at("2026-11-23T09:00")) == at("2026-11-23T17:00")
    assert upcoming(TIMES, BERLIN, at("2026-11-23T17:00")) == at("2026-11-24T09:00")
    assert upcoming(("02:30",), BERLIN, at("2026-10-25T02:30", fold=1)) == at("2026-10-26T02:30")
    assert upcoming((), BERLIN, at("2026-11-23T09:00")) is None
