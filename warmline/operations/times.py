"""Times in answers: ISO 8601 with milliseconds, UTC."""

from datetime import UTC, datetime
from typing import Annotated

from msgspec import Meta

Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"}, examples=["2026-11-20T09:15:02.250+00:00"])]


def iso(microseconds: int) -> str:
    """Return a time as ISO 8601 with milliseconds, UTC."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).isoformat(timespec="milliseconds")
