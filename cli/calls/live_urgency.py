"""The order and the emphasis of `warmline live`: what takes long in an urgent state comes first."""

import time
from typing import Any

from cli.output.time_format import of_iso
from warmline.core.model.call_states import State
from warmline.core.screen.urgency_times import URGENCY_LIMITS

# Colour and weight; without colours the weight remains.
LONG, TOO_LONG = "bold yellow", "bold underline red"
RANKS = {state: rank for rank, state in enumerate(URGENCY_LIMITS)}


def emphasis(state: str, since: str, now: int | None = None) -> str:
    """Return the style for the age of a state that began at `since` (ISO 8601); `now` in microseconds UTC."""
    patience = URGENCY_LIMITS.get(state)
    if patience is None:
        return ""
    age = ((time.time_ns() // 1000 if now is None else now) - of_iso(since)) / 1e6
    return TOO_LONG if age >= patience.alarm_seconds else LONG if age >= patience.warning_seconds else ""


def state_of(one: dict[str, Any]) -> str:
    """Return the state of an agent or a call; that of an in-group with callers is `waiting`."""
    return str(one.get("state", State.WAITING))


def order(one: dict[str, Any]) -> tuple[int, str]:
    """Return the sort key of an agent, a call or an in-group: the urgency of its state, then the longest age."""
    return RANKS.get(state_of(one), len(RANKS)), one["since"]
