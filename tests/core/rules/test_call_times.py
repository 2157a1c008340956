"""When a call time is open, and until when: days, nights, holidays, and both nights of clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.core.rules.call_times import DAYS as WEEK
from warmline.core.rules.call_times import EPOCH, CallTimeCheck, check, check_named
from warmline.core.rules.call_times import parse_hours as window_of
from warmline.core.rules.configuration import CallTime, Holiday

OFFICE = CallTime("OFFICE", ct_default_start=900, ct_default_stop=1800, ct_saturday_start=2400, ct_sunday_start=2400)
NIGHT = CallTime("NIGHT", ct_default_start=2000, ct_default_stop=600)
ALWAYS = CallTime("ALWAYS")
BERLIN, NEW_YORK, ADELAIDE = "Europe/Berlin", "America/New_York", "Australia/Adelaide"
LORD_HOWE = "Australia/Lord_Howe"  # its clocks change by half an hour
US = timedelta(microseconds=1)


def moment(text: str, zone: str = "UTC", fold: int = 0) -> int:
    """Return a time on that zone's clock in microseconds UTC; `fold=1` for the second time that it is shown."""
    local_time = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return (local_time - EPOCH) // US


def seen(call_time: CallTime, text: str, zone: str = "UTC", *holidays: Holiday, fold: int = 0) -> tuple[bool, str]:
    """Return whether it is open at that time, and until when in UTC."""
    answer = check(call_time, holidays, zone, moment(text, zone, fold))
    return answer.is_open, "" if answer.until_us is None else f"{EPOCH + answer.until_us * US:%Y-%m-%d %H:%M}"


def test_a_call_time_that_is_always_open_or_closed_has_no_change() -> None:
    never = CallTime("NEVER", ct_default_start=2400, ct_default_stop=2400)
    assert seen(ALWAYS, "2026-11-20 11:00") == (True, "")
    assert seen(never, "2026-11-20 11:00") == (False, "")
    assert seen(CallTime("EQUAL", ct_default_start=900, ct_default_stop=900), "2026-11-20 09:00") == (False, "")


BREAK = CallTime(
    "BREAK",
    ct_default_start=2400,
    ct_friday_start=900,
    ct_friday_stop=1200,
    ct_more_hours=("friday:1300-1700", "friday:2200-0100", "saturday:0030-0200"),
)


def test_a_day_of_several_windows_names_all_of_them() -> None:
    answer = check(BREAK, (), "", moment("2026-11-20 12:30"))
    assert answer.reason == (
        "call time BREAK is closed at 2026-11-20 12:30 UTC (friday 0900-1200, 1300-1700, 2200-0100)"
    )


def test_a_holiday_has_no_further_windows() -> None:
    short = Holiday("EVE", holiday_date="2026-11-20", ct_default_start=900, ct_default_stop=1000)
    assert seen(BREAK, "2026-11-20 09:30", "UTC", short) == (True, "2026-11-20 10:00")
    assert seen(BREAK, "2026-11-20 14:00", "UTC", short)[0] is False


def test_a_holiday_has_its_own_times() -> None:
    closed = Holiday("XMAS", holiday_date="2026-12-25")
    short = Holiday("EVE", holiday_date="2026-12-24", ct_default_start=900, ct_default_stop=1200)
    assert seen(OFFICE, "2026-12-24 13:00", "UTC", closed, short) == (False, "2026-12-28 09:00")
    assert seen(OFFICE, "2026-12-24 11:00", "UTC", closed, short) == (True, "2026-12-24 12:00")
    assert seen(OFFICE, "2026-12-25 11:00", "UTC", closed) == (False, "2026-12-28 09:00")
    off = Holiday("XMAS", holiday_date="2026-12-25", holiday_status="INACTIVE")
    assert seen(OFFICE, "2026-12-25 11:00", "UTC", off) == (True, "2026-12-25 18:00")
    again = Holiday("AGAIN", holiday_date="2026-12-25", ct_default_start=1000, ct_default_stop=1100)
    assert seen(OFFICE, "2026-12-25 10:30", "UTC", again, closed) == (True, "2026-12-25 11:00")
    assert seen(OFFICE, "2026-12-25 10:30", "UTC", closed, again) == (False, "2026-12-28 09:00")


def test_a_night_that_began_before_a_holiday_ends_as_it_would() -> None:
    closed = Holiday("XMAS", holiday_date="2026-12-25")
    assert seen(NIGHT, "2026-12-25 05:00", "UTC", closed) == (True, "2026-12-25 06:00")
    assert seen(NIGHT, "2026-12-25 21:00", "UTC", closed) == (False, "2026-12-26 20:00")


