"""Times for people."""

from zoneinfo import ZoneInfo

import pytest

from cli.output.time_format import ago, of_iso, with_zone

NOW = of_iso("2026-11-20T12:00:00+00:00")


@pytest.mark.parametrize(
    ("time", "text"),
    [
        ("2026-11-20T11:59:59.001+00:00", "0:00"),
        ("2026-11-20T11:59:18.000+00:00", "0:42"),
        ("2026-11-20T11:57:55.000+00:00", "2:05"),
        ("2026-11-20T08:59:58.000+00:00", "3:00:02"),
        ("2026-11-20T12:00:07.000+00:00", "0:00"),
    ],
)
def test_a_time_is_shown_as_its_age(time: str, text: str) -> None:
    assert ago(time, NOW) == text


def test_a_time_is_shown_on_the_clock_of_a_zone() -> None:
    assert (
        with_zone(of_iso("2026-12-24T17:05Z"), ZoneInfo("Europe/Berlin")) == "Thu 2026-12-24 18:05 +0100 Europe/Berlin"
    )
