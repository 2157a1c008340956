"""Finds journal rows by time without an index: row numbers have no gaps, and rows are in order of time."""

import sqlite3

from warmline.store.journal.clock_corrections import ClockCorrections


def row_at(db: sqlite3.Connection, at: int) -> int:
    """Return the number of the first row at or after `at` (microseconds UTC); the next free number if there is none.

    `at` is a time of the machine. If its clock has shown `at` several times, it is the last of these moments.
    """
    return _first(db, ClockCorrections(db).since(at))


def _first(db: sqlite3.Connection, at: int) -> int:
    """Return the number of the first row at or after this time of the journal."""
    low, high = 1, 1 + int(db.execute("SELECT ifnull(max(seq), 0) FROM journal").fetchone()[0])
    while low < high:
        middle = (low + high) // 2
        [found] = db.execute("SELECT at FROM journal WHERE seq = ?", (middle,)).fetchone()
        if int(found) < at:
            low = middle + 1
        else:
            high = middle
    return low
