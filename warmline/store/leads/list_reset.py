"""Resets a list, so that its leads are dialled again."""

import json
from collections.abc import Collection
from pathlib import Path

from warmline.store.database import long_writes
from warmline.store.database.reading import reading
from warmline.store.leads.leads import country_of

CALLED = """
    SELECT lead_id FROM lead
    WHERE list_id = :list AND passes > 0 AND (:every OR status IN (SELECT value FROM json_each(:statuses)))
"""
RESET = """
    UPDATE lead SET passes = 0, next_number = ''
    WHERE lead_id = :lead AND (:every OR status IN (SELECT value FROM json_each(:statuses)))
"""


def reset(path: str | Path, list_id: str, statuses: Collection[str] = ()) -> int:
    """Count the calls of a list's leads from 0 again; return the number of changed leads.

    With `statuses`, only leads with one of them are changed. The leads are changed in short transactions, between which
    the app can write. Raises NotFound (list), StoreError.
    """
    with reading(path) as db:
        country_of(db, list_id)
        only = {"every": not statuses, "statuses": json.dumps([*statuses])}
        called = [int(lead) for (lead,) in db.execute(CALLED, only | {"list": list_id})]
    with long_writes.patient(path) as db:
        return long_writes.run(db, ((RESET, only | {"lead": lead}) for lead in called))
