"""An answer as server-sent events, which lasts as long as its reader. A slow reader delays no other reader."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from aiohttp import web

from ari_app.http.server.bearer_tokens import ASKER
from ari_app.http.streams.stream_readers import StreamReaders
from ari_app.live.topic_readers import Woken
from warmline.store.database.database import StoreError

HEARTBEAT = 5.0  # seconds without an event until a reader is sent its position
SLOW = 30.0  # seconds that a reader has to receive what it was sent
PACE = 0.01  # seconds between two texts to one reader, so that a burst is one text
RETRY = 2000  # milliseconds until a browser reconnects

log = logging.getLogger("warmline.api")

Send = Callable[[bytes], Awaitable[None]]
Tell = Callable[[Send], Awaitable[None]]


async def serve(readers: StreamReaders, request: web.Request, tell: Tell) -> web.StreamResponse:
    """Answer with what `tell` sends; "" is not sent. Raises ProblemRaised (429, 503) if the app has no place."""
    await readers.end_gone()
    with readers.joined(request[ASKER], request):
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        )

        async def send(text: bytes) -> None:
            if text:
                async with asyncio.timeout(SLOW):
                    await response.write(text)

        try:
            await response.prepare(request)
            await send(b"retry: %d\n" % RETRY)
            await tell(send)
        except (TimeoutError, ConnectionError):
            if request.transport:
                request.transport.abort()
        except (StoreError, sqlite3.Error) as error:
            log.warning("an event stream ends: %s", error)
        return response


async def is_woken(woken: Woken) -> bool:
    """Wait for a change until a heartbeat is due; return whether there may be one."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await woken.wait()
    except TimeoutError:
        pass
    return woken.is_set()
