"""Periods on this machine's clock, also on the days of clock changes."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import typer

from cli.arguments.time_options import period
from cli.output.charts import HourCounts, spark
from cli.output.time_format import date_and_time
from warmline.text.written_time import past

HOUR = 3_600_000_000


@pytest.fixture
def clock_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set this machine's time zone."""

    def of(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield of
    monkeypatch.undo()
    time.tzset()


def at(text: str) -> int:
    """A time in UTC, in microseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


NOW = at("2026-10-26T12:00")


@pytest.mark.parametrize(
    ("zone", "day", "start", "hours"),
    [
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00", 25),
        ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00", 23),
        ("Europe/Berlin", "yesterday", "2026-10-24T22:00", 25),
        ("Europe/Berlin", "today", "2026-10-25T23:00", 24),
        ("America/New_York", "2026-11-01", "2026-11-01T04:00", 25),
        ("Asia/Kolkata", "2026-10-25", "2026-10-24T18:30", 24),
        ("UTC", "2026-10-25", "2026-10-25T00:00", 24),
    ],
)
def test_a_day_is_as_long_as_its_clock_says(
    clock_of: Callable[[str], None], zone: str, day: str, start: str, hours: int
) -> None:
    clock_of(zone)
    found = period("", day, "", NOW)
    assert (found.start, found.end - found.start) == (at(start), hours * HOUR)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("thisweek", "2026-10-25T23:00", "2026-11-01T23:00"),
        ("last week", "2026-10-18T22:00", "2026-10-25T23:00"),
        ("thismonth", "2026-09-30T22:00", "2026-10-31T23:00"),
        ("Lastmonth", "2026-08-31T22:00", "2026-09-30T22:00"),
    ],
)
def test_a_week_or_month_in_words_ends_where_the_next_begins(
    clock_of: Callable[[str], None], words: str, start: str, end: str
) -> None:
    clock_of("Europe/Berlin")
    found = period("", words, "", NOW)
    assert (found.start, found.end) == (at(start), at(end))


def test_since_yesterday_is_since_its_midnight(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    assert period("yesterday", "", "", NOW) == (at("2026-10-24T22:00"), NOW + 1, NOW)
    assert period("", "", "", NOW).start == NOW - 24 * HOUR


def test_between_two_times(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    assert period("", "", "2026-10-24..2026-10-26", NOW)[:2] == (at("2026-10-23T22:00"), at("2026-10-25T23:00"))
    assert period("", "", "2026-10-25T01:00Z..now", NOW)[:2] == (at("2026-10-25T01:00"), NOW)
    for wrong in ("..today", "today..", "today", "now..yesterday"):
        with pytest.raises(typer.BadParameter):
            period("", "", wrong, NOW)


def test_an_hour_that_comes_twice_is_told_apart(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    assert date_and_time(at("2026-10-25T00:30")) == "2026-10-25 02:30:00"
    assert date_and_time(at("2026-10-25T01:30")) == "2026-10-25 02:30:00 CET"
    assert past("2026-10-25T02:30", None, NOW) == at("2026-10-25T00:30")


def test_the_letters_of_charts() -> None:
    assert spark([0, 1, 4, 8]) == " ▁▄█"
    assert spark([]) == "" and spark([0, 0]) == "  "


def test_a_long_line_has_letters_for_several_hours() -> None:
    hours = HourCounts()
    for hour in range(200):
        hours.add(hour * HOUR)
    assert "a bar for each 3 hours" in hours.line() and hours.line().count("█") == 66


def test_hours_are_counted_once_each(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    hours = HourCounts()
    for hour in range(25):
        hours.add(at("2026-10-24T22:15") + hour * HOUR)
    hours.add(at("2026-10-25T23:15"))
    assert hours.line() == f"Sun 00:00 {'█' * 26} Mon 00:00, a bar for each hour"
