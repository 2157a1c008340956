"""How long ago, for people."""

from datetime import UTC, datetime


def ago(time: str, now: datetime | None = None) -> str:
    """From an ISO 8601 time until now: seconds, or m:ss, or h:mm:ss. A time ahead of our clock is 0 s."""
    seconds = max(0, int(((now or datetime.now(UTC)) - datetime.fromisoformat(time)).total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}" if minutes else f"{seconds} s"
