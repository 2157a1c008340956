"""The last whole period of a scheduled report, and when it is due."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from warmline.options.scheduled_report_options import DAY, WEEK


class ReportPeriod(NamedTuple):
    """The days from `first` until before `after`, and both as times in microseconds UTC."""

    first: date
    after: date
    begins: int
    ends: int

    def __str__(self) -> str:
        """Return the days, such as `2026-11-27` or `2026-11-16 to 2026-11-22`."""
        last = self.after - timedelta(days=1)
        return str(self.first) if last == self.first else f"{self.first} to {last}"


def last_due(period: str, send_time: int, zone: ZoneInfo, now: int) -> ReportPeriod:
    """Return the newest whole period whose time to be sent has come.

    `send_time` is a time of day such as 630, on the day after the period. `now` is in microseconds UTC.
    """
    here = datetime.fromtimestamp(now // 1_000_000, zone)
    at = time(send_time // 100, send_time % 100)
    after = _begin(period, here.date())
    if here < datetime.combine(after, at, zone):
        after = _begin(period, after - timedelta(days=1))
    first = _begin(period, after - timedelta(days=1))
    return ReportPeriod(first, after, _midnight(first, zone), _midnight(after, zone))


def of_times(begins: int, ends: int, zone: ZoneInfo) -> ReportPeriod:
    """Return the period of these times in microseconds UTC."""
    first, after = (datetime.fromtimestamp(at // 1_000_000, zone).date() for at in (begins, ends))
    return ReportPeriod(first, after, begins, ends)


def _begin(period: str, day: date) -> date:
    """Return the first day of the period in which a day lies."""
    if period == DAY:
        return day
    return day - timedelta(days=day.weekday()) if period == WEEK else day.replace(day=1)


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp()) * 1_000_000
