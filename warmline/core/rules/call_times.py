"""Check whether a call time is open at a moment, why, and until when.

The hours of a day follow the clock of its time zone. A window opens at the first moment at which the clock shows the
start time. If the clock leaps over the start, it opens at the first later time. It closes in the same way at the stop.
A stop before the start is on the next day. Such a window belongs to the day on which it began, even if the next day is
a holiday. A day can have several windows: its own, and those of `ct_more_hours`. A holiday has one.

A call time is any object with the attributes of `rules.CallTime`. A holiday is any object with those of
`rules.Holiday`. AGI scripts have no dataclasses.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

TYPE_CHECKING = False  # importing typing costs an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    CallTime = Any  # like rules.CallTime
    Holiday = Any  # like rules.Holiday

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOSED_HHMM = 2400  # as a start: closed on that day
SEARCH_DAYS = 8  # in which the next change is searched
ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class CallTimeCheck:
    """The state of a call time: open or closed, the reason for people, and the end of that state.

    `until_us` is the time of the next change, in UTC, or None if there is none within `SEARCH_DAYS` days. A window that
    ends at 2400 and continues at 0 on the next day does not change the state.
    """

    __slots__ = ("is_open", "reason", "until_us")

    def __init__(self, is_open: bool, reason: str, until_us: int | None = None) -> None:
        self.is_open = is_open
        self.reason = reason
        self.until_us = until_us


def check_named(
    name: str, call_times: "Mapping[str, CallTime]", holidays: "Mapping[str, Holiday]", zone: str, at_us: int
) -> CallTimeCheck | None:
    """Check the call time with this name. Return None for an empty name; a call time that does not exist is open."""
    if not name:
        return None
    call_time = call_times.get(name)
    if call_time is None:
        return CallTimeCheck(True, f"call time {name} does not exist")
    return check(call_time, [holidays[day] for day in call_time.ct_holidays if day in holidays], zone, at_us=at_us)


def check(call_time: "CallTime", holidays: "Iterable[Holiday]", zone: str, at_us: int) -> CallTimeCheck:
    """Check a call time at the moment `at_us`, in microseconds UTC.

    `holidays` are the ones that the call time names. `zone` is the time zone if the call time has none of its own.
    """
    from warmline.core.rules import reasons  # 0.5 ms, which an AGI script without call times saves

    zone = call_time.timezone or zone or "UTC"
    clock, remark = _load_zone(zone)
    moment = EPOCH + timedelta(microseconds=at_us)
    local_time = moment.astimezone(clock)
    windows = CallTimeWindows(call_time, [day for day in holidays if day.holiday_status == "ACTIVE"], clock)
    date_today = local_time.date()
    window_day = next((day for day in (date_today, date_today - ONE_DAY) if windows.is_open(day, moment)), None)
    displayed_time = f"{local_time:%Y-%m-%d %H:%M} {zone}{remark}"
    displayed_hours = windows.describe_day(date_today if window_day is None else window_day)
    state = "closed" if window_day is None else "open"
    find_change = windows.find_opening if window_day is None else windows.find_closing
    next_change = find_change(moment, date_today)
    reason = reasons.INGROUP_HOURS.text(call_time=call_time.id, state=state, time=displayed_time, hours=displayed_hours)
    return CallTimeCheck(
        window_day is not None,
        reason,
        None if next_change is None else (next_change - EPOCH) // timedelta(microseconds=1),
    )


def to_local_time(at_us: int, zone: str) -> datetime:
    """Return a time in microseconds UTC as the clock of a time zone shows it; in UTC if the zone is unknown."""
    return (EPOCH + timedelta(microseconds=at_us)).astimezone(_load_zone(zone)[0])


class CallTimeWindows:
    """The opening windows of a call time, by day."""

    def __init__(self, call_time: "CallTime", holidays: "list[Holiday]", clock: tzinfo) -> None:
        self._call_time = call_time
        self._holidays = {day.holiday_date: day for day in reversed(holidays)}  # of two on one date, the first counts
        self._clock = clock

    def is_open(self, day: date, moment: datetime) -> bool:
        """Return whether `moment` is in a window of that day."""
        return any(start <= moment < stop for start, stop in self.list_windows(day))

    def find_opening(self, moment: datetime, first_day: date) -> datetime | None:
        """Return the next moment at which the call time opens."""
        for days_ahead in range(SEARCH_DAYS + 1):
            for start, _ in self.list_windows(first_day + days_ahead * ONE_DAY):
                if start > moment:
                    return start
        return None

    def find_closing(self, moment: datetime, first_day: date) -> datetime | None:
        """Return when a call time that is open closes: the end of a window that no other window continues."""
        end = moment
        for days_ahead in range(-1, SEARCH_DAYS + 1):
            windows = self.list_windows(first_day + days_ahead * ONE_DAY)
            for start, stop in windows:
                if start > end > moment:
                    return end
                end = max(end, stop) if start <= end else end
            if not windows and end > moment:
                return end
        return None

    def describe_day(self, day: date) -> str:
        """Return the hours of a day, for people."""
        name, hours = self._get_hours(day)
        return f"{name} {', '.join(f'{start:04d}-{stop:04d}' for start, stop in hours) or 'closed'}"

    def list_windows(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the windows that begin on that day, in order; none if the call time stays closed."""
        windows = []
        for start, stop in self._get_hours(day)[1]:
            if start != stop:
                stop_day = day + ONE_DAY if stop < start else day
                windows.append((to_instant(day, start, self._clock), to_instant(stop_day, stop, self._clock)))
        return sorted(window for window in windows if window[0] < window[1])

    def _get_hours(self, day: date) -> tuple[str, list[tuple[int, int]]]:
        """Return the hours that apply on that day: their name, and each start and stop as HHMM."""
        if holiday := self._holidays.get(day.isoformat()):
            holiday_hours = holiday.ct_default_start, holiday.ct_default_stop
            return f"holiday {holiday.holiday_name or holiday.id}", [holiday_hours] * (holiday_hours[0] < CLOSED_HHMM)
        name = weekday = DAYS[day.weekday()]
        start: int = getattr(self._call_time, f"ct_{weekday}_start")
        stop: int = getattr(self._call_time, f"ct_{weekday}_stop")
        if not (start or stop):
            name, start, stop = "default", self._call_time.ct_default_start, self._call_time.ct_default_stop
        more_hours = [parse_hours(hours) for hours in self._call_time.ct_more_hours if hours.startswith(f"{weekday}:")]
        return name, sorted([(start, stop)] * (start < CLOSED_HHMM) + more_hours)


