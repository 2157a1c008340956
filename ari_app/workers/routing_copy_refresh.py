"""Keeps the copy of what routes calls up to date, for a database of a server."""

import asyncio
import logging

from warmline.store.agi import routing_copy
from warmline.store.agi.routing_copy import RoutingCopyError
from warmline.store.database.database import StoreError
from warmline.system.database_address import is_address

log = logging.getLogger("warmline.routing")

EVERY = 1.0  # seconds


async def keep_fresh(database: str, every: float = EVERY) -> None:
    """Write the copy now, and within `every` seconds after each change; do nothing for a database in a file.

    The copy is confirmed as long as it can be written, also while the server does not answer: the configuration cannot
    be changed then.
    """
    error = None
    while is_address(database):
        before, error = error, await _refreshed(database, every, confirms=not isinstance(error, RoutingCopyError))
        if error and not before:
            log.warning("scripts route by an earlier configuration if the database is away: %s", error)
        if not isinstance(error, RoutingCopyError):
            routing_copy.confirm(database)
        await asyncio.sleep(every)
    await asyncio.Event().wait()  # a part of a process has no end


async def _refreshed(database: str, every: float, *, confirms: bool) -> StoreError | None:
    """Write the copy again, and confirm it while the server takes its time; return what prevented it."""
    work = asyncio.create_task(asyncio.to_thread(routing_copy.refresh, database))
    while not (await asyncio.wait({work}, timeout=every))[0]:
        if confirms:
            routing_copy.confirm(database)
    try:
        await work
    except StoreError as error:
        return error
    return None
