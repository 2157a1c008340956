"""How long ago, for people."""

from datetime import UTC, datetime, timedelta

from cli.output.time_format import length

MICROSECOND = timedelta(microseconds=1)


def ago(time: str, now: datetime | None = None) -> str:
    """From an ISO 8601 time until now: m:ss, or h:mm:ss, whole seconds. A time ahead of our clock is 0:00."""
    past = (now or datetime.now(UTC)) - datetime.fromisoformat(time)
    return length(max(0, past // MICROSECOND // 1_000_000 * 1_000_000))
