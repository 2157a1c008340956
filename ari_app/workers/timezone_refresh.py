"""Keeps the offsets of the time zone filled ahead of time, also after an update of the zone's rules."""

import asyncio
import logging
from datetime import UTC, datetime

from warmline.store.database import timezone_offsets
from warmline.store.database.database import StoreError

log = logging.getLogger("warmline.timezone")

EVERY = 24 * 3600.0  # seconds


async def keep_filled(path: str, every: float = EVERY) -> None:
    """Compare the offsets in the database `path` with the rules of the zone, now and every `every` seconds."""
    while True:
        try:
            if await asyncio.to_thread(timezone_offsets.refresh, path, datetime.now(UTC).year):
                log.info("the offsets of the time zone were filled")
        except StoreError as error:
            log.warning("the offsets of the time zone cannot be filled now: %s", error)
        await asyncio.sleep(every)
