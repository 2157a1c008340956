"""Finds the lead of each caller in the database, in a thread: no call waits for it."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable

from warmline.ari_app.logs import about
from warmline.core.actions import FindLead
from warmline.core.events import Event, LeadFound
from warmline.entity import OptionError
from warmline.store import leads
from warmline.store.database import StoreError
from warmline.store.refusals import NotFound

log = logging.getLogger("warmline.callers")


class Callers:
    """`find` returns at once; what was found comes by `post`. A call whose lead cannot be found goes on without."""

    def __init__(self, db: str, post: Callable[[Event], None]) -> None:
        self._db = db
        self._post = post
        self._asking: set[asyncio.Task[None]] = set()

    def find(self, action: FindLead) -> None:
        """Begin to look."""
        task = asyncio.create_task(self._find(action))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _find(self, action: FindLead) -> None:
        try:
            wanted = action.number, action.method, action.list_id, action.status
            lead = await asyncio.to_thread(leads.of_caller, self._db, *wanted)
        except (StoreError, NotFound, OptionError, sqlite3.Error) as problem:
            log.warning("it has no lead: %s", problem, extra=about(action.call))
            return
        self._post(LeadFound(action.call, lead))
