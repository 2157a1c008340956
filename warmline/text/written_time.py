"""Reads times that people write in options of the command line, in files, and in fields of requests.

`ahead` reads a future time, `past` a past time, and `day` a whole day. All of them accept dates and times in ISO 8601.
A time without an offset from UTC is in the given zone; None is the zone of this machine.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from warmline.text.coded_error import CodedError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_AGO = {"today": 0, "yesterday": 1}
WEEK = 7
UNITS = {"s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}  # microseconds
LONGEST = 1 << 62  # microseconds of a duration: SQLite takes no larger number
YEARS = range(1000, 9000)  # so that the days before and after exist in every zone

AFTER = r"\+(?=[0-9])(?:[0-9]{1,3}d)?(?:[0-9]{1,3}h)?(?:[0-9]{1,4}m)?"
CLOCK = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
SAID = rf"(?:(?:today|tomorrow|{'|'.join(DAYS)}) )?{CLOCK}"

WHOLE_FORMS = "2026-12-24T18:05, or 2026-12-24T18:05+01:00"
EXACT_FORMS = "2026-12-24 18:05, or 2026-12-24T18:05+01:00 to say how far from UTC"
AHEAD_FORMS = "18:05, tomorrow 10:00, monday 9:00, +30m, +2h, or 2026-12-24 18:05"
AHEAD_HELP = "18:05, 'tomorrow 10:00', 'monday 9:00', +30m or '2026-12-24 18:05', in the zone of the setting timezone."
PAST_FORMS = "30m, 24h, 7d, today, yesterday, monday, lastweek, 9:00, monday 9:00, 2026-11-20 or 2026-11-20T09:00"
DAY_FORMS = "today, yesterday, monday or 2026-11-20"
DAYS_AHEAD_FORMS = "today, tomorrow, monday, thisweek, nextweek, thismonth, yesterday, lastweek or 2026-11-27"
DAYS_FORMS = "today, yesterday, monday, thisweek, lastweek, thismonth, lastmonth or 2026-11-20"

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WrittenTime(NamedTuple):
    """A time: `at` in microseconds UTC, and `note`, a warning for people if the text is ambiguous."""

    at: int
    note: str = ""


class TimeTextError(CodedError, ValueError):
    """A text is not a time, day or duration; the sentence names the allowed forms."""


def invalid_time(text: str, forms: str) -> TimeTextError:
    """Make the error for a text that is not a time."""
    return TimeTextError(
        "written_time_invalid", "{value!r} is not a time; allowed: {allowed}", value=text, allowed=forms
    )


def whole(text: str, zone: tzinfo | None) -> int:
    """Read a date and time in ISO 8601; return microseconds UTC. Raises ValueError with the allowed forms."""
    try:
        return microseconds(_whole(text), zone)
    except (ValueError, OverflowError, OSError):
        raise invalid_time(text, WHOLE_FORMS) from None


def exact(text: str, zone: tzinfo) -> WrittenTime:
    """Read a date and time, with a note if the zone has that time twice or never.

    A time that occurs twice, when the clock is set back, is the first of the two. A time that the clock skips is moved
    forward by the length of the skip. Raises ValueError with the allowed forms.
    """
    try:
        written = _whole(text)
        return WrittenTime(microseconds(written, zone), _oddness(written, zone))
    except (ValueError, OverflowError, OSError):
        raise invalid_time(text, EXACT_FORMS) from None


def ahead(text: str, zone: tzinfo, now: int) -> int:
    """Read a future time, such as that of a callback; return microseconds UTC. `now` is in microseconds UTC.

    Allowed forms:

    - a time from now (`+30m`, `+2h`, `+1d`)
    - the next such time in the zone (`18:05`, `monday 9:00`), or a time on a day (`today 18:05`, `tomorrow 10:00`)
    - the forms of `whole`

    Raises ValueError with the allowed forms.
    """
    words = text.strip().lower()
    if re.fullmatch(AFTER, words):
        return now + sum(int(count) * UNITS[unit] for count, unit in re.findall(r"([0-9]+)([dhm])", words))
    if re.fullmatch(SAID, words):
        name, _, clock = words.rpartition(" ")
        return _shown_next(name, clock, datetime.fromtimestamp(now / 1e6, zone))
    try:
        return whole(text.strip(), zone)
    except ValueError:
        raise invalid_time(text, AHEAD_FORMS) from None


def past(text: str, zone: tzinfo | None, now: int) -> int:
    """Read a past time, such as the start of a report; return microseconds UTC. `now` is in microseconds UTC.

    Allowed forms:

    - `now`, or a time before now (`30m`, `24h`, `7d`)
    - the start of a day (`today`, `yesterday`, or `monday` for the last Monday)
    - the start of `thisweek`, `lastweek`, `thismonth` or `lastmonth`
    - the last such time in the zone (`9:00`, `monday 9:00`)
    - a date or time in ISO 8601

    Raises ValueError with the allowed forms.
    """
    words = text.strip().lower()
    if ago := re.fullmatch(r"([0-9]{1,6})([smhd])", words):
        return max(0, now - int(ago[1]) * UNITS[ago[2]])
    if words == "now":
        return now
    try:
        today = _today(zone, now)
        if begun := _start(words, today):
            return midnight(begun, zone)
        if re.fullmatch(rf"(?:[a-z]+ )?{CLOCK}", words):
            name, _, clock = words.rpartition(" ")
            return _shown_last(name, clock, today, zone, now)
        return microseconds(datetime.fromisoformat(text.strip()), zone)
    except (ValueError, OverflowError, OSError):
        raise invalid_time(text, PAST_FORMS) from None


def day(text: str, zone: tzinfo | None, now: int) -> tuple[int, int]:
    """Read a day: `today`, `yesterday`, a weekday (the last one), or a date.

    Returns the start of that day and of the next, which is 23 to 25 hours later, in microseconds UTC. `now` is in
    microseconds UTC. Raises ValueError with the allowed forms.
    """
    words = text.strip().lower()
    try:
        first = _day(words, _today(zone, now)) or date.fromisoformat(words)
        return midnight(first, zone), midnight(first + timedelta(days=1), zone)
    except (ValueError, OverflowError, OSError):
        raise _invalid_day(text, DAY_FORMS) from None


def days(text: str, zone: tzinfo | None, now: int) -> tuple[int, int]:
    """Read a day as `day` does, or a whole period: `thisweek`, `lastweek`, `thismonth` or `lastmonth`.

    Returns the start of the period and of what follows it, in microseconds UTC. `now` is in microseconds UTC. Raises
    ValueError with the allowed forms.
    """
    words = text.strip().lower().replace(" ", "")
    try:
        if begun := _periods(_today(zone, now)).get(words):
            after = begun + timedelta(WEEK) if words.endswith("week") else (begun + timedelta(31)).replace(day=1)
            return midnight(begun, zone), midnight(after, zone)
        return day(text, zone, now)
    except (ValueError, OverflowError, OSError):
        raise _invalid_day(text, DAYS_FORMS) from None


def days_ahead(text: str, zone: tzinfo | None, now: int) -> tuple[int, int]:
    """Read a day or period as `days` does, or `tomorrow` or `nextweek`; a weekday is the next one, or today.

    Returns and raises as `days` does.
    """
    words = text.strip().lower().replace(" ", "")
    try:
        today = _today(zone, now)
        monday = today - timedelta(today.weekday())
        ahead = {"tomorrow": (today + timedelta(1), 1), "nextweek": (monday + timedelta(WEEK), WEEK)} | {
            name: (today + timedelta((place - today.weekday()) % WEEK), 1) for place, name in enumerate(DAYS)
        }
        if words in ahead:
            begun, length = ahead[words]
            return midnight(begun, zone), midnight(begun + timedelta(length), zone)
        return days(text, zone, now)
    except (ValueError, OverflowError, OSError):
        raise _invalid_day(text, DAYS_AHEAD_FORMS) from None


def _invalid_day(text: str, forms: str) -> TimeTextError:
    return TimeTextError("written_day_invalid", "{value!r} is not a day; allowed: {allowed}", value=text, allowed=forms)


def duration(text: str) -> int:
    """Read a duration, such as `10s`, `2m`, `1h` or `1d`; return microseconds. Raises ValueError."""
    if text[-1:] not in UNITS:
        allowed = ", ".join(UNITS)
        raise TimeTextError(
            "duration_without_unit",
            "{value!r} has no unit; allowed after the number: {allowed}",
            value=text,
            allowed=allowed,
        )
    return int(text[:-1]) * UNITS[text[-1]]


def durations(text: str) -> tuple[int | None, int | None]:
    """Read the shortest and the longest duration, such as `10s..2m`, `1h..` or `..5s`, in microseconds.

    None stands for no limit, and an empty text for none at all. Raises ValueError.
    """
    first, dots, last = text.partition("..")
    if text and not (dots and (first or last)):
        raise ValueError
    shortest, longest = (duration(one) if one else None for one in (first, last))
    if not 0 <= (shortest or 0) <= LONGEST or not 0 <= (longest or 0) <= LONGEST:
        raise ValueError
    return shortest, longest


def midnight(of: date, zone: tzinfo | None) -> int:
    """Return the first moment of a day in microseconds UTC. Raises ValueError, OverflowError and OSError."""
    return microseconds(datetime(of.year, of.month, of.day), zone)


def microseconds(at: datetime, zone: tzinfo | None) -> int:
    """Return the microseconds UTC of a date and time. Raises ValueError, OverflowError and OSError."""
    placed = at if at.tzinfo else at.replace(tzinfo=zone)
    return (placed.astimezone(UTC) - EPOCH) // MICROSECOND if placed.tzinfo else int(placed.timestamp() * 1_000_000)


def _whole(text: str) -> datetime:
    written = datetime.fromisoformat(text)
    if written.year not in YEARS:
        raise ValueError
    return written


def _oddness(written: datetime, zone: tzinfo) -> str:
    """Return a note if the zone has that time twice or never; otherwise an empty text."""
    if written.tzinfo:
        return ""
    first, second = (written.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return ""
    if second - EPOCH > first - EPOCH:
        other = second.isoformat(timespec="minutes")
        return f"{written} is twice on the clock of {zone}; this is the first, the other is {other}"
    shown = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return f"{written} is not on the clock of {zone}: it is set forward then, to {shown}"


def _shown_next(name: str, clock: str, now: datetime) -> int:
    """Return the next such time, or that of `today` or `tomorrow`. `now` is in the wanted zone."""
    hour, minute = map(int, clock.split(":"))
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
    if name in DAYS:
        at += timedelta((DAYS.index(name) - now.weekday()) % WEEK)
    at += timedelta(days=name == "tomorrow")
    if name in ("", *DAYS) and at.timestamp() <= now.timestamp():
        at += timedelta(WEEK if name else 1)
    return int(at.timestamp() * 1_000_000)


def _shown_last(name: str, clock: str, today: date, zone: tzinfo | None, now: int) -> int:
    """Return the last such time in the zone, or that of the named day."""
    hour, minute = map(int, clock.split(":"))
    of = _day(name or "today", today)
    if of is None:
        raise ValueError
    at = datetime(of.year, of.month, of.day, hour, minute)
    if name in ("", *DAYS) and microseconds(at, zone) > now:
        at -= timedelta(WEEK if name else 1)
    return microseconds(at, zone)


def _day(word: str, today: date) -> date | None:
    """Return the day that a word names; None for any other word."""
    if word in DAYS_AGO:
        return today - timedelta(DAYS_AGO[word])
    return today - timedelta((today.weekday() - DAYS.index(word)) % WEEK) if word in DAYS else None


def _start(words: str, today: date) -> date | None:
    """Return the first day of the period that a word names; None for any other word."""
    return _periods(today).get(words.replace(" ", "")) or _day(words, today)


def _periods(today: date) -> dict[str, date]:
    """Return the first day of each week and month that has a name."""
    monday, first = today - timedelta(today.weekday()), today.replace(day=1)
    before = {"lastweek": monday - timedelta(WEEK), "lastmonth": (first - timedelta(1)).replace(day=1)}
    return {"thisweek": monday, "thismonth": first} | before


def _today(zone: tzinfo | None, now: int) -> date:
    return datetime.fromtimestamp(now / 1e6, zone).date()
