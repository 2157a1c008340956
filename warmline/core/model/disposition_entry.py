"""The disposition of a finished call."""

from dataclasses import dataclass

from warmline.core.moment import Moment


@dataclass(frozen=True, kw_only=True)
class DispositionEntry:
    """One disposition by one agent for one call; `by` is its sender. Times in microseconds, UTC.

    A `correction` was made by another user after the agent's disposition; its notes say why. The entry counts if
    `undo_until` is 0. Otherwise the agent can take it back until then, or has done so: `undone`.
    """

    id: str
    call: str
    agent: str
    status: str
    at: Moment
    by: str = ""
    notes: str = ""
    correction: bool = False
    undo_until: Moment = 0
    undone: bool = False
