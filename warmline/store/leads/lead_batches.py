"""Inserts leads that another process has read from a file, with the rules of an import.

Their fields are checked again, because that process reads what strangers send.
"""

import re
import time
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from warmline.leads import custom_fields, lead_history, more_numbers
from warmline.leads.lead_fields import FIELDS, TEXTS, status, unknown_field, unusable_value
from warmline.leads.lead_history import HISTORY
from warmline.store.database.long_writes import importing
from warmline.store.leads import duplicate_leads, lead_import
from warmline.store.leads.duplicate_leads import DuplicateRule
from warmline.store.leads.lead_import import EMPTY, Lead
from warmline.store.leads.leads import country_of, custom_names

MOST_BYTES = 256 << 20  # of a file that is uploaded
PIECE = 256 << 10  # bytes of it in one request
HELD = 0.001  # seconds for which a transaction holds the write lock; calls wait for it
NUMBER = re.compile(r"\+?[0-9]{1,40}")
FURTHER = re.compile(rf"(?:\+?[0-9]+(?:{more_numbers.BEHIND}[^|\x00-\x1f]+)?(?:\||$))*")
ADDED = "SELECT count(*) FROM lead WHERE lead_id > ? AND list_id = ?"
SENT = (*FIELDS, *HISTORY, "jurisdictions", custom_fields.COLUMN)
OF_HISTORY, MAY_BE_SENT = frozenset(HISTORY), frozenset(SENT)
LONGEST = {**TEXTS, "jurisdictions": 200}  # characters


class AddedLeads(NamedTuple):
    """The result for some leads of a file: how many were imported, and how many were in the database before the import.

    `held` is how long the write lock was held, in milliseconds, and `newest` the largest id of a lead.
    """

    imported: int
    in_database: int
    held: float
    newest: int


def insert(
    path: str,
    list_id: str,
    leads: Iterable[Mapping[str, str | int]],
    rule: DuplicateRule,
    before: int,
    who: str,
    again: int | None = None,
    file: str = "",
    *,
    is_last: bool = False,
) -> AddedLeads:
    """Insert the new leads, each with some of the fields `SENT`; leads up to the id `before` were there before.

    The same leads may have been given before, when `again` was the newest lead. Those that were imported then count as
    imported now. All leads of a `file`, the SHA-256 of it, are one change by `who` until the last ones are given.
    Raises NotFound (list), OptionError, StoreError.
    """
    now = time.time_ns() // 1000
    base = EMPTY | {"list_id": list_id, "entry_date": now, "modify_date": now, "user": who, "jurisdictions": ""}
    imported = in_database = 0
    held = 0.0
    with importing(path), lead_import.connected(path) as db:
        country_of(db, list_id)
        custom = custom_names(db, list_id)
        whole = [
            base | _checked(one, now, custom) | duplicate_leads.values(rule, str(one.get("phone_number", "")), now)
            for one in leads
        ]
        record = lead_import.record(who, list_id, file) if file else None
        for done in lead_import.inserted(db, whole, rule, before, held_for=HELD, record=record):
            imported, in_database = imported + done.imported, in_database + done.in_database
            held = max(held, done.held)
        if again is not None:
            imported = min(len(whole), int(db.execute(ADDED, [again, list_id]).fetchone()[0]))
        if record and is_last:
            record.end(path)
        return AddedLeads(imported, in_database, held, lead_import.newest(db))


def _checked(lead: Mapping[str, str | int], now: int, custom: Collection[str]) -> Lead:
    own: Lead = {}
    for name, value in lead.items():
        if name in OF_HISTORY:
            if not lead_history.is_usable(name, value, now):
                raise unusable_value(name)
            continue
        if name == custom_fields.COLUMN:
            own = {name: custom_fields.checked(value, custom)}
            continue
        if name not in MAY_BE_SENT:
            raise unknown_field(name)
        if isinstance(value, int) is not (name == "rank") or len(str(value)) > LONGEST.get(name, 5):
            raise unusable_value(name)
    if not NUMBER.fullmatch(str(lead.get("phone_number", ""))):
        raise unusable_value("phone_number")
    if not FURTHER.fullmatch(str(lead.get(more_numbers.FIELD, ""))):
        raise unusable_value(more_numbers.FIELD)
    status(str(lead.get("status", EMPTY["status"])))
    return {**lead, **own}
