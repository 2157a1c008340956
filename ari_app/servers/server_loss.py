"""Tells the core that a server is lost: the app had no connection to it for `server_lost_seconds`."""

import asyncio
import logging
import time
from collections.abc import Callable

from warmline.ari.client.fair_timeout import within
from warmline.core.messages.events import Event
from warmline.core.messages.process_messages import ServerLost

log = logging.getLogger("warmline.servers")

LOST = "no connection to the server %s for %g s: its calls have ended (server_lost_seconds)"


class ServerLoss:
    """Posts ServerLost once each time the server was away for `seconds`; `on_loss` is called before.

    The server counts as away from the start of the app on, because there may be calls of it from before. Time in which
    the app itself was stopped does not count.
    """

    def __init__(self, server: str, seconds: float, post: Callable[[Event], None], on_loss: Callable[[], None]) -> None:
        self._server, self._seconds, self._post, self._on_loss = server, seconds, post, on_loss
        self._since = time.monotonic()
        self._away, self._there, self._read = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._away.set()
        self._read.set()

    def reads(self) -> None:
        """Record that the server is connected and its state is being read: it is not lost before that ends."""
        self._read.clear()

    def reached(self) -> None:
        """Record that the state of the server is known."""
        self._away.clear()
        self._there.set()
        self._read.set()

    def ended(self, since: float) -> None:
        """Record that a connection has ended, good or not. The server is silent `since`, on the monotonic clock."""
        if not self._away.is_set():
            self._since = since
            self._there.clear()
            self._away.set()
        self._read.set()

    async def run(self) -> None:
        """Watch without end."""
        while True:
            await self._away.wait()
            try:
                async with within(max(0.0, self._since + self._seconds - time.monotonic())):
                    await self._there.wait()
            except TimeoutError:
                await self._read.wait()
                if self._there.is_set():
                    continue
                log.error(LOST, self._server, self._seconds)
                self._on_loss()
                self._post(ServerLost(self._server))
                await self._there.wait()
