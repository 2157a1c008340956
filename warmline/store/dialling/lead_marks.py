"""Writes the marks of leads that the hopper has passed over, in short transactions between the app's own."""

import sqlite3
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from warmline.store.database import long_writes
from warmline.store.database.database import StoreError, connect
from warmline.store.database.long_writes import Statement
from warmline.store.dialling.lead_verdict import LeadMark

LEAST = 3  # marks of one transaction; each changes up to nine indexes
HELD = 0.003  # seconds of one transaction, about; during live calls, hardly one may be longer than 5 ms
LOCKED = 0.25  # seconds to wait for the write lock; the next fill meets the same leads again
STATUS = """
    UPDATE lead SET status = ?, modify_date = ?, held_by = '', held_until = NULL
    WHERE lead_id = ? AND status = ? AND passes = ?
"""
HOLD = "UPDATE lead SET held_by = ?, held_until = ? WHERE lead_id = ? AND status = ? AND passes = ?"
NUMBER = """
    UPDATE lead SET next_number = ?, held_by = '', held_until = NULL
    WHERE lead_id = ? AND status = ? AND passes = ?
"""
RELEASE = """
    UPDATE lead SET held_by = '', held_until = NULL
    WHERE lead_id = ? AND status = ? AND passes = ? AND held_by <> ''
"""


def write(path: str | Path, marks: Iterable[LeadMark]) -> int:
    """Write the marks; return how many leads were changed. A lead that has changed since gets none. Raises StoreError.

    The marks need no flush of the disk: a mark that a loss of power takes is made again by the next fill.
    """
    found = [*marks]
    if not found:
        return 0
    db = connect(path, busy=LOCKED)
    try:
        db.execute("PRAGMA synchronous = NORMAL")
        return sum(
            done.changed
            for done in long_writes.batches(db, map(_statement, found), partial(_run, db), least=LEAST, held_for=HELD)
        )
    except sqlite3.Error as error:
        raise StoreError("marks_not_written", "database {path}: {why}", path=path, why=error) from None
    finally:
        db.close()


def _run(db: sqlite3.Connection, statements: list[Statement]) -> int:
    return sum(max(0, db.execute(sql, values).rowcount) for sql, values in statements)


def _statement(mark: LeadMark) -> Statement:
    only = mark.lead, *mark.before
    if mark.status:
        return STATUS, (mark.status, time.time_ns() // 1000, *only)
    if mark.by:
        return HOLD, (mark.by, mark.until, *only)
    if mark.next_number is not None:
        return NUMBER, (mark.next_number, *only)
    return RELEASE, only
