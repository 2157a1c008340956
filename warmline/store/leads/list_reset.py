"""Resets a list, so that its leads are dialled again."""

import json
import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from warmline.leads import lead_fields
from warmline.store.database import long_writes
from warmline.store.database.reading import reading
from warmline.store.lead_changes import recorded_changes
from warmline.store.lead_changes.recorded_changes import ManyLeads
from warmline.store.leads.leads import country_of

# All parts together read the table once, in the order of ids: the sign keeps SQLite from sorting the list each time.
CALLED = """
    SELECT lead_id FROM lead
    WHERE +list_id = :list AND passes > 0 AND lead_id > :after
        AND (:every <> 0 OR status IN (SELECT value FROM json_each(:statuses)))
    ORDER BY lead_id LIMIT :most
"""
RESET = """
    UPDATE lead SET passes = 0, next_number = ''
    WHERE lead_id = :lead AND (:every <> 0 OR status IN (SELECT value FROM json_each(:statuses)))
"""
AT_ONCE = 2000  # leads

Note = Callable[[sqlite3.Connection, int, int], object]


class ResetPart(NamedTuple):
    """How many leads were changed, and the last one; `after` is 0 if no other lead of the list was called."""

    leads: int
    after: int


def reset(path: str | Path, list_id: str, statuses: Collection[str] = (), who: str = "") -> int:
    """Count the calls of a list's leads from 0 again; return the number of changed leads.

    With `statuses`, only leads with one of them are changed. The leads are changed in short transactions, between which
    the app can write. The change by `who` is recorded. Raises NotFound (list), OptionError (a status), StoreError.
    """
    changed, after = 0, 0
    while True:
        done = reset_part_by(path, list_id, after, AT_ONCE, statuses, who)
        changed, after = changed + done.leads, done.after
        if not after:
            return changed


def reset_part_by(
    path: str | Path, list_id: str, after: int, most: int, statuses: Collection[str], who: str
) -> ResetPart:
    """Do the same for some leads as `reset_part`, and record it; all parts are one change. Raises as `reset_part`."""
    record = ManyLeads(who, recorded_changes.RESET, list_id, {"statuses": sorted(statuses)} if statuses else {})

    def count(db: sqlite3.Connection, _last: int, leads: int) -> None:
        if leads:
            record.count(db, leads)

    done = reset_part(path, list_id, after, most, statuses, count)
    if not done.after:
        record.end(path)
    return done


def reset_part(
    path: str | Path,
    list_id: str,
    after: int,
    most: int = AT_ONCE,
    statuses: Collection[str] = (),
    note: Note | None = None,
) -> ResetPart:
    """Do the same for up to `most` leads after that lead, in the order of their ids.

    `note` is called at the end of each transaction, with the last lead and the number of changed ones.
    Raises NotFound, OptionError (a status), StoreError.
    """
    only = {"every": not statuses, "statuses": json.dumps([lead_fields.status(one) for one in statuses])}
    with reading(path) as db:
        country_of(db, list_id)
        called = [int(lead) for (lead,) in db.execute(CALLED, only | {"list": list_id, "after": after, "most": most})]
    with long_writes.patient(path) as db:

        def write(leads: list[int]) -> int:
            changed = sum(db.execute(RESET, only | {"lead": lead}).rowcount for lead in leads)
            if note:
                note(db, leads[-1], changed)
            return changed

        changed = sum(done.changed for done in long_writes.batches(db, called, write))
    return ResetPart(changed, called[-1] if len(called) == most else 0)
