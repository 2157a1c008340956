"""A moment that somebody writes down, where the clock is set forward and back."""

from datetime import UTC, datetime

import pytest

from cli.arguments.time_argument import moment, shown


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000_000)


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
def test_what_a_text_means(text: str, zone: str, meant: str, note: str) -> None:
    found = moment(text, zone)
    assert found.at == utc(meant)
    assert note in found.note and bool(note) == bool(found.note)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-13-01", "18:05", "0001-01-01T00:00+14:00x", "9999-99-99", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="is no time; write 2026-12-24 18:05"):
        moment(text, "UTC")


def test_it_is_shown_on_the_clock() -> None:
    assert shown(utc("2026-12-24 17:05"), "Europe/Berlin") == "Thu 2026-12-24 18:05 +0100 Europe/Berlin"
