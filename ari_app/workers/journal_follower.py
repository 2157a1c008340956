"""Follows the journal of the call process: rings after each commit."""

from ari_app.link.call_client import Update
from ari_app.link.messages import Changes, StateEnds
from ari_app.process.broadcast import Broadcast


class JournalFollower:
    """`committed` rings after each commit, and when commits may have been missed."""

    def __init__(self) -> None:
        self.committed = Broadcast()
        self._beginning, self._frame = "", 0

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
                self._frame = update.frame
                self.committed.ring()
            case Changes(rows=rows):
                self._frame = update.frame
                if rows:
                    self.committed.ring()
