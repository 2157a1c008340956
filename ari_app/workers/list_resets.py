"""Resets lists at their `reset_times`."""

import asyncio
import logging
import threading
import time
from datetime import UTC, datetime

from warmline.leads.reset_times import MAKE_UP
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.leads import timed_resets

log = logging.getLogger("warmline.lists")

EVERY = 5.0  # seconds
MINUTE = 60_000_000  # microseconds


async def keep_reset(path: str, every: float = EVERY) -> None:
    """Reset the lists of the database `path` that are due, now and every `every` seconds."""
    while True:
        stop = threading.Event()
        try:
            await asyncio.to_thread(_reset_due, path, stop)
        except (StoreError, NotFound) as error:
            log.warning("lists cannot be reset at their reset_times now: %s", error)
        except asyncio.CancelledError:
            stop.set()
            raise
        await asyncio.sleep(every)


def _reset_due(path: str, stop: threading.Event) -> None:
    for list_id, due in timed_resets.begin_due(path, _now()).items():
        if due.missed:
            moment = datetime.fromtimestamp(due.moment // 1_000_000, UTC).isoformat()
            text = "list %s was not reset at %s, which is more than %d minutes ago; to reset it: warmline list reset %s"
            log.warning(text, list_id, moment, MAKE_UP // MINUTE, list_id)
        elif done := timed_resets.go_on(path, list_id, _now, stop):
            log.info("reset_times has reset %d leads of list %s", done.leads, list_id)


def _now() -> int:
    return time.time_ns() // 1000
