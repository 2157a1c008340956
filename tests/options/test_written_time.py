"""Times that people write: of a callback, in everyday forms, and on the days of clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.wording.said import refused
from warmline.text.written_time import AFTER, SAID, YEARS, TimeTextError, ahead, days_ahead, exact, past, whole

BERLIN = "Europe/Berlin"
NOW = "2026-11-20T15:11:41+01:00"  # a Friday


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000_000)


def said(text: str, now: str = NOW, zone: str = BERLIN) -> str:
    """Return the moment in that zone."""
    at = ahead(text, ZoneInfo(zone), round(datetime.fromisoformat(now).timestamp() * 1e6))
    return datetime.fromtimestamp(at / 1e6, ZoneInfo(zone)).isoformat(sep=" ")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18:05", "2026-11-20 18:05:00+01:00"),
        ("15:11", "2026-11-21 15:11:00+01:00"),
        ("today 15:30", "2026-11-20 15:30:00+01:00"),
        ("tomorrow 10:00", "2026-11-21 10:00:00+01:00"),
        ("Monday 9:00", "2026-11-23 09:00:00+01:00"),
        ("friday 16:00", "2026-11-20 16:00:00+01:00"),
        ("+2h", "2026-11-20 17:11:41+01:00"),
        ("+1d2h30m", "2026-11-21 17:41:41+01:00"),
        ("2026-12-24 18:05", "2026-12-24 18:05:00+01:00"),
    ],
)
def test_everyday_times_are_read(text: str, at: str) -> None:
    assert said(text) == at


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("today", "2026-11-20", "2026-11-21"),
        ("tomorrow", "2026-11-21", "2026-11-22"),
        ("friday", "2026-11-20", "2026-11-21"),
        ("this week", "2026-11-16", "2026-11-23"),
        ("yesterday", "2026-11-19", "2026-11-20"),
        ("2026-12-24", "2026-12-24", "2026-12-25"),
    ],
)
def test_a_day_of_callbacks_is_the_next_one(text: str, first: str, after: str) -> None:
    zone = ZoneInfo(BERLIN)
    bounds = days_ahead(text, zone, round(datetime.fromisoformat(NOW).timestamp() * 1e6))
    shown = [datetime.fromtimestamp(at / 1e6, zone).isoformat() for at in bounds]
    assert shown == [f"{first}T00:00:00+01:00", f"{after}T00:00:00+01:00"]
    with refused(TimeTextError, "written_day_invalid", value="someday"):
        days_ahead("someday", zone, 0)


def test_the_day_is_that_of_the_zone() -> None:
    assert said("tomorrow 10:00", "2026-11-20T23:30:00+00:00") == "2026-11-22 10:00:00+01:00"
    assert said("23:00", "2026-11-20T23:30:00+00:00", "America/New_York") == "2026-11-20 23:00:00-05:00"


def test_when_the_clock_is_set() -> None:
    """Hours from now are hours; tomorrow at ten is when the clock shows ten."""
    before = "2027-03-27T12:00:00+01:00"
    assert said("+24h", before) == "2027-03-28 13:00:00+02:00"
    assert said("tomorrow 12:00", before) == "2027-03-28 12:00:00+02:00"
    assert said("2:30", "2027-10-31T02:40:00+02:00") == "2027-11-01 02:30:00+01:00"


@pytest.mark.parametrize("text", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"])
def test_a_past_time_that_utc_does_not_have_is_refused(text: str) -> None:
    with refused(TimeTextError, "written_time_invalid"):
        past(text, UTC, 0)


@pytest.mark.parametrize("text", ["", "tomorrow", "25:00", "18:60", "+", "+h", "2h", "+2x", "someday 9:00", "18.05"])
def test_an_invalid_time_is_refused_with_the_allowed_forms(text: str) -> None:
    with refused(TimeTextError, "written_time_invalid"):
        said(text)


@given(st.from_regex(rf"\A(?:{AFTER}|{SAID})\Z").map(lambda text: text.rstrip("\n")), st.integers(0, 4_000_000_000))
@example("monday 0:00", 1_700_000_000)
def test_a_read_time_is_never_in_the_past_except_today(text: str, seconds: int) -> None:
    at = ahead(text, ZoneInfo(BERLIN), seconds * 1_000_000)
    now = datetime.fromtimestamp(seconds, UTC)
    assert datetime.fromtimestamp(at / 1e6, UTC) >= now - timedelta(days=text.startswith("today"))


def test_a_whole_time_is_the_same_for_programs() -> None:
    at = whole("2026-12-24T18:05", ZoneInfo(BERLIN))
    assert ahead("2026-12-24T18:05", ZoneInfo(BERLIN), at + 5) == at
    with refused(TimeTextError, "written_time_invalid"):
        whole("tomorrow 10:00", ZoneInfo(BERLIN))


EXTREME = [
    "0001-01-01",
    "0001-01-01T00:00+14:00",
    "0001-01-01T00:00Z",
    "9999-12-31T23:59:59.999999",
    "9999-12-31T23:00-12:00",
]


@pytest.mark.parametrize("text", EXTREME)
def test_a_time_that_some_clock_cannot_show_is_refused(text: str) -> None:
    for zone in (BERLIN, "Pacific/Kiritimati", "America/New_York"):
        with refused(TimeTextError, "written_time_invalid"):
            whole(text, ZoneInfo(zone))
        with refused(TimeTextError, "written_time_invalid"):
            ahead(text, ZoneInfo(zone), 0)


@given(
    st.one_of(st.datetimes(), st.datetimes(datetime(1000, 1, 1), datetime(8999, 12, 31))),
    st.sampled_from([BERLIN, "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]),
)
def test_an_accepted_time_is_shown_by_every_clock(written: datetime, zone: str) -> None:
    try:
        at = whole(written.isoformat(), ZoneInfo(zone))
    except ValueError:
        assert written.year not in YEARS
        return
    for other in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        datetime.fromtimestamp(at / 1e6, UTC).astimezone(ZoneInfo(other))


@pytest.mark.parametrize(
    ("text", "zone", "meant", "note"),
    [
        ("2026-12-24 18:05", "UTC", "2026-12-24 18:05", ""),
        ("2026-12-24 18:05", "Europe/Berlin", "2026-12-24 17:05", ""),
        ("2026-12-24", "America/New_York", "2026-12-24 05:00", ""),
        ("2026-12-24T18:05+05:30", "Europe/Berlin", "2026-12-24 12:35", ""),
        ("2026-12-24T18:05Z", "Europe/Berlin", "2026-12-24 18:05", ""),
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25 00:30", "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:30+01:00", "Europe/Berlin", "2026-10-25 01:30", ""),
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29 01:30", "set forward then, to 2026-03-29 03:30:00"),
        ("2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04 14:45", "the other is 2026-04-05T01:45+10:30"),
    ],
)
def test_a_date_with_a_time_is_read_in_its_zone(text: str, zone: str, meant: str, note: str) -> None:
    found = exact(text, ZoneInfo(zone))
    assert found.at == utc(meant)
    assert note in found.note and bool(note) == bool(found.note)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-13-01", "18:05", "0001-01-01T00:00+14:00x", "9999-99-99", "0001-01-01", "9999-12-31"]
)
def test_an_invalid_date_with_a_time_is_refused(text: str) -> None:
    with refused(TimeTextError, "written_time_invalid"):
        exact(text, ZoneInfo("UTC"))
