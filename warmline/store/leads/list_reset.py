"""Resets a list, so that its leads are dialled again."""

from pathlib import Path
from typing import NamedTuple

from warmline.store.database import long_writes
from warmline.store.database.reading import reading
from warmline.store.leads.leads import country_of

CALLED = "SELECT lead_id FROM lead WHERE list_id = ? AND passes > 0 AND lead_id > ? ORDER BY lead_id LIMIT ?"
RESET = "UPDATE lead SET passes = 0, next_number = '' WHERE lead_id = ?"
AT_ONCE = 2000  # leads


class ResetPart(NamedTuple):
    """How many leads were changed, and the last one; `after` is 0 if no other lead of the list was called."""

    leads: int
    after: int


def reset(path: str | Path, list_id: str) -> int:
    """Count the calls of a list's leads from 0 again; return the number of changed leads.

    The leads are changed in short transactions, between which the app can write. Raises NotFound (list), StoreError.
    """
    changed, after = 0, 0
    while True:
        done = reset_part(path, list_id, after)
        changed, after = changed + done.leads, done.after
        if not after:
            return changed


def reset_part(path: str | Path, list_id: str, after: int, most: int = AT_ONCE) -> ResetPart:
    """Do the same for up to `most` leads after that lead, in the order of their ids. Raises NotFound, StoreError."""
    with reading(path) as db:
        country_of(db, list_id)
        called = [tuple(row) for row in db.execute(CALLED, [list_id, after, most])]
    with long_writes.patient(path) as db:
        changed = long_writes.run(db, ((RESET, lead) for lead in called))
    return ResetPart(changed, called[-1][0] if len(called) == most else 0)
