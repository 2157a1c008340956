"""Keeps the copy of what routes calls up to date, for a database of a server."""

import asyncio
import logging

from warmline.store.agi import routing_copy
from warmline.store.database.database import StoreError
from warmline.system.database_address import is_address

log = logging.getLogger("warmline.routing")

EVERY = 1.0  # seconds


async def keep_fresh(database: str, every: float = EVERY) -> None:
    """Write the copy now, and within `every` seconds after each change; do nothing for a database in a file."""
    failed = False
    while is_address(database):
        try:
            await asyncio.to_thread(routing_copy.refresh, database)
            failed = False
        except StoreError as error:
            if not failed:
                log.warning("scripts route by an earlier configuration if the database is away: %s", error)
            failed = True
        await asyncio.sleep(every)
    await asyncio.Event().wait()  # a part of a process has no end
