"""A moment that somebody writes down in a request."""

from datetime import datetime
from zoneinfo import ZoneInfo


def meant(text: str, zone: str) -> int:
    """What a text means, in microseconds UTC: with its own distance from UTC, or on the clock of a time zone.

    Raises ValueError, saying what it may be.
    """
    try:
        written = datetime.fromisoformat(text)
        placed = written if written.tzinfo else written.replace(tzinfo=ZoneInfo(zone))
        return int(placed.timestamp() * 1_000_000)
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"{text!r} is no time; write 2026-12-24T18:05, or 2026-12-24T18:05+01:00") from None
