"""The journal's newest events for everybody who follows them: read once, worded once, handed on in memory."""

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

BATCH = 200  # rows read at once
KEPT = 2000  # events in memory; a reader who is further behind reads the database
PACE = 0.02  # seconds between two reads: a burst is read together
RETRY = 1.0  # seconds until the next try of a read that failed

log = logging.getLogger("warmline.api")


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event, as the lines of an event stream that every reader gets."""

    id: EventId
    call: str
    agent: str
    text: bytes


Wanted = Callable[[FeedEvent], bool]


def read(db: str, place: EventId) -> list[FeedEvent]:
    """The events behind a place, in order, of at most BATCH rows more. Raises StoreError, sqlite3.Error."""
    shown = ((one, msgspec.json.encode(response_bodies.event(one))) for one in journal.after(db, place, BATCH))
    return [
        FeedEvent(
            one.id, one.call, one.agent, b"id: %b\nevent: %b\ndata: %b\n\n" % (id_line(one.id), one.type.encode(), data)
        )
        for one, data in shown
    ]


def id_line(place: EventId) -> bytes:
    """What a reader is sent as its place."""
    return str(place).encode()


class JournalFeed:
    """Follows the journal while anybody follows the feed. A reader is woken only by an event that they want."""

    def __init__(self, db: str, committed: Broadcast) -> None:
        self.place: EventId | None = None  # of the newest event that is known; None: none yet
        self._db = db
        self._committed = committed
        self._recent: deque[FeedEvent] = deque()
        self._behind = EventId(0, 0)  # every event after this one, up to `place`, is in _recent
        self._readers: dict[asyncio.Event, Wanted] = {}
        self._following: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def followed(self, wanted: Wanted) -> AsyncIterator[asyncio.Event]:
        """Yield what is set whenever a wanted event may be there; the reader clears it and looks `after` its own."""
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
        """The events behind a place; None if they go back further than what is kept, or nothing is known yet."""
        if self.place is None or place < self._behind:
            return None
        return [*takewhile(lambda one: one.id > place, reversed(self._recent))][::-1]

    async def _follow(self) -> None:
        self.place = None
        self._recent.clear()
        while True:
            ring = self._committed.next_ring()  # taken first: what is committed from here on rings it
            try:
                full = await self._take()
            except (StoreError, sqlite3.Error) as error:
                log.warning("the event streams wait: the journal cannot be read: %s", error)
                await asyncio.sleep(RETRY)
                continue
            if not full:
                await ring.wait()
            await asyncio.sleep(PACE)

    async def _take(self) -> bool:
        """Take what has come, and wake each reader who wants any of it; whether there may be more at once."""
        if self.place is None:
            self.place = self._behind = await asyncio.to_thread(journal.last, self._db)
            for woken in self._readers:
                woken.set()  # they may have looked before anything was known
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