def test_a_holiday_is_a_day_of_the_zone() -> None:
    closed = Holiday("XMAS", holiday_date="2026-12-25")
    assert check(ALWAYS, [closed], BERLIN, moment("2026-12-24 23:30")).is_open is False
    assert check(ALWAYS, [closed], BERLIN, moment("2026-12-25 23:30")).is_open is True


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [
        (BERLIN, "2026-07-01 07:00", "2026-12-01 08:00"),
        (NEW_YORK, "2026-07-01 13:00", "2026-12-01 14:00"),
        (ADELAIDE, "2026-06-30 23:30", "2026-11-30 22:30"),
        ("Asia/Kathmandu", "2026-07-01 03:15", "2026-12-01 03:15"),
    ],
)
def test_nine_o_clock_is_that_of_the_zone(zone: str, summer: str, winter: str) -> None:
    daily = CallTime("DAILY", ct_default_start=900, ct_default_stop=1800)
    assert seen(daily, "2026-07-01 08:59", zone) == (False, summer)
    assert seen(daily, "2026-12-01 08:59", zone) == (False, winter)
    own = CallTime("OWN", ct_default_start=900, ct_default_stop=1800, timezone=zone)
    assert check(own, (), "UTC", moment(summer)).is_open is True
    assert check(own, (), "UTC", moment(summer) - 1).is_open is False


# The clock skips these times: (zone, the last second before, what it shows next, the same in UTC).
LEAPS = [
    (BERLIN, "2026-03-29 01:59:59", 200, 230, "2026-03-29 01:00"),
    (NEW_YORK, "2026-03-08 01:59:59", 200, 230, "2026-03-08 07:00"),
    (ADELAIDE, "2026-10-04 01:59:59", 200, 230, "2026-10-03 16:30"),
    (LORD_HOWE, "2026-10-04 01:59:59", 200, 215, "2026-10-03 15:30"),
    ("America/Santiago", "2026-09-05 23:59:59", 0, 30, "2026-09-06 04:00"),
]


@pytest.mark.parametrize(("zone", "last_time", "skipped_hhmm", "later_hhmm", "leap"), LEAPS)
def test_a_time_skipped_by_the_clock_is_the_moment_of_the_skip(
    zone: str, last_time: str, skipped_hhmm: int, later_hhmm: int, leap: str
) -> None:
    at_us = moment(last_time, zone)
    for start in {skipped_hhmm, later_hhmm} - {0}:
        opens = CallTime("OPENS", ct_default_start=start, ct_default_stop=1000)
        answer = check(opens, (), zone, at_us)
        assert (answer.is_open, answer.until_us) == (False, moment(leap))
        assert check(opens, (), zone, moment(leap)).is_open
    closes = CallTime("CLOSES", ct_default_start=1200, ct_default_stop=later_hhmm)
    answer = check(closes, (), zone, at_us)
    assert (answer.is_open, answer.until_us) == (True, moment(leap))
    assert not check(closes, (), zone, moment(leap)).is_open


# The clock shows the time `twice` twice: (zone, time, both moments in UTC).
REPEATS = [
    (BERLIN, "2026-10-25 02:30", "2026-10-25 00:30", "2026-10-25 01:30"),
    (NEW_YORK, "2026-11-01 01:30", "2026-11-01 05:30", "2026-11-01 06:30"),
    (ADELAIDE, "2026-04-05 02:30", "2026-04-04 16:00", "2026-04-04 17:00"),
    (LORD_HOWE, "2026-04-05 01:45", "2026-04-04 14:45", "2026-04-04 15:15"),
]


@pytest.mark.parametrize(("zone", "twice", "earlier_time", "later_time"), REPEATS)
def test_a_time_shown_twice_by_the_clock_is_the_first_one(
    zone: str, twice: str, earlier_time: str, later_time: str
) -> None:
    hhmm = int(twice[11:].replace(":", ""))
    opens = CallTime("OPENS", ct_default_start=hhmm, ct_default_stop=1000)
    assert [check(opens, (), zone, moment(earlier_time) + shift).is_open for shift in (-1, 0)] == [False, True]
    assert check(opens, (), zone, moment(later_time) - 1).is_open
    closes = CallTime("CLOSES", ct_default_start=1200, ct_default_stop=hhmm)
    assert [check(closes, (), zone, moment(earlier_time) + shift).is_open for shift in (-1, 0)] == [True, False]
    assert not check(closes, (), zone, moment(later_time) - 1).is_open


def test_a_day_is_as_long_as_it_is() -> None:
    day = CallTime("DAY", ct_default_start=2400, ct_sunday_stop=2400)
    for text, hours in (("2026-03-29 12:00", 23), ("2026-10-25 12:00", 25)):
        start = moment(text[:10], BERLIN)
        assert check(day, (), BERLIN, start).until_us == start + hours * 3_600_000_000


