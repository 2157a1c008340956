"""The last whole period of a scheduled report."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from warmline.options.scheduled_report_options import DAY, WEEK

SENT_AT = time(6)  # of the day after a period: what was written after its last call is in the reports, too


class ReportPeriod(NamedTuple):
    """The days from `first` to `last`, and as times in microseconds UTC from `begins` until before `ends`."""

    first: date
    last: date
    begins: int
    ends: int

    def __str__(self) -> str:
        """Return the days, such as `2026-11-27` or `2026-11-16 to 2026-11-22`."""
        return str(self.first) if self.last == self.first else f"{self.first} to {self.last}"


def last_due(period: str, zone: ZoneInfo, now: int) -> ReportPeriod:
    """Return the newest whole period that is to be sent. `now` is in microseconds UTC."""
    here = datetime.fromtimestamp(now // 1_000_000, zone)
    after = _begin(period, here.date())
    if here < datetime.combine(after, SENT_AT, zone):
        after = _begin(period, after - timedelta(days=1))
    last = after - timedelta(days=1)
    first = _begin(period, last)
    return ReportPeriod(first, last, _midnight(first, zone), _midnight(after, zone))


def _begin(period: str, day: date) -> date:
    """Return the first day of the period in which a day lies."""
    if period == DAY:
        return day
    return day - timedelta(days=day.weekday()) if period == WEEK else day.replace(day=1)


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp()) * 1_000_000
