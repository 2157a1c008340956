"""An answer as server-sent events, which lasts as long as its reader. A slow reader delays no other reader."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from ari_app.http.server.api_request import EventStream, Send
from ari_app.live.topic_readers import Woken
from warmline.store.database.database import StoreError

HEARTBEAT = 5.0  # seconds without an event until a reader is sent its position
SLOW = 30.0  # seconds that a reader has to receive what it was sent
PACE = 0.01  # seconds between two texts to one reader, so that a burst is one text
RETRY = 2000  # milliseconds until a browser reconnects

log = logging.getLogger("warmline.api")


class RightsChanged(Exception):
    """The reader's session has ended, or its rights have changed; it may connect again."""


class ReaderRights(NamedTuple):
    """Whether the reader may still read, which is asked before each text; and an event that says at once if not."""

    are_valid: Callable[[], Awaitable[bool]]
    ended: asyncio.Event


async def write(stream: EventStream, send: Send, rights: ReaderRights) -> bool:
    """Send an event stream to one reader as long as it has its rights; return whether the stream came to its own end.

    Raises ConnectionError, TimeoutError (the reader accepts nothing).
    """

    async def in_time(text: bytes) -> None:
        if text:
            if not await rights.are_valid():
                raise RightsChanged
            async with asyncio.timeout(SLOW):
                await send(text)

    try:
        await in_time(b"retry: %d\n" % RETRY)
        await _until(rights.ended, stream.tell(in_time))
    except RightsChanged:
        log.info("an event stream ends, because the rights of its client have changed")
        return False
    except StoreError as error:
        log.warning("an event stream ends: %s", error)
    return True


async def _until(ended: asyncio.Event, telling: Awaitable[None]) -> None:
    """Tell until the end. Raises RightsChanged at once when `ended` is set, and what `telling` raises."""
    tasks = told, over = asyncio.ensure_future(telling), asyncio.create_task(ended.wait())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if not told.done():
            raise RightsChanged
    finally:
        over.cancel()
        told.cancel()
        await asyncio.wait(tasks)
    told.result()


async def is_woken(woken: Woken) -> bool:
    """Wait for a change until a heartbeat is due; return whether there may be one."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await woken.wait()
    except TimeoutError:
        pass
    return woken.is_set()
