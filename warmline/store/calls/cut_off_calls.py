"""Finds calls that ended with their server, whose parties may still be on a line there."""

import json
from collections.abc import Iterable
from pathlib import Path

from warmline.store.database.reading import reading

CUT_OFF = "SELECT id FROM call WHERE id IN (SELECT value FROM json_each(?)) AND ended_by = ?"


def among(path: str | Path, calls: Iterable[str], ended_by: str) -> set[str]:
    """Return those of these calls that ended by `ended_by`. Raises StoreError."""
    with reading(path) as db:
        return {str(call) for (call,) in db.execute(CUT_OFF, (json.dumps(list(calls)), ended_by))}
