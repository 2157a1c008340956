"""The cells of tables: short on a terminal, complete in a pipe."""

import sys
import time
from collections.abc import Mapping
from typing import Any

from cli.output.time_format import clock, date_and_time, date_of, of_iso

LETTERS = 12  # of an id; enough to distinguish ids that were not created in the same millisecond


def short(name: str) -> str:
    """Return an id; on a terminal only its beginning, which every command accepts."""
    return name[:LETTERS] if sys.stdout.isatty() else name


def moment(at: int | None) -> str:
    """Return a time for a list. On a terminal, today has no date, and other days have no seconds."""
    if at is None:
        return ""
    if not sys.stdout.isatty():
        return date_and_time(at)
    today = date_of(at) == date_of(time.time_ns() // 1000)
    return clock(at) if today else f"{date_of(at)} {clock(at)[:5]}"


def iso_moment(text: str | None) -> str:
    """Return the same for a time in ISO 8601."""
    return moment(of_iso(text)) if text else ""


def line_of(call: Mapping[str, Any]) -> str:
    """Return the in-group of a live call, and the only agent it waits for, if there is one."""
    waits_for = "" if call.get("agent") else call.get("direct")
    return f"{call['ingroup']} for {waits_for}" if waits_for else str(call["ingroup"])
