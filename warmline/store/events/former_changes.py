"""Converts the changes in rows of older versions, (record, id, state), to events with only an id and a state."""

from collections.abc import Iterator
from typing import Any

from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome
from warmline.store.events import event_types

Change = tuple[str, dict[str, Any]]


def changes_of(became: list[tuple[str, str, str]]) -> Iterator[Change]:
    """Yield type and fields of each change. Raises ValueError or KeyError if no version wrote such a change."""
    for what, name, state in became:
        match what:
            case "call":
                yield event_types.CALL_TYPES[State(state)], {"id": name, "state": state}
            case "agent":
                yield event_types.AGENT_TYPES[state], {"user": name, "state": state}
            case "receipt":
                yield _command(name, state)
            case "recording":
                kind = event_types.RECORDING_TYPES.get(state, event_types.RECORDING_UPDATED)
                yield kind, {"id": name, "status": state}
            case "disposition":
                yield event_types.DISPOSITION_ENTERED, {"call": name, "status": state}


def _command(name: str, state: str) -> Change:
    """Return the event of a command; `state` is its outcome or its last step."""
    outcome = Outcome(state) if state in list(Outcome) else None
    told = {"outcome": state} if outcome else {"step": state}
    return event_types.command_type("", outcome, state), {"id": name} | told
