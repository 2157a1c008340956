"""Leads that programs put before the others of their campaign. A call with the lead ends that."""

import json
import sqlite3
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from warmline.store.database.errors import unknown_lead
from warmline.store.database.reading import reading, streamed
from warmline.store.database.writing import writing
from warmline.store.lead_changes import recorded_changes

LEAST, MOST = -99, 99  # priority
LEAD = """
    SELECT lead.list_id, list.campaign FROM lead JOIN list ON list.id = lead.list_id WHERE lead.lead_id = :lead
"""
ADD = """
    INSERT OR IGNORE INTO hopper_entry (lead_id, campaign, priority, at, "by")
    VALUES (:lead, :campaign, :priority, :now, :who)
"""
REMOVE = "DELETE FROM hopper_entry WHERE lead_id = ?"
NUMBER = "SELECT id FROM hopper_entry WHERE lead_id = ?"
PRIORITY = "SELECT priority FROM hopper_entry WHERE lead_id = ?"
WAITING = """
    SELECT hopper_entry.id AS entry, lead.* FROM hopper_entry JOIN lead ON lead.lead_id = hopper_entry.lead_id
    WHERE hopper_entry.campaign = :campaign
        AND hopper_entry.id NOT IN (SELECT CAST(value AS INTEGER) FROM json_each(:aside))
    ORDER BY priority DESC, hopper_entry.id
"""


def add(path: str | Path, lead_id: int, priority: int, who: str) -> int:
    """Put a lead before the others of its list's campaign, and record that; return the number of the entry.

    It is 0 if the lead has an entry already, or its list has no campaign. Raises NotFound, StoreError.
    """
    with writing(path) as db:
        list_id, campaign = _lead(db, lead_id)
        if not campaign:
            return 0
        now = time.time_ns() // 1000
        values = {"lead": lead_id, "campaign": campaign, "priority": max(LEAST, min(MOST, priority)), "now": now}
        made = db.execute(ADD, values | {"who": who})
        if not made.rowcount:
            return 0
        recorded_changes.note(db, who, recorded_changes.HOPPER, list_id, lead_id, {"priority": values["priority"]})
        return int(db.execute(NUMBER, [lead_id]).fetchone()[0])


def leads_of(path: str | Path, campaign: str) -> list[int]:
    """Return the leads that were put before the others of a campaign. Raises StoreError."""
    with reading(path) as db:
        return [int(lead) for [lead] in db.execute("SELECT lead_id FROM hopper_entry WHERE campaign = ?", [campaign])]


def remove(path: str | Path, lead_id: int, who: str) -> bool:
    """Remove the entry of a lead, and record that; return False if it has none. Raises NotFound, StoreError."""
    with writing(path) as db:
        list_id, _ = _lead(db, lead_id)
        if not db.execute(REMOVE, [lead_id]).rowcount:
            return False
        recorded_changes.note(db, who, recorded_changes.HOPPER, list_id, lead_id, {"removed": True})
        return True


def priority_of(path: str | Path, lead_id: int) -> int | None:
    """Return the priority of a lead's entry, or None without one. Raises StoreError."""
    with reading(path) as db:
        found = db.execute(PRIORITY, [lead_id]).fetchone()
    return int(found[0]) if found else None


def has(db: sqlite3.Connection, lead_id: int) -> bool:
    """Return whether a lead has an entry."""
    return db.execute(PRIORITY, [lead_id]).fetchone() is not None


def waiting(db: sqlite3.Connection, campaign: str, aside: Collection[int]) -> Iterator[Any]:
    """Yield the leads with an entry in a campaign, without the entries `aside`, the highest priority first.

    A row has the columns of the lead, and `entry`, the number of its entry.
    """
    yield from streamed(db, WAITING, {"campaign": campaign, "aside": json.dumps([*aside])})


def _lead(db: sqlite3.Connection, lead_id: int) -> tuple[str, str]:
    found = db.execute(LEAD, {"lead": lead_id}).fetchone()
    if found is None:
        raise unknown_lead(lead_id)
    return str(found[0]), found[1] or ""
