"""What is added to the times of the journal's rows for the machine's times: the table clock_correction."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

OF_ROW = """ifnull((
        SELECT correction FROM clock_correction AS clock WHERE clock.at <= journal.at ORDER BY clock.at DESC LIMIT 1
    ), 0)"""
"""SQL for the correction of a row of `journal`, in microseconds."""


class ClockPiece(NamedTuple):
    """The times of the journal from `begins` on, up to `ends`, with the same correction; all in microseconds."""

    begins: int
    ends: int | None
    correction: int

    def shows(self, machine_time: int) -> bool:
        """Return whether the machine's clock came to this time in this piece."""
        at = machine_time - self.correction
        return self.begins <= at and (self.ends is None or at <= self.ends)


class ClockCorrections:
    """All corrections, as the database has them now."""

    def __init__(self, db: sqlite3.Connection) -> None:
        rows = db.execute("SELECT at, correction FROM clock_correction ORDER BY at").fetchall()
        self._begins = [int(row[0]) for row in rows]
        self._values = [0, *(int(row[1]) for row in rows)]

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self._begins)

    def of(self, at: int) -> int:
        """Return the correction of rows with this time of the journal, in microseconds."""
        return self._values[bisect_right(self._begins, at)]

    @property
    def values(self) -> list[int]:
        """Return each correction once; 0 is that of the first rows."""
        return sorted(set(self._values))

    def has(self, correction: int) -> bool:
        """Return whether rows have this correction."""
        return correction in self._values

    def latest_first(self) -> Iterator[ClockPiece]:
        """Yield all pieces; the first in the journal begins at 0."""
        yield from (self._piece(place) for place in reversed(range(len(self._values))))

    def since(self, machine_time: int) -> int:
        """Return the last time of the journal at which the machine's clock showed this time.

        If it never did, this is when the clock leapt over it for the last time.
        """
        pieces = [*self.latest_first()]
        for piece in (*(one for one in pieces if one.shows(machine_time)), *pieces):
            if piece.begins + piece.correction <= machine_time:
                found = machine_time - piece.correction
                return found if piece.ends is None else min(found, piece.ends)
        return machine_time

    def _piece(self, place: int) -> ClockPiece:
        ends = self._begins[place] if place < len(self._begins) else None
        return ClockPiece(self._begins[place - 1] if place else 0, ends, self._values[place])
