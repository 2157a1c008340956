"""Times for people and for programs, from microseconds UTC."""

import re
from datetime import UTC, date, datetime, timedelta

from cli.output import time_zone

UNITS = {"s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}  # microseconds
DAYS_AGO = {"today": 0, "yesterday": 1}
FORMS = "30m, 24h, 7d, today, yesterday, monday, lastweek, 9:00, monday 9:00, 2026-11-20 or 2026-11-20T09:00"
DAY_FORMS = "today, yesterday, monday or 2026-11-20"

precise = False  # whether lengths are shown with their milliseconds: --precise


def iso(at: int | None) -> str | None:
    """ISO 8601 in UTC, for programs; None stays None."""
    return None if at is None else _moment(at).isoformat(timespec="microseconds")


def day(at: int) -> str:
    """The date with its weekday."""
    return f"{time_zone.local(at):%a %Y-%m-%d}"


def date_of(at: int) -> str:
    """The date without its weekday."""
    return f"{time_zone.local(at):%Y-%m-%d}"


def clock(at: int) -> str:
    """The time of day with milliseconds."""
    return time_zone.local(at).isoformat(sep=" ", timespec="milliseconds")[11:23]


def span(microseconds: int) -> str:
    """A duration, where milliseconds matter: milliseconds, or seconds, or h:mm:ss."""
    seconds = microseconds / 1e6
    if seconds < 1:
        return f"{microseconds / 1000:.1f} ms"
    return f"{seconds:.3f} s" if seconds < 60 else _whole(microseconds)


def length(microseconds: int) -> str:
    """A duration in a list or a report: m:ss or h:mm:ss; with --precise h:mm:ss.mmm."""
    return exact(microseconds) if precise else _whole(microseconds)


def exact(microseconds: int) -> str:
    """A duration as h:mm:ss.mmm, whatever its length, so that people can add several up."""
    seconds, rest = divmod(round(microseconds / 1000), 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def milliseconds(microseconds: int) -> str:
    """Whole milliseconds, in groups of three: 1 234 567."""
    return f"{microseconds // 1000:,}".replace(",", " ")


def past(text: str, now: int) -> int:
    """The time a text means, in microseconds UTC, that is not to come.

    `30m`, `24h` or `7d` before now; `now`; the start of a day (`today`, `yesterday`, `monday`: the last one), of
    `thisweek`, `lastweek`, `thismonth` or `lastmonth`; the last time that the clock showed `9:00` or `monday 9:00`; or
    a date or time in ISO 8601. Raises ValueError, saying what it may be.
    """
    from warmline.text.spoken_time import CLOCK  # with zoneinfo: only where a time is typed

    words = text.strip().lower()
    if ago := re.fullmatch(r"([0-9]{1,6})([smhd])", words):
        return max(0, now - int(ago[1]) * UNITS[ago[2]])
    if words == "now":
        return now
    try:
        if begun := _start(words, now):
            return time_zone.since_1970(datetime(begun.year, begun.month, begun.day))
        if re.fullmatch(rf"(?:[a-z]+ )?{CLOCK}", words):
            return _shown_last(*words.rpartition(" ")[::2], now)
        return time_zone.since_1970(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"{text!r} is no time; write {FORMS}") from None


def day_of(text: str, now: int) -> date:
    """The day a text means: `today`, `yesterday`, a weekday (the last one), or a date. Raises ValueError."""
    words = text.strip().lower()
    return _day(words, now) or date.fromisoformat(words)


def _shown_last(day: str, clock: str, now: int) -> int:
    """The last time that the clock showed that, on a day that is named."""
    from warmline.text.spoken_time import DAYS, WEEK

    hour, minute = map(int, clock.split(":"))
    of = _day(day or "today", now)
    if of is None:
        raise ValueError
    at = datetime(of.year, of.month, of.day, hour, minute)
    if day in ("", *DAYS) and time_zone.since_1970(at) > now:
        at -= timedelta(WEEK if day else 1)
    return time_zone.since_1970(at)


def _day(words: str, now: int) -> date | None:
    """The day that one word names; None if it is another word."""
    from warmline.text.spoken_time import DAYS, WEEK

    today = _today(now)
    if words in DAYS_AGO:
        return today - timedelta(DAYS_AGO[words])
    return today - timedelta((today.weekday() - DAYS.index(words)) % WEEK) if words in DAYS else None


def _start(words: str, now: int) -> date | None:
    """The first day of what one word names; None if it is another word."""
    from warmline.text.spoken_time import WEEK

    today = _today(now)
    monday, first = today - timedelta(today.weekday()), today.replace(day=1)
    before = {"lastweek": monday - timedelta(WEEK), "lastmonth": (first - timedelta(1)).replace(day=1)}
    return ({"thisweek": monday, "thismonth": first} | before).get(words.replace(" ", "")) or _day(words, now)


def _today(now: int) -> date:
    return datetime.fromtimestamp(now / 1e6, time_zone.here()).date()


def _whole(microseconds: int) -> str:
    """m:ss, or h:mm:ss."""
    minutes, seconds = divmod(round(microseconds / 1e6), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1e6, UTC)
