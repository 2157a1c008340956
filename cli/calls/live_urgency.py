"""The order and the emphasis of `warmline live`: what takes long in an urgent state comes first."""

import time
from typing import Any, NamedTuple

from cli.output.time_format import of_iso
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.shown_state import NO_PHONE, SHOWN_IN_CALL

# Colour and weight; without colours the weight remains.
LONG, TOO_LONG = "bold yellow", "bold underline red"


class Patience(NamedTuple):
    """The seconds after which a state takes long, and too long."""

    long: int
    too_long: int


# The states of agents and calls that need attention, the most urgent one first.
PATIENCE: dict[str, Patience] = {
    State.WAITING: Patience(20, 60),
    NO_PHONE: Patience(0, 60),
    SHOWN_IN_CALL[State.RESCUE]: Patience(0, 60),
    AgentState.DEAD: Patience(10, 60),
    State.PARKED: Patience(60, 180),
    SHOWN_IN_CALL[State.PARKED]: Patience(60, 180),
    AgentState.QUEUE: Patience(15, 30),
    AgentState.DISPO: Patience(60, 300),
    AgentState.PAUSED: Patience(900, 1800),
}
RANKS = {state: rank for rank, state in enumerate(PATIENCE)}


def emphasis(state: str, since: str, now: int | None = None) -> str:
    """Return the style for the age of a state that began at `since` (ISO 8601); `now` in microseconds UTC."""
    patience = PATIENCE.get(state)
    if patience is None:
        return ""
    age = ((time.time_ns() // 1000 if now is None else now) - of_iso(since)) / 1e6
    return TOO_LONG if age >= patience.too_long else LONG if age >= patience.long else ""


def state_of(one: dict[str, Any]) -> str:
    """Return the state of an agent or a call; that of an in-group with callers is `waiting`."""
    return str(one.get("state", State.WAITING))


def order(one: dict[str, Any]) -> tuple[int, str]:
    """Return the sort key of an agent, a call or an in-group: the urgency of its state, then the longest age."""
    return RANKS.get(state_of(one), len(RANKS)), one["since"]
