"""The cells of tables: short on a terminal, complete in a pipe."""

import sys
import time
from collections.abc import Mapping
from typing import Any

from cli.output.time_format import clock, date_of, day

LETTERS = 12  # of an id; enough to distinguish ids that were not created in the same millisecond


def short(name: str) -> str:
    """Return an id; on a terminal only its beginning, which every command accepts."""
    return name[:LETTERS] if sys.stdout.isatty() else name


def moment(at: int | None, digits: int = 12) -> str:
    """Return a time; today's is without the date, and in a pipe it has the weekday.

    `digits`: how many letters of the time of day are shown.
    """
    if at is None:
        return ""
    if not sys.stdout.isatty():
        return f"{day(at)} {clock(at)[:digits]}"
    today = date_of(at) == date_of(time.time_ns() // 1000)
    return clock(at)[:8] if today else f"{date_of(at)} {clock(at)[:5]}"


def line_of(call: Mapping[str, Any]) -> str:
    """Return the in-group of a live call, and the only agent it waits for, if there is one."""
    waits_for = call.get("direct") if not call["agent"] else ""
    return f"{call['ingroup']} for {waits_for}" if waits_for else str(call["ingroup"])
