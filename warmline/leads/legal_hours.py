"""The legal hours of calls by country and state, from `legal_hours.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from warmline.core.rules.call_times import DAYS

DATA = Path(__file__).with_name("legal_hours.toml")
CLOSED = "closed"
DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

DayHours = tuple[tuple[int, int], ...]  # start and stop of each window, as HHMM


@dataclass(frozen=True)
class LegalHours:
    """The hours of one country or state. `days` has those of each weekday, Monday first.

    `calls_in_24_hours` and `calls_in_30_days` are the most calls to one number, or 0 for no limit of its own.
    """

    id: str
    name: str
    days: tuple[DayHours, ...]
    source: str
    as_of: date
    holidays: tuple[str, ...] = ()
    observed: bool = False
    calls_in_24_hours: int = 0
    calls_in_30_days: int = 0

    def hours(self, day: date) -> DayHours:
        """Return the windows of a day; none on a holiday."""
        return () if day in self._closed(day.year) else self.days[day.weekday()]

    def said(self, day: date) -> str:
        """Return the hours of a day in words."""
        shown = " and ".join(f"{start:04d}-{stop:04d}" for start, stop in self.hours(day)) or CLOSED
        return f"{self.name}: {shown} ({self.source})"

    def _closed(self, year: int) -> frozenset[date]:
        return _holidays(self.holidays, year, observed=self.observed)


@cache
def table() -> Mapping[str, LegalHours]:
    """Return the legal hours by their id, such as US or US-FL."""
    return {name: _row(name, row) for name, row in tomllib.loads(DATA.read_text()).items()}


def of_place(place: str) -> list[LegalHours]:
    """Return the hours that apply in a place, such as US-FL: those of the country, then those of the state."""
    known = table()
    return [known[one] for one in dict.fromkeys((place.partition("-")[0], place)) if one in known]


def _row(name: str, row: Mapping[str, Any]) -> LegalHours:
    return LegalHours(
        id=name,
        name=row["name"],
        days=tuple(_windows(row.get(day, row["hours"])) for day in DAYS),
        source=row["source"],
        as_of=row["as_of"],
        holidays=tuple(row.get("holidays", ())),
        observed=row.get("observed", False),
        calls_in_24_hours=row.get("calls_in_24_hours", 0),
        calls_in_30_days=row.get("calls_in_30_days", 0),
    )


def _windows(text: str) -> DayHours:
    """Return the windows of a text such as `1000-1300 1400-2000` or `closed`."""
    if text == CLOSED:
        return ()
    pairs = (window.split("-") for window in text.split())
    return tuple((int(start), int(stop)) for start, stop in pairs)


@cache
def _holidays(rules: tuple[str, ...], year: int, *, observed: bool) -> frozenset[date]:
    """Return the days of a year on which no call is allowed. A day observed in the next year counts there."""
    if not observed:
        return frozenset(holiday(rule, year) for rule in rules)
    days = (day for other in (year - 1, year, year + 1) for rule in rules for day in _observed(holiday(rule, other)))
    return frozenset(day for day in days if day.year == year)


def _observed(day: date) -> Iterator[date]:
    yield day
    if day.weekday() == SATURDAY:
        yield day - DAY
    elif day.weekday() == SUNDAY:
        yield day + DAY


def holiday(rule: str, year: int) -> date:
    """Return the date of a holiday: `12-25`, `01 monday 3`, `05 monday last` or `easter+1`."""
    if rule.startswith("easter"):
        return easter(year) + int(rule.removeprefix("easter") or 0) * DAY
    if "-" in rule:
        return date.fromisoformat(f"{year}-{rule}")
    month, weekday, which = rule.split()
    first = date(year, int(month), 1)
    found = first + (DAYS.index(weekday) - first.weekday()) % 7 * DAY
    if which != "last":
        return found + (int(which) - 1) * 7 * DAY
    while (found + 7 * DAY).month == found.month:
        found += 7 * DAY
    return found


def easter(year: int) -> date:
    """Return Easter Sunday of a year, by Gauss's rule with Lichtenberg's correction."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    age = (19 * (year % 19) + moon) % 30
    late = (age + year % 19 // 11) // 29
    full = 21 + age - late
    sunday = 7 - (year + year // 4 + 2 - (3 * century + 3) // 4) % 7
    return date(year, 3, 1) + (full + 7 - (full - sunday) % 7 - 1) * DAY
