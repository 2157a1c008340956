"""Times for people and for programs, from microseconds UTC."""

import time
from datetime import UTC, datetime, tzinfo

from cli.output import time_zone
from warmline.text.iso_time import iso as iso
from warmline.text.iso_time import of_iso as of_iso

precise = False  # whether lengths and times of day are shown with milliseconds: --precise


def day(at: int) -> str:
    """Return the date with its weekday."""
    return f"{time_zone.local(at):%a %Y-%m-%d}"


def date_of(at: int) -> str:
    """Return the date without its weekday."""
    return f"{time_zone.local(at):%Y-%m-%d}"


def clock(at: int) -> str:
    """Return the time of day to the second; with --precise to the millisecond."""
    return exact_clock(at) if precise else f"{time_zone.local(at):%H:%M:%S}"


def exact_clock(at: int) -> str:
    """Return the time of day with milliseconds, for the story of a call."""
    return time_zone.local(at).isoformat(sep=" ", timespec="milliseconds")[11:23]


def with_zone(at: int, zone: tzinfo) -> str:
    """Return the local time of a zone to the minute, with its offset and the zone's name."""
    return f"{_moment(at).astimezone(zone):%a %Y-%m-%d %H:%M %z} {zone}"


def date_and_time(at: int, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """Return the date and time to the second; if the clock shows the hour twice, the second one has its zone."""
    local = time_zone.local(at // 1_000_000 * 1_000_000)
    return f"{local:{form}}" + (f"{local.astimezone(local.tzinfo): %Z}" if local.fold else "")


def to_the_minute(at: int) -> str:
    """Return the same without the seconds."""
    return date_and_time(at, "%Y-%m-%d %H:%M")


def span(microseconds: int) -> str:
    """Return a duration for the story of a call: milliseconds, seconds, or h:mm:ss."""
    seconds = microseconds / 1e6
    if seconds < 1:
        return f"{microseconds / 1000:.1f} ms"
    return f"{seconds:.3f} s" if seconds < 60 else _whole(microseconds)


def length(microseconds: int) -> str:
    """Return a duration for lists and reports: m:ss or h:mm:ss; with --precise h:mm:ss.mmm."""
    return exact(microseconds) if precise else _whole(microseconds)


def ago(iso_time: str, now: int | None = None) -> str:
    """Return how long ago an ISO 8601 time is, as m:ss or h:mm:ss; a time in the future is 0:00."""
    now = time.time_ns() // 1000 if now is None else now
    return length(max(0, (now - of_iso(iso_time)) // 1_000_000 * 1_000_000))


def exact(microseconds: int) -> str:
    """Return a duration as h:mm:ss.mmm, whatever its length, so that readers can add several up."""
    seconds, rest = divmod(round(microseconds / 1000), 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def milliseconds(microseconds: int) -> str:
    """Return whole milliseconds in groups of three: 1 234 567."""
    return f"{microseconds // 1000:,}".replace(",", " ")


def _whole(microseconds: int) -> str:
    """Return m:ss, or h:mm:ss."""
    minutes, seconds = divmod(round(microseconds / 1e6), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1e6, UTC)
