"""Reads the rows of a time group, such as `09:00-17:00|mon-fri|*|*`, as GotoIfTime() of Asterisk does."""

import re
from collections.abc import Iterable
from typing import NamedTuple

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
DATE = re.compile(rf"\*|(?:[0-9]{{1,2}}|{'|'.join(MONTHS)})(?:-(?:[0-9]{{1,2}}|{'|'.join(MONTHS)}))?")
ALL_DAY = 24 * 60  # minutes

Minutes = tuple[int, int]  # from, and the first minute after


class TimeRow(NamedTuple):
    """A row: the minutes of a day, its days of the week from Monday as 0, and its days of the month and months."""

    text: str
    minutes: tuple[Minutes, ...]
    days: tuple[int, ...]
    dates: str  # "" for every date


def read(text: str) -> TimeRow:
    """Read a row. Raises ValueError if Asterisk would not take it."""
    parts = [one.strip().lower() for one in text.split("|")]
    if len(parts) != 4:
        raise ValueError(f"{text!r} is not TIME|DAYS|DATES|MONTHS")
    if not all(DATE.fullmatch(one) for one in parts[2:]):
        raise ValueError(f"{text!r} has no valid date")
    dates = "" if parts[2:] == ["*", "*"] else "|".join(parts[2:])
    return TimeRow("|".join(parts), _minutes(parts[0]), _days(parts[1]), dates)


def hours(rows: Iterable[TimeRow]) -> dict[str, list[tuple[int, int]]]:
    """Return the windows of each day of the week by its name, as HHMM. The rows have no dates."""
    found: dict[str, list[Minutes]] = {name: [] for name in NAMES}
    for row in rows:
        for day in row.days:
            found[NAMES[day]] += row.minutes
    return {name: [(_hhmm(start), _hhmm(stop)) for start, stop in _joined(windows)] for name, windows in found.items()}


def _minutes(text: str) -> tuple[Minutes, ...]:
    """Return the minutes of a day. The last minute counts, and a range over midnight has two parts of one day."""
    if text == "*":
        return ((0, ALL_DAY),)
    first, dash, last = text.partition("-")
    start = _minute(first)
    stop = (_minute(last) if dash else start) + 1
    return ((start, stop),) if start < stop else ((0, stop), (start, ALL_DAY))


def _minute(text: str) -> int:
    found = TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a time")
    return int(found[1]) * 60 + int(found[2])


def _days(text: str) -> tuple[int, ...]:
    if text == "*":
        return tuple(range(len(DAYS)))
    first, dash, last = text.partition("-")
    if first not in DAYS or (dash and last not in DAYS):
        raise ValueError(f"{text!r} is not a day of the week")
    start, stop = DAYS.index(first), DAYS.index(last if dash else first)
    return tuple((start + one) % len(DAYS) for one in range((stop - start) % len(DAYS) + 1))


def _joined(windows: Iterable[Minutes]) -> list[Minutes]:
    found: list[Minutes] = []
    for start, stop in sorted(windows):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return found


def _hhmm(minute: int) -> int:
    return minute // 60 * 100 + minute % 60
