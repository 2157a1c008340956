"""Follows the journal of the call process: its newest rows, in memory, after each commit."""

from collections import deque
from itertools import takewhile

from ari_app.link.call_client import Update
from ari_app.link.messages import Changes, StateEnds
from ari_app.live.committed_turns import JournalRow
from ari_app.process.broadcast import Broadcast

KEPT = 1000  # rows; a reader that is further behind reads the database


class JournalFollower:
    """The newest rows. `committed` rings after each commit, and when rows may have been missed."""

    def __init__(self) -> None:
        self.committed = Broadcast()
        self._beginning, self._frame = "", 0
        self._rows: deque[JournalRow] = deque()
        self._newest: int | None = None  # the last known row; None before the first

    def after(self, row: int) -> list[JournalRow] | None:
        """Return the rows after this one, in order; None if only the database may have all of them."""
        if self._newest is None or row < self._newest - len(self._rows):
            return None
        return [*takewhile(lambda one: one.seq > row, reversed(self._rows))][::-1]

    # -- Follower --

    @property
    def place(self) -> tuple[str, int]:
        return self._beginning, self._frame

    def welcomed(self, beginning: str) -> None:
        """Take the word of the call process's start."""
        self._beginning = beginning

    def take(self, update: Update) -> None:
        """Take a message of the call process."""
        match update:
            case StateEnds():
                self._frame, self._newest = update.frame, update.row
                self._rows.clear()
            case Changes(rows=rows):
                self._frame = update.frame
                if not rows:
                    return
                if self._newest != rows[0].seq - 1:
                    self._rows.clear()
                self._rows.extend(rows)
                self._newest = rows[-1].seq
                while len(self._rows) > KEPT:
                    self._rows.popleft()
            case _:
                return
        self.committed.ring()
