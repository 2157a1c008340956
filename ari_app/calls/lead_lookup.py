"""Finds the lead of each caller in the database, or creates it. No call waits for it."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from ari_app.process.logs import about
from warmline.core.messages.dialler_messages import FindLead, LeadFound
from warmline.core.messages.events import Event
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.leads import leads

log = logging.getLogger("warmline.callers")


class LeadLookup:
    """Looks up leads; `post` receives the result. A call continues without a lead if the look-up fails."""

    def __init__(self, journal: JournalWriter, post: Callable[[Event], None]) -> None:
        self._journal = journal
        self._post = post

    def find(self, action: FindLead) -> None:
        """Begin a look-up and return at once."""
        wanted = action.number, action.method, action.list_id, action.status
        found = self._journal.do(lambda db: leads.of_caller(db, *wanted))
        found.add_done_callback(partial(self._found, action.call))

    def _found(self, call: str, found: "asyncio.Future[int]") -> None:
        if found.cancelled():
            return
        if (problem := found.exception()) is None:
            self._post(LeadFound(call, found.result()))
            return
        foreseen = isinstance(problem, NotFound | StoreError)
        log.warning("the call has no lead: %s", problem, exc_info=None if foreseen else problem, extra=about(call))
