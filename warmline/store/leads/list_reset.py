"""Resets a list, so that its leads are dialled again."""

from pathlib import Path

from warmline.store.database import long_writes
from warmline.store.database.reading import reading
from warmline.store.leads.leads import country_of

CALLED = "SELECT lead_id FROM lead WHERE list_id = ? AND passes > 0"
RESET = "UPDATE lead SET passes = 0, next_number = '' WHERE lead_id = ?"


def reset(path: str | Path, list_id: str) -> int:
    """Count the calls of a list's leads from 0 again; return the number of changed leads.

    The leads are changed in short transactions, between which the app can write. Raises NotFound (list), StoreError.
    """
    with reading(path) as db:
        country_of(db, list_id)
        called = [tuple(row) for row in db.execute(CALLED, [list_id])]
    with long_writes.patient(path) as db:
        return long_writes.run(db, ((RESET, lead) for lead in called))
