"""The code an agent gives a finished call."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionEntry:
    """One code given by one agent for one call; `by` is who sent it. `at` in microseconds, UTC."""

    id: str
    call: str
    agent: str
    status: str
    at: int
    by: str = ""
