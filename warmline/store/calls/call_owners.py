"""Finds the agents to whom calls belong, to decide who may see them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from warmline.store.database.reading import reading, rows

OWNERS = "SELECT id, last_agent, direct FROM call WHERE id IN (SELECT value FROM json_each(:calls))"


def owners(path: str | Path, calls: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return the last agent of each call, and the agent it was for; either may be empty. Unknown calls are left out.

    Raises StoreError.
    """
    with reading(path) as db:
        found = rows(db, OWNERS, calls=json.dumps(list(calls)))
    return {row["id"]: (row["last_agent"], row["direct"]) for row in found}
