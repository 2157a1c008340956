"""The record of changes of leads: who changed which lead, or how many leads of a list, and what.

A change of many leads has one row, which grows in the transaction of each part. The row is open until the last part, so
that a change that was interrupted and is made again continues it. Texts of a person are not in the record: neither
numbers nor names, and of a filter only the fields.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from warmline.store.database import long_writes
from warmline.store.database.reading import Row, each, reading
from warmline.text import lead_filter
from warmline.text.lead_filter import Joined, LeadFilter

CREATE, SET, DELETE, IMPORT, RESET, HOPPER = "create", "set", "delete", "import", "reset", "hopper"
ACTIONS = (CREATE, SET, DELETE, IMPORT, RESET, HOPPER)
PLAIN = ("list_id", "status", "called_count", "user", "passes")  # columns whose values say nothing about a person
CHANGED = "changed"  # in place of any other value
KEPT_OPEN = 86_400_000_000  # microseconds after which an interrupted change is not continued
NOTE = """
    INSERT INTO lead_change (at, who, action, list_id, lead_id, what, leads, last, key)
    VALUES (:now, :who, :action, :list, :lead, :what, :leads, :now, :key)
"""
COUNT = """
    UPDATE lead_change SET leads = leads + :leads, last = :now
    WHERE key = :key AND key <> '' AND who = :who AND action = :action AND list_id = :list AND last > :since
"""
END = """
    UPDATE lead_change SET key = ''
    WHERE key = :key AND key <> '' AND who = :who AND action = :action AND list_id = :list
"""
CHANGES = """
    SELECT id, at, last, who, action, list_id, lead_id, leads, what, key <> '' AS open FROM lead_change
    WHERE at >= :start AND at < :end
        AND (:who = '' OR who = :who OR substr(who, 1, length(:who) + 6) = :who || ' (uid ')
        AND :action IN ('', action) AND :list IN ('', list_id) AND :lead IN (0, lead_id)
    ORDER BY id
"""


def note(
    db: sqlite3.Connection, who: str, action: str, list_id: str, lead: int, what: Mapping[str, Any] | None = None
) -> None:
    """Record the change of one lead in an open transaction; without an author, nothing is recorded."""
    if who:
        db.execute(NOTE, _values(who, action, list_id) | {"lead": lead, "what": json.dumps(what or {}), "leads": 1})


def of_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changed columns of a lead as they are recorded: a plain one with its value before and after."""
    return {
        name: {"before": before[name], "after": value} if name in PLAIN else CHANGED for name, value in after.items()
    }


def filter_fields(where: str) -> list[str]:
    """Return the fields that a filter compares. Raises ValueError for a text that is no filter."""
    return sorted(_fields(lead_filter.read(where)))


def _fields(one: LeadFilter | None) -> set[str]:
    if isinstance(one, Joined):
        return set[str]().union(*map(_fields, one.parts))
    return {one.field} if one else set()


@dataclass(frozen=True)
class ManyLeads:
    """A change of many leads of a list, made in parts. `what` is recorded.

    A change by the same person with the same `asked`, whatever that has, is the same change until it has ended.
    """

    who: str
    action: str
    list_id: str
    what: Mapping[str, Any] = field(default_factory=dict)
    asked: Any = ""

    @cached_property
    def key(self) -> str:
        """Return what tells an open change from others; too short to tell which numbers it names."""
        import hashlib  # a change of one lead, such as that of an AGI script, does without it

        said = json.dumps([self.what, self.asked], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    def count(self, db: sqlite3.Connection, leads: int) -> None:
        """Add so many changed leads in the transaction that changes them. Raises sqlite3.Error."""
        if not self.who:
            return
        values = _values(self.who, self.action, self.list_id, self.key) | {"leads": leads}
        if not db.execute(COUNT, values | {"since": values["now"] - KEPT_OPEN}).rowcount:
            db.execute(END, values)
            db.execute(NOTE, values | {"lead": 0, "what": json.dumps(self.what)})

    def end(self, path: str | Path) -> None:
        """Record that the last part is made; the same change is another one from now on. Raises StoreError."""
        if self.who:
            with long_writes.patient(path) as db:
                db.execute(END, _values(self.who, self.action, self.list_id, self.key))


def changes(
    path: str | Path, start: int, end: int, who: str = "", action: str = "", list_id: str = "", lead: int = 0
) -> Iterator[Row]:
    """Yield each change that began in a period, the oldest first; "" and 0 match any.

    `leads` is how many leads a change has changed so far, and `last` is the time of its last part. A change that is
    `open` has parts to come. `lead_id` is 0 for many leads. Times are microseconds UTC. Raises StoreError.
    """
    with reading(path) as db:
        for row in each(db, CHANGES, start=start, end=end, who=who, action=action, list=list_id, lead=lead):
            yield row | {"what": json.loads(row["what"]), "open": bool(row["open"])}


def _values(who: str, action: str, list_id: str, key: str = "") -> dict[str, Any]:
    return {"now": time.time_ns() // 1000, "who": who, "action": action, "list": list_id, "key": key}
