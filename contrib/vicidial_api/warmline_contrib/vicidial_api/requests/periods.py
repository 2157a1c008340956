"""The days and times in requests, in the zone of the setting."""

from datetime import MAXYEAR, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")


class AskedPeriod(NamedTuple):
    """A period from `start` until before `end`, in microseconds UTC."""

    start: int
    end: int


def day(text: str, zone: ZoneInfo) -> AskedPeriod | None:
    """Return the day that a date such as 2026-11-20 names, or None if it is no date."""
    begins = _read(text, zone, FORMS[-1:])
    if begins is None or begins.year == MAXYEAR:
        return None
    return AskedPeriod(_micros(begins), _micros(begins + timedelta(days=1)))


def between(first: str, last: str, zone: ZoneInfo) -> AskedPeriod | None:
    """Return the period from a time up to and including the second of another one; None if one is no time.

    A time is such as 2026-11-20 13:00:00, or + in place of the space.
    """
    begins, ends = (_read(text.replace("+", " ").strip(), zone, FORMS) for text in (first, last))
    if begins is None or ends is None or ends < begins:
        return None
    return AskedPeriod(_micros(begins), _micros(ends) + 1_000_000)


def are_times(first: str, last: str, zone: ZoneInfo) -> bool:
    """Return whether both texts are times, whichever is later."""
    return all(_read(text.replace("+", " ").strip(), zone, FORMS) for text in (first, last))


def today(now: int, zone: ZoneInfo) -> str:
    """Return today's date; `now` is in microseconds UTC."""
    return f"{datetime.fromtimestamp(now / 1e6, zone):%Y-%m-%d}"


def _read(text: str, zone: ZoneInfo, forms: tuple[str, ...]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def _micros(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000
