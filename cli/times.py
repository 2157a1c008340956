"""Times for people and for programs, from microseconds UTC."""

from datetime import UTC, datetime


def iso(at: int | None) -> str | None:
    """ISO 8601 in UTC, for programs; None stays None."""
    return None if at is None else _moment(at).isoformat(timespec="microseconds")


def day(at: int) -> str:
    """The local date."""
    return f"{_moment(at).astimezone():%a %Y-%m-%d}"


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


def milliseconds(microseconds: int) -> str:
    """Whole milliseconds, in groups of three: 1 234 567."""
    return f"{microseconds // 1000:,}".replace(",", " ")


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1e6, UTC)
