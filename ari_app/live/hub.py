"""The hub: the one follower of committed turns, which passes them to all readers in memory.

It imports nothing of the calls' own loop. Its source is a socket in the API process.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ari_app.live.committed_turns import CommittedTurns, LiveState, TurnSource
from ari_app.live.event_feed import EventFeed
from ari_app.live.live_copy import LiveCopy, LiveTopic
from ari_app.live.topic_readers import TopicReaders, Woken

TellTurns = Callable[[CommittedTurns | None], None]
"""Takes later turns, or None if any record may have changed."""


class Hub:
    """Follows its source while there is a reader. `copy` is the live state then.

    Positions in the copy are of one `beginning` only, because the copy knows no earlier change.
    """

    def __init__(self, source: TurnSource) -> None:
        self.events = EventFeed()
        self.copy = LiveCopy(LiveState(0, [], []))
        self.beginning = ""
        self._source = source
        self._readers = 0
        self._live: TopicReaders[LiveTopic] = TopicReaders()
        self._told: Counter[TellTurns] = Counter()

    @property
    def told_row(self) -> int:
        """The last journal row that the live state can have the effect of; see TurnSource."""
        return self._source.told_row

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Follow the source at least as long as this context."""
        self._readers += 1
        if self._readers == 1:
            self._begin(self._source.follow(self._take, self._begin_again))
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers:
                self._source.leave()

    @contextmanager
    def followed(self, topic: LiveTopic) -> Iterator[Woken]:
        """Yield an event that is set when a record of the topic has changed; clear it, then read `copy`."""
        with self.awake(), self._live.joined(topic) as woken:
            yield woken

    @contextmanager
    def told(self, take: TellTurns) -> Iterator[None]:
        """Call `take` with all later turns, also those after which no agent and no call looks different.

        It is called once for each commit, however many contexts have the same `take`.
        """
        with self.awake():
            self._told[take] += 1
            try:
                yield
            finally:
                self._told[take] -= 1
                self._told += Counter()  # drops those without a reader

    def _begin(self, state: LiveState) -> None:
        self.copy, self.beginning = LiveCopy(state), secrets.token_hex(4)

    def _begin_again(self, state: LiveState) -> None:
        """Take the whole state after a gap; each reader gets it, or the events in the gap from the database."""
        self._begin(state)
        self.events.begin_again(state.row)
        self._live.wake_all()
        self._tell(None)

    def _take(self, turns: CommittedTurns) -> None:
        self.events.take(turns.rows)
        self._live.wake(self.copy.apply(turns))
        self._tell(turns)

    def _tell(self, turns: CommittedTurns | None) -> None:
        for take in list(self._told):
            take(turns)
