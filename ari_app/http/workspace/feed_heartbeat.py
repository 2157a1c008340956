"""The heartbeat of all open feeds: a ping and a message every two seconds, and the end of feeds without a reader.

Scripts of a page see no pings, so the message tells them that the connection works. One timer serves all readers: what
is checked or read at each beat is checked or read once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from ari_app.http.server.bearer_tokens import TokenAuthentication
from ari_app.http.workspace.feed_reader import FeedReader, stamp
from ari_app.process.broadcast import Broadcast
from warmline.store.database.database import StoreError

PING = 2.0  # seconds between two beats
GONE = 6.0  # seconds without a word from the reader

log = logging.getLogger("warmline.api")


class FeedHeartbeat:
    """Beats for the readers while there is one.

    `renew` reads what can change without a change of the live state. It is called when `status` rings, too.
    """

    def __init__(self, askers: TokenAuthentication, renew: Callable[[], Awaitable[None]], status: Broadcast) -> None:
        self._askers, self._renew, self._status = askers, renew, status
        self._readers: set[FeedReader] = set()
        self._tasks: list[asyncio.Task[None]] = []

    @contextmanager
    def of(self, reader: FeedReader) -> Iterator[None]:
        """Beat for a reader too."""
        self._readers.add(reader)
        if len(self._readers) == 1:
            repeated = (self._beat, asyncio.Event), (self._renew, self._status.next_ring)
            self._tasks = [asyncio.create_task(_repeat(do, ring)) for do, ring in repeated]
        try:
            yield
        finally:
            self._readers.discard(reader)
            if not self._readers:
                for task in self._tasks:
                    task.cancel()

    async def _beat(self) -> None:
        """End the feeds of ended sessions and of readers that have gone; send all others a ping and a message."""
        now = stamp()
        silent = asyncio.get_running_loop().time() - (GONE - PING)
        for reader in list(self._readers):
            if reader.heard < silent:
                log.info("a feed of %s ends: its page is gone", reader.asker.client)
                reader.abort()
            elif not await self._askers.still(reader.token, reader.asker):
                reader.ended.set()
            else:
                with suppress(ConnectionError):
                    await reader.beat(now)


async def _repeat(do: Callable[[], Awaitable[None]], next_ring: Callable[[], asyncio.Event]) -> None:
    """Do something PING seconds after it was done last, or at the ring of an event, without end."""
    ring = next_ring()
    while True:
        with suppress(TimeoutError):
            async with asyncio.timeout(PING):
                await ring.wait()
        ring = next_ring()
        try:
            await do()
        except StoreError as error:
            log.warning("the feeds of the workspace cannot be renewed: %s", error)
