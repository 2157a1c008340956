"""Rows of the journal by their time, without an index: it has no gaps and is in order of time."""

import sqlite3


def row_at(db: sqlite3.Connection, at: int) -> int:
    """The number of the first row from that time on; behind the last one if there is none. Microseconds UTC."""
    low, high = 1, 1 + int(db.execute("SELECT ifnull(max(seq), 0) FROM journal").fetchone()[0])
    while low < high:
        middle = (low + high) // 2
        [found] = db.execute("SELECT at FROM journal WHERE seq = ?", (middle,)).fetchone()
        if int(found) < at:
            low = middle + 1
        else:
            high = middle
    return low
