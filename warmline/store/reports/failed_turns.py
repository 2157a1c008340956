"""Failed turns: inputs that the core could not handle because of a bug."""

import json
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading, rows
from warmline.store.journal.clock_corrections import OF_ROW

# The exact condition of the index; SQLite uses the index only with this text.
FAILED = f"""
    SELECT * FROM (SELECT at + {OF_ROW} AS at, call, payload FROM journal WHERE kind = 'turn.failed') AS failed
    WHERE at >= :since ORDER BY at DESC
"""  # noqa: S608 - a constant of the code


class FailedTurn(NamedTuple):
    """A failed turn: time (microseconds UTC), call ("" for none), kind of input, error, place in the code, remedy."""

    at: int
    call: str
    kind: str
    error: str
    place: str
    remedy: str


def failed_turns(path: str | Path, since: int) -> list[FailedTurn]:
    """Return the failed turns since a time in microseconds UTC, newest first. Raises StoreError.

    A turn whose payload was erased has neither kind nor place.
    """
    with reading(path) as db:
        return [_failed(row["at"], row["call"], row["payload"]) for row in rows(db, FAILED, since=since)]


def _failed(at: int, call: str, payload: str | None) -> FailedTurn:
    said = json.loads(payload)["input"] if payload else {}
    return FailedTurn(at, call, *(said.get(name, "") for name in ("kind", "error", "place", "remedy")))
