"""The rows that were written while the machine's clock was ahead, as it turned out when that was set back.

Their times stay: nobody knows since when the clock was wrong. A row is dated ahead if the machine's clock showed an
earlier time after it.
"""

import sqlite3
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading

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
    found, named = list[DatedAhead](), 0
    with reading(path) as db:
        pieces = [(0, 0), *((int(row[0]), int(row[1])) for row in db.execute(CORRECTIONS))]
        for place, ((_, former), (at, correction)) in enumerate(pairwise(pieces), 1):
            if former - correction <= AHEAD:
                continue
            until, numbers, ahead = at + correction, list[int](), 0
            for (begins, before), (end, _) in pairwise(pieces[named : place + 1]):
                first, after = _row(db, max(begins, until - before + 1)), _row(db, end)
                if first < after:
                    numbers += [first, after - 1]
                    ahead = max(ahead, end + before - until)
            if numbers:
                found.append(DatedAhead(min(numbers), max(numbers), ahead // 1_000_000, until))
                named = place
    return found


def _row(db: sqlite3.Connection, at: int) -> int:
    """Return the first row from a time of the journal on, or the one after the last. No index has the times."""
    low, high = 1, int(db.execute(LAST).fetchone()[0]) + 1
    while low < high:
        middle = (low + high) // 2
        seq, time = db.execute(NEXT, (middle,)).fetchone()
        low, high = (low, middle) if time >= at else (seq + 1, high)
    return low
