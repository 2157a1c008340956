"""Turns that failed: inputs that a bug kept from being handled."""

import json
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading, rows

# As the index on those rows has it, which is found by these words alone.
FAILED = "SELECT at, call, payload FROM journal WHERE kind = 'turn.failed' AND at >= :since ORDER BY at DESC"


class FailedTurn(NamedTuple):
    """When (microseconds UTC), of which call ("": of none), what kind of input, where, and what was done instead."""

    at: int
    call: str
    kind: str
    error: str
    place: str
    remedy: str


def failed_turns(path: str | Path, since: int) -> list[FailedTurn]:
    """Return the failed turns since a time in microseconds UTC, the last one first. Raises StoreError.

    One whose payload was erased has neither kind nor place.
    """
    with reading(path) as db:
        return [_failed(row["at"], row["call"], row["payload"]) for row in rows(db, FAILED, since=since)]


def _failed(at: int, call: str, payload: str | None) -> FailedTurn:
    said = json.loads(payload)["input"] if payload else {}
    return FailedTurn(at, call, *(said.get(name, "") for name in ("kind", "error", "place", "remedy")))
