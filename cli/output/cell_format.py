"""What stands in the tables: short where people read them, whole where programs do."""

import sys
import time
from collections.abc import Mapping
from typing import Any

from cli.output.time_format import clock, date_of, day

LETTERS = 12  # of an id: enough to tell two apart that were not made in the same millisecond


def short(name: str) -> str:
    """An id: on a terminal its beginning, which every command takes for it."""
    return name[:LETTERS] if sys.stdout.isatty() else name


def moment(at: int | None, digits: int = 12) -> str:
    """A time, today's without the date; piped, with the weekday, and so many letters of the time of day."""
    if at is None:
        return ""
    if not sys.stdout.isatty():
        return f"{day(at)} {clock(at)[:digits]}"
    today = date_of(at) == date_of(time.time_ns() // 1000)
    return clock(at)[:8] if today else f"{date_of(at)} {clock(at)[:5]}"


def line_of(call: Mapping[str, Any]) -> str:
    """The in-group of a live call, and the agent for whom alone it waits."""
    waits_for = call.get("direct") if not call["agent"] else ""
    return f"{call['ingroup']} for {waits_for}" if waits_for else str(call["ingroup"])
