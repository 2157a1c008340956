"""Finds the agents to whom calls belong, to decide who may see them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading, rows

OWNERS = """
    SELECT id, last_agent, direct, ifnull(campaign, '') AS campaign
    FROM call LEFT JOIN attempt ON attempt.call = call.id
    WHERE id IN (SELECT value FROM json_each(:calls))
"""


class CallOwner(NamedTuple):
    """The last agent of a call, the agent it was for, and the campaign of a call to a lead; each may be empty."""

    last_agent: str
    direct: str
    campaign: str


NO_OWNER = CallOwner("", "", "")  # of a call that the app never had


def owners(path: str | Path, calls: Iterable[str]) -> Mapping[str, CallOwner]:
    """Return the owner of each call. Unknown calls are left out.

    Raises StoreError.
    """
    with reading(path) as db:
        found = rows(db, OWNERS, calls=json.dumps(list(calls)))
    return {row["id"]: CallOwner(row["last_agent"], row["direct"], row["campaign"]) for row in found}
