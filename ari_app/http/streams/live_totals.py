"""Today's totals in the live stream: read from the database once for all readers."""

import asyncio
import time
from contextlib import suppress

from msgspec import Struct

from ari_app.http.server.worker_threads import in_time
from warmline.access.visible_agents import VisibleAgents
from warmline.store.daily_reports.today import today
from warmline.store.database.database import StoreError

EVERY = 4.0  # seconds between two reads, less than between two heartbeats of a reader
SHARE = 0.05  # of the time that reading may take for the readers with one bound
MOST_BOUNDS = 32  # with kept totals


class TodayTotals(Struct, frozen=True):
    """Calls since midnight in the zone of the setting: in queues, answered, abandoned, answered in time.

    `waiting` calls have no outcome yet. `level` is the service level, from 0 to 1. `fallback` has the number of calls
    that took the fallback, by reason.
    """

    offered: int
    answered: int
    abandoned: int
    waiting: int
    in_time: int
    level: float | None
    fallback: dict[str, int]


class LiveTotals:
    """The totals of one database `db`, read while a reader asks, and at most every EVERY seconds for each bound."""

    def __init__(self, db: str) -> None:
        self._db = db
        self._read: dict[VisibleAgents | None, tuple[float, TodayTotals | None]] = {}  # when due again, and the totals
        self._one = asyncio.Lock()

    async def now(self, visible: VisibleAgents | None) -> TodayTotals | None:
        """Return the totals of the agents that a reader may see, None for all; they are a few seconds old.

        The result is None if the database could never be read.
        """
        clock = asyncio.get_running_loop().time
        async with self._one:
            began = clock()
            due, found = self._read.pop(visible, (began, None))
            if began >= due:
                with suppress(StoreError):
                    found = TodayTotals(**await in_time(today, self._db, time.time_ns() // 1000, visible))
                due = clock() + max(EVERY, (clock() - began) / SHARE)
            self._read[visible] = due, found
            while len(self._read) > MOST_BOUNDS:
                del self._read[next(iter(self._read))]
            return found
