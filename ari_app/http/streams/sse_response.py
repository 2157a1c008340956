"""An answer as server-sent events, which lasts as long as its reader. A slow reader delays no other reader."""

import asyncio
import logging
import sqlite3

from ari_app.http.server.api_request import EventStream, Send
from ari_app.live.topic_readers import Woken
from warmline.store.database.database import StoreError

HEARTBEAT = 5.0  # seconds without an event until a reader is sent its position
SLOW = 30.0  # seconds that a reader has to receive what it was sent
PACE = 0.01  # seconds between two texts to one reader, so that a burst is one text
RETRY = 2000  # milliseconds until a browser reconnects

log = logging.getLogger("warmline.api")


async def write(stream: EventStream, send: Send) -> None:
    """Send an event stream to one reader. Raises ConnectionError, TimeoutError (the reader accepts nothing)."""

    async def in_time(text: bytes) -> None:
        if text:
            async with asyncio.timeout(SLOW):
                await send(text)

    try:
        await in_time(b"retry: %d\n" % RETRY)
        await stream.tell(in_time)
    except (StoreError, sqlite3.Error) as error:
        log.warning("an event stream ends: %s", error)


async def is_woken(woken: Woken) -> bool:
    """Wait for a change until a heartbeat is due; return whether there may be one."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await woken.wait()
    except TimeoutError:
        pass
    return woken.is_set()
