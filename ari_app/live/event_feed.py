"""The newest journal events for all readers of events: encoded once, then shared in memory."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

import msgspec

from ari_app.live.committed_turns import JournalRow
from ari_app.live.event_now import event_now
from ari_app.live.topic_readers import TopicReaders, Woken
from warmline.store.events import journal_events as journal
from warmline.store.events.event_id import WHOLE_ROW, EventId
from warmline.store.events.journal_events import JournalEvent

BATCH = 50  # rows in one read of the database: some milliseconds of work
KEPT = 2000  # events in memory; a reader that is further behind reads the database


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An event as the lines of an event stream that every reader gets. `campaign` is that of a dialler's event."""

    id: EventId
    call: str
    agent: str
    text: bytes
    campaign: str = ""
    is_command: bool = False


class EventFilter(NamedTuple):
    """The events of one call, of one agent, of both, or all."""

    call: str = ""
    agent: str = ""

    def wants(self, event: FeedEvent) -> bool:
        """Return whether a reader with this filter gets the event."""
        return self.call in ("", event.call) and self.agent in ("", event.agent)


def read(db: str, place: EventId) -> list[FeedEvent]:
    """Return the events after a position, in order, of at most BATCH rows. Raises StoreError."""
    return [_encoded(one) for one in journal.after(db, place, BATCH)]


def id_line(place: EventId) -> bytes:
    """Return a position as a reader gets it."""
    return str(place).encode()


class EventFeed:
    """Keeps the newest events. A reader is woken only by events that it wants."""

    def __init__(self) -> None:
        self.place: EventId | None = None  # of the newest known event; None before `begin`
        self._recent: deque[FeedEvent] = deque()
        self._behind = EventId(0, 0)  # every later event, up to `place`, is in _recent
        self._readers: TopicReaders[EventFilter] = TopicReaders()

    @contextmanager
    def followed(self, wanted: EventFilter) -> Iterator[Woken]:
        """Yield an event that is set when wanted events may exist; the reader clears it, then calls `after`."""
        try:
            with self._readers.joined(wanted) as woken:
                yield woken
        finally:
            if not self._readers:  # no events are kept until the next reader
                self.place = None
                self._recent.clear()

    def after(self, place: EventId) -> list[FeedEvent] | None:
        """Return the events after a position; None if they are older than the kept ones, or not known."""
        if self.place is None or place < self._behind:
            return None
        return [*takewhile(lambda one: one.id > place, reversed(self._recent))][::-1]

    def begin(self, last: EventId) -> None:
        """Take the position of the newest stored event, if no commit has come yet; a reader must have joined before."""
        if self.place is None:
            self.place = self._behind = last

    def begin_again(self, row: int) -> None:
        """Forget the kept events, and wake all readers: events up to a row may be missing here."""
        if self.place is not None:
            self._recent.clear()
            self.place = self._behind = EventId(row, WHOLE_ROW)
            self._readers.wake_all()

    def take(self, rows: list[JournalRow]) -> None:
        """Keep the events of new rows, and wake the readers that want one of them; without readers do nothing."""
        if not self._readers or not rows:
            return
        first = EventId(rows[0].seq - 1, WHOLE_ROW)
        if self.place is None or self.place.row != first.row:  # the first rows, or rows are missing between
            self._recent.clear()
            self._behind = first
        new = [_encoded(event) for row in rows for event in journal.of_row(*_columns(row))]
        self._recent.extend(new)
        self.place = new[-1].id
        while len(self._recent) > KEPT:
            self._behind = self._recent.popleft().id
        self._readers.wake(_filters(new))


def _columns(row: JournalRow) -> tuple[int, int, str, str, str, bytes, int]:
    return row.seq, row.at, row.kind, row.call, row.agent, row.payload, row.correction


def _filters(events: Iterable[FeedEvent]) -> set[EventFilter]:
    """Return every filter that lets one of these events through."""
    return {EventFilter(call, agent) for one in events for call in {"", one.call} for agent in {"", one.agent}}


def _encoded(one: JournalEvent) -> FeedEvent:
    data = msgspec.json.encode(event_now(one))
    text = b"id: %b\nevent: %b\ndata: %b\n\n" % (id_line(one.id), one.type.encode(), data)
    campaign = str(one.data.get("campaign") or "")
    return FeedEvent(one.id, one.call, one.agent, text, campaign, one.type.startswith("command."))
