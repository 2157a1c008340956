"""The hub: the one follower of committed turns, which passes them to all readers in memory.

It imports nothing of the calls' own loop. In another process, a socket would be its source.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from ari_app.live.committed_turns import CommittedTurns, TurnSource
from ari_app.live.event_feed import EventFeed


class Hub:
    """Follows its source while there is a reader."""

    def __init__(self, source: TurnSource) -> None:
        self.events = EventFeed()
        self._source = source
        self._readers = 0

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Follow the source at least as long as this context."""
        self._readers += 1
        if self._readers == 1:
            self._source.follow(self._take)
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers:
                self._source.leave()

    def _take(self, turns: CommittedTurns) -> None:
        self.events.take(turns.rows)
