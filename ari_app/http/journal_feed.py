"""The journal's newest events for everybody who follows them: read once, worded once, handed on in memory."""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice

import msgspec

from warmline.ari_app.bell import Bell
from warmline.ari_app.http import rest_out
from warmline.store import events as journal
from warmline.store.database import StoreError

BATCH = 200  # rows read at once
KEPT = 2000  # events in memory; a reader who is further behind reads the database
PACE = 0.02  # seconds between two reads: a burst is read together
RETRY = 1.0  # seconds until the next try of a read that failed

log = logging.getLogger("warmline.api")


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the journal, as the lines of an event stream that every reader gets."""

    seq: int
    call: str
    agent: str
    text: bytes


Wanted = Callable[[Event], bool]


def read(db: str, seq: int) -> list[Event]:
    """At most BATCH events behind that number, in order. Raises StoreError, sqlite3.Error."""
    shown = ((row, rest_out.event(row)) for row in journal.after(db, seq, BATCH))
    return [
        Event(row.seq, row.call, row.agent, b"id: %d\nevent: %b\ndata: %b\n\n" % (row.seq, row.kind.encode(), data))
        for row, data in ((row, msgspec.json.encode(one)) for row, one in shown)
    ]


class JournalFeed:
    """Follows the journal while anybody follows the feed. A reader is woken only by an event that they want."""

    def __init__(self, db: str, committed: Bell) -> None:
        self.seq = 0  # of the newest event that is known; 0: none yet
        self._db = db
        self._committed = committed
        self._recent: deque[Event] = deque()
        self._behind = 0  # every event after this one, up to `seq`, is in _recent
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

    def after(self, seq: int) -> list[Event] | None:
        """The events behind that number; None if they go back further than what is kept, or nothing is known yet."""
        if not self.seq or seq < self._behind:
            return None
        newer = min(self.seq - seq, len(self._recent))
        return [one for one in islice(self._recent, len(self._recent) - newer, None) if one.seq > seq]

    async def _follow(self) -> None:
        self.seq = 0
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
        if not self.seq:
            self.seq = self._behind = await asyncio.to_thread(journal.last, self._db)
            for woken in self._readers:
                woken.set()  # they may have looked before anything was known
        new = await asyncio.to_thread(read, self._db, self.seq)
        self._keep(new)
        for woken, wanted in self._readers.items():
            if any(wanted(one) for one in new):
                woken.set()
        return len(new) == BATCH

    def _keep(self, new: list[Event]) -> None:
        self._recent.extend(new)
        if new:
            self.seq = new[-1].seq
        while len(self._recent) > KEPT:
            self._behind = self._recent.popleft().seq
