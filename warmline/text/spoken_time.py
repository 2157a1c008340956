"""A moment that somebody writes down: whole, or the way people say when they call back."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {"d": "days", "h": "hours", "m": "minutes"}
AFTER = r"\+(?=[0-9])(?:[0-9]{1,3}d)?(?:[0-9]{1,3}h)?(?:[0-9]{1,4}m)?"
CLOCK = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
SAID = rf"(?:(?:today|tomorrow|{'|'.join(DAYS)}) )?{CLOCK}"
FORMS = "18:05, tomorrow 10:00, monday 9:00, +30m, +2h, or 2026-12-24 18:05"
WEEK = 7
YEARS = range(1000, 9000)  # so that the days before and after it are days too, on every clock


def meant(text: str, zone: str) -> int:
    """What a text means, in microseconds UTC: with its own distance from UTC, or on the clock of a time zone.

    Raises ValueError, saying what it may be.
    """
    try:
        written = datetime.fromisoformat(text)
        if written.year not in YEARS:
            raise ValueError
        placed = written if written.tzinfo else written.replace(tzinfo=ZoneInfo(zone))
        return int(placed.timestamp() * 1_000_000)
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"{text!r} is no time; write 2026-12-24T18:05, or 2026-12-24T18:05+01:00") from None


def ahead(text: str, zone: str, now: int) -> int:
    """What somebody means who says when he will call, in microseconds UTC; `now` is the same.

    So long from now (`+30m`, `+2h`, `+1d`); the next time that the clock of the zone shows that (`18:05`,
    `monday 9:00`); on a day (`today 18:05`, `tomorrow 10:00`); or whatever `meant` takes. Raises ValueError, saying
    what it may be.
    """
    words = text.strip().lower()
    if re.fullmatch(AFTER, words):
        given = {UNITS[unit]: int(count) for count, unit in re.findall(r"([0-9]+)([dhm])", words)}
        return now + timedelta(**given) // timedelta(microseconds=1)
    if re.fullmatch(SAID, words):
        day, _, clock = words.rpartition(" ")
        return _on_the_clock(day, clock, datetime.fromtimestamp(now / 1e6, ZoneInfo(zone)))
    try:
        return meant(text.strip(), zone)
    except ValueError:
        raise ValueError(f"{text!r} is no time; write {FORMS}") from None


def _on_the_clock(day: str, clock: str, now: datetime) -> int:
    """The first such time that is still to come; of `today` and `tomorrow`, that day's. `now` in the zone meant."""
    hour, minute = map(int, clock.split(":"))
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
    if day in DAYS:
        at += timedelta((DAYS.index(day) - now.weekday()) % WEEK)
    at += timedelta(days=day == "tomorrow")
    if day in ("", *DAYS) and at.timestamp() <= now.timestamp():
        at += timedelta(WEEK if day else 1)
    return int(at.timestamp() * 1_000_000)
