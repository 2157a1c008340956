"""The rows that were written while the machine's clock was ahead, as it turned out when that was set back.

Their times stay: nobody knows since when the clock was wrong. A row is dated ahead if the machine's clock showed an
earlier time after it.
"""

import sqlite3
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading

LATEST = 1 << 62  # microseconds: later than any time
AHEAD = 60_000_000  # microseconds by which a clock must have been ahead to be named
CORRECTIONS = "SELECT at, correction FROM clock_correction ORDER BY at"
LAST = "SELECT ifnull(max(seq), 0) FROM journal"
NEXT = "SELECT seq, at FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1"


class DatedAhead(NamedTuple):
    """The rows `first` to `last` of the journal, dated up to `seconds` ahead of the clock that was set at `until`.

    `until` is in microseconds UTC, by the clock as it was set.
    """

    first: int
    last: int
    seconds: int
    until: int

    @property
    def text(self) -> str:
        """Return the rows in words."""
        rows = f"rows {self.first} to {self.last} are" if self.first < self.last else f"row {self.first} is"
        return f"{rows} dated up to {self.seconds} s ahead: the machine's clock was set back after them"


def spans(path: str | Path) -> list[DatedAhead]:
    """Return the rows that are dated ahead, the oldest first. Raises StoreError."""
    found = list[DatedAhead]()
    with reading(path) as db:
        pieces = [(0, 0), *((int(row[0]), int(row[1])) for row in db.execute(CORRECTIONS))]
        until = LATEST
        for (begins, before), (end, after) in reversed([*pairwise(pieces)]):
            until = min(until, end + after)  # the earliest time that the clock showed after this piece
            ahead = end + before - until
            first, behind = _row(db, max(begins, until - before + 1)), _row(db, end)
            if ahead <= AHEAD or first >= behind:
                continue
            if found and (found[0].first, found[0].until) == (behind, until):
                later = found.pop(0)
                found.insert(0, DatedAhead(first, later.last, max(ahead // 1_000_000, later.seconds), until))
            else:
                found.insert(0, DatedAhead(first, behind - 1, ahead // 1_000_000, until))
    return found


def _row(db: sqlite3.Connection, at: int) -> int:
    """Return the first row from a time of the journal on, or the one after the last. No index has the times."""
    low, high = 1, int(db.execute(LAST).fetchone()[0]) + 1
    while low < high:
        middle = (low + high) // 2
        seq, time = db.execute(NEXT, (middle,)).fetchone()
        low, high = (low, middle) if time >= at else (seq + 1, high)
    return low
