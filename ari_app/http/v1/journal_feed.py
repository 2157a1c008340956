"""The newest journal events for all stream readers: read once, encoded once, then shared in memory."""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import takewhile

import msgspec

from ari_app.http.v1 import response_bodies
from ari_app.process.broadcast import Broadcast
from warmline.store.database.database import StoreError
from warmline.store.events import journal_events as journal
from warmline.store.events.event_id import EventId

BATCH = 200  # rows in one read
KEPT = 2000  # events in memory; a reader that is further behind reads the database
PACE = 0.02  # seconds between two reads, so that a burst is read at once
RETRY = 1.0  # seconds until a failed read is retried

log = logging.getLogger("warmline.api")


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An event as the lines of an event stream that every reader gets."""

    id: EventId
    call: str
    agent: str
    text: bytes


Wanted = Callable[[FeedEvent], bool]


def read(db: str, place: EventId) -> list[FeedEvent]:
    """Return the events after a position, in order, of at most BATCH rows. Raises StoreError, sqlite3.Error."""
    shown = ((one, msgspec.json.encode(response_bodies.event(one))) for one in journal.after(db, place, BATCH))
    return [
        FeedEvent(
            one.id, one.call, one.agent, b"id: %b\nevent: %b\ndata: %b\n\n" % (id_line(one.id), one.type.encode(), data)
        )
        for one, data in shown
    ]


def id_line(place: EventId) -> bytes:
    """Return a position as a reader gets it."""
    return str(place).encode()


class JournalFeed:
    """Follows the journal while a reader follows the feed. A reader is woken only by events that it wants."""

    def __init__(self, db: str, committed: Broadcast) -> None:
        self.place: EventId | None = None  # of the newest known event; None before the first read
        self._db = db
        self._committed = committed
        self._recent: deque[FeedEvent] = deque()
        self._behind = EventId(0, 0)  # every later event, up to `place`, is in _recent
        self._readers: dict[asyncio.Event, Wanted] = {}
        self._following: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def followed(self, wanted: Wanted) -> AsyncIterator[asyncio.Event]:
        """Yield an event that is set when wanted events may exist; the reader clears it, then calls `after`."""
        woken = asyncio.Event()
        self._readers[woken] = wanted
        if self._following is None:
            self._following = asyncio.create_task(self._follow())
        try:
            yield woken
        finally:
            del self._readers[woken]
            if not self._readers:
                self._following.cancel()
                self._following = None

    def after(self, place: EventId) -> list[FeedEvent] | None:
        """Return the events after a position; None if they are older than the kept ones, or nothing is read yet."""
        if self.place is None or place < self._behind:
            return None
        return [*takewhile(lambda one: one.id > place, reversed(self._recent))][::-1]

    async def _follow(self) -> None:
        self.place = None
        self._recent.clear()
        while True:
            ring = self._committed.next_ring()  # before the read, so that a commit during the read sets it
            try:
                full = await self._take()
            except (StoreError, sqlite3.Error) as error:
                log.warning("the journal cannot be read; event streams wait: %s", error)
                await asyncio.sleep(RETRY)
                continue
            if not full:
                await ring.wait()
            await asyncio.sleep(PACE)

    async def _take(self) -> bool:
        """Read new events and wake each reader that wants one of them; return whether more may be available at once."""
        if self.place is None:
            self.place = self._behind = await asyncio.to_thread(journal.last, self._db)
            for woken in self._readers:
                woken.set()  # they may have called `after` before the first read
        new = await asyncio.to_thread(read, self._db, self.place)
        self._keep(new)
        for woken, wanted in self._readers.items():
            if any(wanted(one) for one in new):
                woken.set()
        return len(new) >= BATCH

    def _keep(self, new: list[FeedEvent]) -> None:
        self._recent.extend(new)
        if new:
            self.place = new[-1].id
        while len(self._recent) > KEPT:
            self._behind = self._recent.popleft().id
