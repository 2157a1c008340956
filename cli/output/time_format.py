"""Times for people and for programs, from microseconds UTC."""

import time
from datetime import UTC, datetime, tzinfo

from cli.output import time_zone

precise = False  # whether lengths are shown with their milliseconds: --precise


def iso(at: int | None) -> str | None:
    """ISO 8601 in UTC, for programs; None stays None."""
    return None if at is None else _moment(at).isoformat(timespec="microseconds")


def of_iso(text: str) -> int:
    """The time of a program's ISO 8601, with its distance from UTC, in microseconds UTC."""
    return round(datetime.fromisoformat(text).timestamp() * 1e6)


def day(at: int) -> str:
    """The date with its weekday."""
    return f"{time_zone.local(at):%a %Y-%m-%d}"


def date_of(at: int) -> str:
    """The date without its weekday."""
    return f"{time_zone.local(at):%Y-%m-%d}"


def clock(at: int) -> str:
    """The time of day with milliseconds."""
    return time_zone.local(at).isoformat(sep=" ", timespec="milliseconds")[11:23]


def with_zone(at: int, zone: tzinfo) -> str:
    """The time on the clock of a zone, to the minute, with its distance from UTC and the zone."""
    return f"{_moment(at).astimezone(zone):%a %Y-%m-%d %H:%M %z} {zone}"


def date_and_time(at: int) -> str:
    """The date and time to the second; in the hour that the clock shows twice, the second one says its zone."""
    local = time_zone.local(at // 1_000_000 * 1_000_000)
    return f"{local:%Y-%m-%d %H:%M:%S}" + (f"{local.astimezone(local.tzinfo): %Z}" if local.fold else "")


def span(microseconds: int) -> str:
    """A duration, where milliseconds matter: milliseconds, or seconds, or h:mm:ss."""
    seconds = microseconds / 1e6
    if seconds < 1:
        return f"{microseconds / 1000:.1f} ms"
    return f"{seconds:.3f} s" if seconds < 60 else _whole(microseconds)


def length(microseconds: int) -> str:
    """A duration in a list or a report: m:ss or h:mm:ss; with --precise h:mm:ss.mmm."""
    return exact(microseconds) if precise else _whole(microseconds)


def ago(iso_time: str, now: int | None = None) -> str:
    """How long ago a time in ISO 8601 is: m:ss or h:mm:ss, whole seconds. A time ahead of our clock is 0:00."""
    now = time.time_ns() // 1000 if now is None else now
    return length(max(0, (now - of_iso(iso_time)) // 1_000_000 * 1_000_000))


def exact(microseconds: int) -> str:
    """A duration as h:mm:ss.mmm, whatever its length, so that people can add several up."""
    seconds, rest = divmod(round(microseconds / 1000), 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def milliseconds(microseconds: int) -> str:
    """Whole milliseconds, in groups of three: 1 234 567."""
    return f"{microseconds // 1000:,}".replace(",", " ")


def _whole(microseconds: int) -> str:
    """m:ss, or h:mm:ss."""
    minutes, seconds = divmod(round(microseconds / 1e6), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1e6, UTC)
