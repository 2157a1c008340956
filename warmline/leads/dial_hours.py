"""Decides whether a lead may be dialled at a moment, until when, and if not, why and when that changes.

Each rule is a set of opening windows: legal hours, and the call times of campaign and list. A call is allowed when all
rules are open in all time zones of the lead.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from warmline.core.rules.call_times import CallTimeWindows, to_instant
from warmline.core.rules.configuration import CallTime, Holiday
from warmline.leads import legal_hours
from warmline.leads.lead_places import LeadPlaces
from warmline.leads.legal_hours import LegalHours

AHEAD = 8  # days that are searched for the next change
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Window = tuple[datetime, datetime]


class HoursCheck(NamedTuple):
    """Whether a lead may be dialled now. `until` is the next change in microseconds UTC, or None if none is known."""

    open: bool
    until: int | None
    why: str


class _Rule(Protocol):
    """Opening windows of one rule."""

    def windows(self, day: date, clock: tzinfo) -> list[Window]:
        """Return the windows that begin on that day."""

    def said(self, day: date) -> str:
        """Return the hours of that day in words."""


class _Legal(NamedTuple):
    hours: LegalHours

    def windows(self, day: date, clock: tzinfo) -> list[Window]:
        return [(to_instant(day, start, clock), to_instant(day, stop, clock)) for start, stop in self.hours.hours(day)]

    def said(self, day: date) -> str:
        return self.hours.said(day)


class _CallTime(NamedTuple):
    call_time: CallTime
    holidays: tuple[Holiday, ...]

    def windows(self, day: date, clock: tzinfo) -> list[Window]:
        zone = self.call_time.timezone
        return self._times(ZoneInfo(zone) if zone else clock).list_windows(day)

    def said(self, day: date) -> str:
        return f"call time {self.call_time.id}: {self._times(UTC).describe_day(day)}"

    def _times(self, clock: tzinfo) -> CallTimeWindows:
        return CallTimeWindows(self.call_time, [*self.holidays], clock)


def check(
    places: LeadPlaces,
    names: Sequence[str],
    known: Mapping[str, CallTime],
    holidays: Mapping[str, Holiday],
    at: int,
) -> HoursCheck:
    """Check a lead at the moment `at` (microseconds UTC). `names` are the call times of campaign and list, "" for none.

    A lead without a known zone is closed. So is one in a country without legal hours, unless there is a call time.
    """
    own = [_own(known[name], holidays) for name in names if name in known]
    if missing := next((name for name in names if name and name not in known), ""):
        return HoursCheck(False, None, f"call time {missing} does not exist")
    if not places.time_zones:
        return HoursCheck(False, None, "the lead has no time zone: its number has no place; set time_zones of the lead")
    rules: list[_Rule] = [*own]
    for place in places.jurisdictions.split("|"):
        legal = legal_hours.of_place(place)
        if not legal and not own:
            why = f"no legal hours are known for {place or 'its country'}; set local_call_time of the campaign"
            return HoursCheck(False, None, why)
        rules += map(_Legal, legal)
    return _checked(list(dict.fromkeys(rules)), [ZoneInfo(zone) for zone in places.time_zones.split("|")], at)


def _own(call_time: CallTime, holidays: Mapping[str, Holiday]) -> _CallTime:
    days = (holidays[day] for day in call_time.ct_holidays if day in holidays)
    return _CallTime(call_time, tuple(day for day in days if day.holiday_status == "ACTIVE"))


def calls_in_24_hours(jurisdictions: str) -> tuple[int, str]:
    """Return the fewest calls to one number in 24 hours that these places allow, and by which rule; 0 for no limit."""
    return _fewest(jurisdictions, lambda law: law.calls_in_24_hours)


def calls_in_30_days(jurisdictions: str) -> tuple[int, str]:
    """Return the fewest calls to one number in 30 days that these places allow, and by which rule; 0 for no limit."""
    return _fewest(jurisdictions, lambda law: law.calls_in_30_days)


def _fewest(jurisdictions: str, limit: Callable[[LegalHours], int]) -> tuple[int, str]:
    found = [law for place in jurisdictions.split("|") for law in legal_hours.of_place(place) if limit(law)]
    least = min(found, key=limit, default=None)
    return (limit(least), f"{least.name}, {least.source}") if least else (0, "")


def _checked(rules: Sequence[_Rule], clocks: Sequence[ZoneInfo], at: int) -> HoursCheck:
    now = EPOCH + at * MICROSECOND
    for last in (1, AHEAD):
        spans = [(rule, clock, _spans(rule, clock, now, last)) for rule in rules for clock in clocks]
        shut = next(((rule, clock) for rule, clock, found in spans if not _has(found, now)), None)
        allowed = _all_of([found for _, _, found in spans])
        change = _opens(allowed, now) if shut else _closes(allowed, now, last)
        if change or last == AHEAD:
            break
    until = None if change is None else (change - EPOCH) // MICROSECOND
    if shut is None:
        return HoursCheck(True, until, "")
    rule, clock = shut
    here = now.astimezone(clock)
    return HoursCheck(False, until, f"closed at {here:%Y-%m-%d %H:%M} {clock.key}: {rule.said(here.date())}")


def _spans(rule: _Rule, clock: tzinfo, now: datetime, last: int) -> list[Window]:
    """Return the windows of the days around a moment in order, with touching ones joined."""
    today = now.astimezone(clock).date()
    found = (window for ahead in range(-1, last + 1) for window in rule.windows(today + ahead * DAY, clock))
    joined: list[Window] = []
    for start, stop in sorted(window for window in found if window[0] < window[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _all_of(several: Sequence[Sequence[Window]]) -> list[Window]:
    """Return the times that are in a window of each sequence."""
    allowed = several[0]
    for windows in several[1:]:
        allowed = list(_both(allowed, windows))
    return list(allowed)


def _both(one: Iterable[Window], other: Iterable[Window]) -> Iterator[Window]:
    for start, stop in one:
        for begin, end in other:
            if max(start, begin) < min(stop, end):
                yield max(start, begin), min(stop, end)


def _has(windows: Iterable[Window], now: datetime) -> bool:
    return any(start <= now < stop for start, stop in windows)


def _opens(windows: Iterable[Window], now: datetime) -> datetime | None:
    return next((start for start, _ in windows if start > now), None)


def _closes(windows: Iterable[Window], now: datetime, last: int) -> datetime | None:
    """Return the end of the window that has this moment, unless it is the end of what was searched."""
    stop = next((stop for start, stop in windows if start <= now < stop), None)
    return stop if last == AHEAD or (stop and stop < now + last * DAY) else None
