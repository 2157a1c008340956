"""Keeps the index of the words in agents' notes filled."""

import asyncio
import logging
import threading
import time

from warmline.store.database.database import StoreError
from warmline.store.notes import note_index

log = logging.getLogger("warmline.notes")

EVERY = 5.0  # seconds


async def keep_filled(path: str, every: float = EVERY) -> None:
    """Add the new notes of the database `path` to its index, now and every `every` seconds."""
    while True:
        stop = threading.Event()
        try:
            done = await asyncio.to_thread(note_index.fill, path, time.time_ns() // 1000, stop)
        except StoreError as error:
            log.warning("new notes cannot be found by their words: %s", error)
        except asyncio.CancelledError:
            stop.set()
            raise
        else:
            if done.notes > note_index.PAGE:
                log.info("%d notes are indexed", done.notes)
        await asyncio.sleep(every)
