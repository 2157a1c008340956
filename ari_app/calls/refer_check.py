"""A phone's transfer key: before the core is asked, the database is, whether the number may be dialled."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace

from ari_app.calls import dial_permission
from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.process.logs import about
from warmline.core.calls.sip_refer import wanted
from warmline.core.model.events import Event, ReferReceived
from warmline.core.state.world import World
from warmline.store.database.database import StoreError

log = logging.getLogger("warmline.transfers")

UNKNOWN = "the do-not-call list cannot be read"


class ReferCheck:
    """`pressed` returns at once; the event comes by `post` when it is known whether it is impossible."""

    def __init__(self, db: str, world: Callable[[], World], post: Callable[[Event], None]) -> None:
        self._db = db
        self._world = world
        self._post = post
        self._threads = WorkerThreads()
        self._asking: set[asyncio.Task[None]] = set()

    def pressed(self, event: ReferReceived) -> None:
        """Begin to look."""
        task = asyncio.create_task(self._look(event))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _look(self, event: ReferReceived) -> None:
        world = self._world()
        leg = world.legs.get(event.leg)
        session = world.sessions.get(leg.owner) if leg else None
        if session and event.target:
            try:
                meant, now = wanted(session, event.target, world), time.time_ns() // 1000
                command = await dial_permission.judged(meant, world, self._db, now, self._threads)
                event = replace(event, impossible=command.impossible)
            except (StoreError, sqlite3.Error) as problem:
                log.error("%s: %s", UNKNOWN, problem, extra=about(session.call or ""))
                event = replace(event, impossible=UNKNOWN)
        self._post(event)
