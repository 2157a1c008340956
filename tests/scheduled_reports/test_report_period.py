"""The last whole period of a scheduled report, in the configured time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from warmline.store.scheduled_reports.report_period import last_due

BERLIN = ZoneInfo("Europe/Berlin")


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("period", "now", "days"),
    [
        ("DAY", "2026-11-28 06:00", "2026-11-27"),
        ("DAY", "2026-11-28 05:59", "2026-11-26"),
        ("DAY", "2026-11-28 23:59", "2026-11-27"),
        ("WEEK", "2026-11-30 06:00", "2026-11-23 to 2026-11-29"),
        ("WEEK", "2026-11-30 05:59", "2026-11-16 to 2026-11-22"),
        ("WEEK", "2026-12-06 23:00", "2026-11-23 to 2026-11-29"),
        ("MONTH", "2026-12-01 06:00", "2026-11-01 to 2026-11-30"),
        ("MONTH", "2026-12-01 05:59", "2026-10-01 to 2026-10-31"),
        ("MONTH", "2027-01-15 12:00", "2026-12-01 to 2026-12-31"),
    ],
)
def test_the_newest_whole_period_is_due_at_six(period: str, now: str, days: str) -> None:
    assert str(last_due(period, BERLIN, moment(now))) == days


def test_a_day_with_a_change_of_the_clock_has_its_own_length() -> None:
    found = last_due("DAY", BERLIN, moment("2026-10-26 06:00"))
    assert (found.ends - found.begins) // 3_600_000_000 == 25
    assert datetime.fromtimestamp(found.begins // 1_000_000, UTC).hour == 22