def test_the_reason_of_a_call_time_is_a_sentence() -> None:
    answer = check(OFFICE, (), BERLIN, moment("2026-12-23 18:05", BERLIN))
    assert answer.reason == "call time OFFICE is closed at 2026-12-23 18:05 Europe/Berlin (default 0900-1800)"
    holidays = [Holiday("XMAS", "Christmas", "2026-12-25")]
    answer = check(OFFICE, holidays, BERLIN, moment("2026-12-25 11:00", BERLIN))
    assert answer.reason == "call time OFFICE is closed at 2026-12-25 11:00 Europe/Berlin (holiday Christmas closed)"
    answer = check(NIGHT, (), "", moment("2026-12-25 01:00"))
    assert answer.reason == "call time NIGHT is open at 2026-12-25 01:00 UTC (default 2000-0600)"


def test_a_zone_that_is_unknown_here_is_utc_and_said() -> None:
    answer = check(OFFICE, (), "Mars/Olympus", moment("2026-12-23 10:05"))
    assert answer.is_open
    assert "Mars/Olympus (which is unknown here: this is UTC)" in answer.reason


def test_a_call_time_is_found_by_name_with_its_holidays() -> None:
    holidays = {"XMAS": Holiday("XMAS", holiday_date="2026-12-25")}
    call_times = {"OFFICE": CallTime("OFFICE", ct_holidays=("XMAS", "GONE"))}
    at_us = moment("2026-12-25 12:00")
    assert check_named("", call_times, holidays, "UTC", at_us) is None
    answer = check_named("OFFICE", call_times, holidays, "UTC", at_us)
    assert isinstance(answer, CallTimeCheck)
    assert not answer.is_open
    missing = check_named("GONE", call_times, holidays, "UTC", at_us)
    assert isinstance(missing, CallTimeCheck)
    assert (missing.is_open, missing.reason, missing.until_us) == (True, "call time GONE does not exist", None)


HHMM = st.builds(lambda hour, minute: min(hour * 100 + minute, 2400), st.integers(0, 24), st.integers(0, 59))
ZONES = st.sampled_from([BERLIN, NEW_YORK, ADELAIDE, LORD_HOWE, "America/Santiago", "Pacific/Apia", "UTC"])
DAYS = st.fixed_dictionaries({name: HHMM for name in CallTime.__slots__ if name.endswith(("_start", "_stop"))})
MORE = st.lists(
    st.builds(lambda day, start, stop: f"{day}:{start:04d}-{stop:04d}", st.sampled_from(WEEK), HHMM, HHMM).filter(
        lambda text: text[-9:-5] not in (text[-4:], "2400")
    ),
    max_size=4,
).map(tuple)
TIMES = st.builds(lambda days, more_hours: CallTime("ANY", ct_more_hours=more_hours, **days), DAYS, MORE)
MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


@given(TIMES, ZONES, MOMENTS)
def test_a_call_time_changes_at_its_announced_moment(call_time: CallTime, zone: str, instant: datetime) -> None:
    now_us = (instant - EPOCH) // US
    answer = check(call_time, (), zone, now_us)
    if answer.until_us is None:
        return
    assert answer.until_us > now_us
    assert check(call_time, (), zone, answer.until_us).is_open is not answer.is_open
    assert check(call_time, (), zone, answer.until_us - 1).is_open is answer.is_open
    answer_halfway = check(call_time, (), zone, now_us + (answer.until_us - now_us) // 2)
    assert (answer_halfway.is_open, answer_halfway.until_us) == (answer.is_open, answer.until_us)


def shown_open(call_time: CallTime, instant: datetime) -> bool:
    """Return the rule in a zone whose clock never changes."""
    for day, hhmm in (
        (instant, instant.hour * 100 + instant.minute),
        (instant - timedelta(days=1), instant.hour * 100 + instant.minute + 2400),
    ):
        name = day.strftime("%A").lower()
        times = [getattr(call_time, f"ct_{name}_start"), getattr(call_time, f"ct_{name}_stop")]
        start, stop = times if any(times) else (call_time.ct_default_start, call_time.ct_default_stop)
        more_windows = [window_of(hours) for hours in call_time.ct_more_hours if hours.startswith(f"{name}:")]
        for begin, end in [*more_windows, (start, stop)]:
            if begin < 2400 and begin <= hhmm < (end + 2400 if end < begin else end):
                return True
    return False


@given(TIMES, MOMENTS)
def test_a_call_time_is_open_by_the_shown_clock(call_time: CallTime, instant: datetime) -> None:
    assert check(call_time, (), "UTC", (instant - EPOCH) // US).is_open is shown_open(call_time, instant)
