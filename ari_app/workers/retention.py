"""Deletes expired records every hour, as `warmline privacy sweep` does."""

import asyncio
import logging
import threading
import time

from ari_app.process.logs import about_recording
from warmline.store.database.database import StoreError
from warmline.store.privacy.retention import sweep
from warmline.store.recordings.recording_places import Places

log = logging.getLogger("warmline.retention")

EVERY = 3600.0  # seconds


async def keep_short(path: str, places: Places, every: float = EVERY) -> None:
    """Delete expired records of the database `path` and recordings at `places`, now and every `every` seconds."""
    while True:
        stop = threading.Event()
        try:
            swept = await asyncio.to_thread(sweep, path, places, time.time_ns() // 1000, stop=stop)
        except StoreError as error:
            log.warning("expired records cannot be deleted now: %s", error)
        except asyncio.CancelledError:
            stop.set()
            raise
        else:
            if swept.recordings or swept.rows:
                log.info("%d recordings deleted, %d rows of the journal erased", swept.recordings, swept.rows)
            for name in swept.failed:
                log.warning("recording %s cannot be deleted", name, extra=about_recording(name))
        await asyncio.sleep(every)
