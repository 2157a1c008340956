"""ISO 8601 times, from and to microseconds UTC."""

from datetime import UTC, datetime


def iso(at: int | None) -> str | None:
    """Return ISO 8601 in UTC, for programs; None stays None."""
    return None if at is None else datetime.fromtimestamp(at / 1e6, UTC).isoformat(timespec="microseconds")


def of_iso(text: str) -> int:
    """Return the time of an ISO 8601 text with its offset from UTC, in microseconds UTC."""
    return round(datetime.fromisoformat(text).timestamp() * 1e6)
