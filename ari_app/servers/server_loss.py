"""Tells the core that a server is lost: the app had no connection to it for `server_lost_seconds`."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from warmline.ari.client.request_timeout import limit_time
from warmline.core.messages.events import Event
from warmline.core.messages.process_messages import ServerLost

log = logging.getLogger("warmline.servers")

LOST = "no connection to the server %s for %g s: its calls have ended (server_lost_seconds)"


class ServerLoss:
    """Posts ServerLost once each time the server was away for `seconds`; `on_loss` is called before.

    It posts that again while the server is away and `has_calls`.

    The server counts as away from the start of the app on, because there may be calls of it from before. Time in which
    the app itself was stopped does not count. Neither does time in which the app may not connect, because its database
    does not say whether it leads.
    """

    def __init__(
        self,
        server: str,
        seconds: float,
        post: Callable[[Event], None],
        on_loss: Callable[[], None],
        has_calls: Callable[[], bool],
    ) -> None:
        self._server, self._seconds, self._post = server, seconds, post
        self._on_loss, self._has_calls = on_loss, has_calls
        self._since = time.monotonic()
        self._away, self._there, self._read = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._asked: float | None = None  # since when the database is asked who leads
        self._away.set()
        self._read.set()

    def asks(self) -> None:
        """Record that the database is asked who leads: until it says so, the server is not lost."""
        if self._asked is None:
            self._asked = time.monotonic()
        self._read.clear()

    def leads(self) -> None:
        """Record that the app may connect."""
        if self._asked is not None:
            self._since += time.monotonic() - self._asked
        self._asked = None
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
                async with limit_time(max(0.0, self._since + self._seconds - time.monotonic())):
                    await self._there.wait()
            except TimeoutError:
                await self._read.wait()
                if self._there.is_set() or time.monotonic() < self._since + self._seconds:
                    continue
                log.error(LOST, self._server, self._seconds)
                self._lose()
                while not await self._is_there_in_time():
                    if self._has_calls():  # begun since, such as one to an emergency number
                        self._lose()

    def _lose(self) -> None:
        self._on_loss()
        self._post(ServerLost(self._server))

    async def _is_there_in_time(self) -> bool:
        """Wait for the server, and return whether it is there within the time after which it is lost."""
        with suppress(TimeoutError):
            async with limit_time(self._seconds):
                await self._there.wait()
        return self._there.is_set()