def parse_hours(text: str) -> tuple[int, int]:
    """Return start and stop as HHMM of an item of `ct_more_hours`, such as monday:1300-1700."""
    start, _, stop = text.partition(":")[2].partition("-")
    return int(start), int(stop)


def _load_zone(zone: str) -> tuple[tzinfo, str]:
    """Return the time zone and "". For an unknown name, return UTC and a remark for people."""
    if zone == "UTC":
        return UTC, ""
    from zoneinfo import ZoneInfo  # costs an AGI script 5 ms, so only for other zones

    try:
        return ZoneInfo(zone), ""
    except (OSError, ValueError, KeyError):
        return UTC, " (which is unknown here: this is UTC)"


def to_instant(day: date, hhmm: int, clock: tzinfo) -> datetime:
    """Return the first moment at which the clock shows this time of the day, or a later time."""
    local_time = datetime(day.year, day.month, day.day) + timedelta(hours=hhmm // 100, minutes=hhmm % 100)
    first_instant = local_time.replace(tzinfo=clock).astimezone(UTC)
    if first_instant.astimezone(clock).replace(tzinfo=None) == local_time:
        return first_instant
    # The clock leaps between these two.
    lower, upper = local_time.replace(tzinfo=clock, fold=1).astimezone(UTC), first_instant
    while upper - lower > ONE_SECOND:
        middle = lower + ((upper - lower) / 2 // ONE_SECOND or 1) * ONE_SECOND
        displayed_time = middle.astimezone(clock).replace(tzinfo=None)
        lower, upper = (lower, middle) if displayed_time >= local_time else (middle, upper)
    return upper
