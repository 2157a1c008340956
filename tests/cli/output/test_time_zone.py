"""Times for people are read and written in the time zone of the setting, which the output names."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer

from cli.arguments.time_options import day_bounds, period
from cli.output import time_zone
from cli.output.invalid_argument import InvalidArgument
from cli.output.time_format import date_and_time
from tests.cli.command_line import Run
from tests.wording.said import refused
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.text.written_time import TimeTextError, past


def at(text: str) -> int:
    """A time in UTC, in microseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


CAME = at("2026-11-20T23:30")  # the 21st in Kolkata


SATURDAY = at("2026-11-21T12:00")  # a Saturday


@pytest.fixture(scope="module")
def called(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the setting Asia/Kolkata and a call, to be copied."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("called")))
    config.set_options(path, "setting", "warmline", {"timezone": "Asia/Kolkata"}, who="ada")
    driver = RecordedDriver(path)
    driver.asterisk.now = CAME
    driver.log_in("1000")
    driver.customer()
    driver.wait(20)
    driver.ask(Kind.HANGUP)
    driver.ask(Kind.STATUS, status="SALE")
    driver.close()
    return path


@pytest.fixture
def run(called: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Iterator[Run]:
    """Run `warmline …` with the setting Asia/Kolkata on a machine in UTC; return exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", shutil.copy(called, tmp_path))
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(time, "time_ns", lambda: SATURDAY * 1000)
    time.tzset()

    yield run
    time_zone.begin([])


def test_a_day_is_that_of_the_settings_clock(run: Run) -> None:
    assert run("audit", "calls", "--day", "2026-11-21", "--ndjson")[1].count("\n") == 1
    assert run("audit", "calls", "--day", "2026-11-20", "--ndjson")[1] == ""
    assert run("audit", "calls", "--day", "today", "--ndjson")[1].count("\n") == 1


def test_json_has_utc_and_names_no_clock(run: Run) -> None:
    document = json.loads(run("audit", "calls", "--day", "today", "--json")[1])
    assert document["calls"][0]["arrived"].startswith("2026-11-20T23:30")


def test_a_zone_that_there_is_not_is_refused(run: Run) -> None:
    for words in (("--timezone", "Mars/Crater", "history", "1000"), ("history", "1000", "--timezone")):
        code, out, err = run(*words)
        assert (code, out) == (1, "") and "such as Europe/Berlin" in err


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


NOW = at("2026-10-26T12:00")


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


def test_output_for_people_is_on_the_clock_of_the_setting_or_of_an_option(run: Run) -> None:
    for line in ("audit calls --since 7d", "history 1000", "audit call last", "route why last"):
        code, out, err = run(*line.split())
        assert (code, err) == (0, "")
        assert "2026-11-21" in out and "05:00" in out and "23:30" not in out
        assert out.splitlines()[-1] == "times: Asia/Kolkata"
    for line in ("--timezone {} history 1000", "history --timezone={} 1000", "history 1000 --timezone {}"):
        _, out, _ = run(*line.format("America/New_York").split())
        assert "2026-11-20 18:30" in out and out.endswith("times: America/New_York\n")


PAST_TIMES = {
    "today": "2026-11-20T18:30",
    "yesterday": "2026-11-19T18:30",
    "saturday": "2026-11-20T18:30",
    "Monday": "2026-11-15T18:30",
    "thisweek": "2026-11-15T18:30",
    "lastweek": "2026-11-08T18:30",
    "last week": "2026-11-08T18:30",
    "thismonth": "2026-10-31T18:30",
    "lastmonth": "2026-09-30T18:30",
    "9:00": "2026-11-21T03:30",
    "18:00": "2026-11-20T12:30",
    "monday 9:00": "2026-11-16T03:30",
    "saturday 18:00": "2026-11-14T12:30",
    "yesterday 9:00": "2026-11-20T03:30",
    "2026-11-20 09:00": "2026-11-20T03:30",
    "90m": "2026-11-21T10:30",
    "24h": "2026-11-20T12:00",
    "2d": "2026-11-19T12:00",
    "2026-11-20T00:00Z": "2026-11-20T00:00",
}
NO_TIMES = ("", "someday", "someday 9:00", "lastyear", "25:00", "monday 9", "1", "1w", "h", "-1h", "2026-13-01", "²h")


def test_a_past_time_is_read_in_each_allowed_form(run: Run) -> None:
    read = {text: past(text, time_zone.here(), SATURDAY) for text in PAST_TIMES}
    assert read == {text: at(meant) for text, meant in PAST_TIMES.items()}
    assert past("90s", None, SATURDAY) == SATURDAY - 90_000_000 and past("99999d", None, SATURDAY) == 0
    for text in NO_TIMES:
        with refused(TimeTextError, "written_time_invalid", value=text):
            past(text, time_zone.here(), SATURDAY)


# The zone of the machine, the day, its start in UTC, and its hours. In Havana the clocks change at midnight.
DAYS = (
    ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00", 25),
    ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00", 23),
    ("Europe/Berlin", "yesterday", "2026-10-24T22:00", 25),
    ("Europe/Berlin", "today", "2026-10-25T23:00", 24),
    ("America/New_York", "2026-11-01", "2026-11-01T04:00", 25),
    ("America/Havana", "2026-03-08", "2026-03-08T05:00", 23),
    ("America/Havana", "2026-11-01", "2026-11-01T04:00", 25),
    ("Asia/Kathmandu", "2026-11-20", "2026-11-19T18:15", 24),
    ("UTC", "2026-10-25", "2026-10-25T00:00", 24),
)


def test_a_day_is_as_long_as_its_clock_says(clock_of: Callable[[str], None]) -> None:
    for zone, day, first, hours in DAYS:
        clock_of(zone)
        start, end, _ = period("", day, "", NOW)
        assert (start, end - start) == (at(first), hours * HOUR), (zone, day)
        for moment in (*range(start, end, HOUR // 2), end - 1):
            assert day_bounds("today", moment) == (start, end), (zone, moment)
        assert day_bounds("yesterday", end) == (start, end)
    for text in ("", "2026-02-30", "20-11-2026", "9999-12-31", "to day"):
        with refused(InvalidArgument, "time_invalid", option="--day"):
            day_bounds(text, 0)


def test_a_week_or_month_in_words_ends_where_the_next_begins(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    for words, start, end in (
        ("thisweek", "2026-10-25T23:00", "2026-11-01T23:00"),
        ("last week", "2026-10-18T22:00", "2026-10-25T23:00"),
        ("thismonth", "2026-09-30T22:00", "2026-10-31T23:00"),
        ("Lastmonth", "2026-08-31T22:00", "2026-09-30T22:00"),
    ):
        assert period("", words, "", NOW)[:2] == (at(start), at(end)), words
