"""Times for people and for programs, from microseconds UTC."""

import re
from datetime import UTC, datetime, timedelta

UNITS = {"s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}  # microseconds
DAYS_AGO = {"today": 0, "yesterday": 1}


def iso(at: int | None) -> str | None:
    """ISO 8601 in UTC, for programs; None stays None."""
    return None if at is None else _moment(at).isoformat(timespec="microseconds")


def day(at: int) -> str:
    """The local date."""
    return f"{_moment(at).astimezone():%a %Y-%m-%d}"


def date(at: int) -> str:
    """The local date without its weekday."""
    return f"{_moment(at).astimezone():%Y-%m-%d}"


def zone(at: int) -> str:
    """The name of the local time zone at that time."""
    return f"{_moment(at).astimezone():%Z}"


def clock(at: int) -> str:
    """The local time with milliseconds."""
    return _moment(at).astimezone().isoformat(sep=" ", timespec="milliseconds")[11:23]


def span(microseconds: int) -> str:
    """A duration: milliseconds, or seconds, or h:mm:ss."""
    seconds = microseconds / 1e6
    if seconds < 1:
        return f"{microseconds / 1000:.1f} ms"
    if seconds < 60:
        return f"{seconds:.3f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def exact(microseconds: int) -> str:
    """A duration as h:mm:ss.mmm, whatever its length, so that people can add several up."""
    seconds, rest = divmod(round(microseconds / 1000), 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def milliseconds(microseconds: int) -> str:
    """Whole milliseconds, in groups of three: 1 234 567."""
    return f"{microseconds // 1000:,}".replace(",", " ")


def past(text: str, now: int) -> int:
    """The time a text means, in microseconds UTC.

    `30m`, `24h` or `7d` before now; `now`; the start of `today` or `yesterday` on this machine's clock; or a date or
    time in ISO 8601, local if it says no zone. Raises ValueError, saying what it may be.
    """
    if ago := re.fullmatch(r"([0-9]{1,6})([smhd])", text):
        return max(0, now - int(ago[1]) * UNITS[ago[2]])
    if text == "now":
        return now
    try:
        if text in DAYS_AGO:
            day = datetime.fromtimestamp(now / 1e6).date() - timedelta(days=DAYS_AGO[text])
            text = day.isoformat()
        return int(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1e6)
    except (ValueError, OverflowError, OSError):
        raise ValueError(
            f"{text!r} is no time; write 30m, 24h, 7d, 2026-11-20 or 2026-11-20T09:00, today or yesterday"
        ) from None


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1e6, UTC)
