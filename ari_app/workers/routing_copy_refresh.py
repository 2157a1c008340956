"""Keeps the copy of what routes calls up to date, for a database of a server."""

import asyncio
import logging
import time

from ari_app.recordings.own_thread import in_own_thread
from warmline.store.agi import routing_copy
from warmline.store.agi.routing_copy import RoutingCopyError
from warmline.store.database.database import StoreError
from warmline.store.database.database_fault import Fault
from warmline.system.database_address import is_address

log = logging.getLogger("warmline.routing")

EVERY = 1.0  # seconds
SILENT_FOR = 600.0  # seconds of a silent server after which the AGI process asks it by itself again


async def keep_fresh(database: str, every: float = EVERY) -> None:
    """Write the copy now, and within `every` seconds after each change; do nothing for a database in a file.

    The copy is confirmed once it has the newest configuration. A server that does not answer takes no change, so it is
    still confirmed for `SILENT_FOR`. Any other fault ends that.
    """
    error: StoreError | None = None
    fresh: float | None = None
    while is_address(database):
        before, error = error, await _refreshed(database, every, fresh)
        if error is None:
            fresh = time.monotonic()
        elif isinstance(error, RoutingCopyError) or error.fault is not Fault.UNAVAILABLE:
            fresh = None
        if error and not before:
            log.warning("scripts route by an earlier configuration if the database is away: %s", error)
        _confirm(database, fresh)
        await asyncio.sleep(every)
    await asyncio.Event().wait()  # a part of a process has no end


async def _refreshed(database: str, every: float, fresh: float | None) -> StoreError | None:
    """Write the copy again, and confirm it while the server takes its time; return what prevented it."""
    work = asyncio.create_task(in_own_thread(routing_copy.refresh, database))
    while not (await asyncio.wait({work}, timeout=every))[0]:
        _confirm(database, fresh)
    try:
        await work
    except StoreError as error:
        return error
    return None


def _confirm(database: str, fresh: float | None) -> None:
    """Confirm a copy that had the newest configuration at `fresh`, in monotonic seconds, if that is not long ago."""
    if fresh is not None and time.monotonic() - fresh <= SILENT_FOR:
        routing_copy.confirm(database)
