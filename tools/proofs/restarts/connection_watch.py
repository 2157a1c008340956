"""Connects to the HTTP port all the time, and counts the connections that fail, by reason."""

import asyncio
import time
from collections import Counter
from typing import NamedTuple

EVERY = 0.02  # seconds between two connections of a watcher
WITHIN = 10.0  # seconds for an answer
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n"
ANSWERED, REFUSED, RESET, ENDED, LATE = "answered", "refused", "reset", "ended without an answer", "too late"


class WatchedConnection(NamedTuple):
    """When a connection began (CLOCK_MONOTONIC), and how it ended."""

    begun: float
    result: str


class ConnectionWatch:
    """All connections so far."""

    def __init__(self, host: str, port: int) -> None:
        self._address = host, port
        self._all: list[WatchedConnection] = []

    async def run(self) -> None:
        """Connect again and again, without end."""
        while True:
            begun = time.monotonic()
            self._all.append(WatchedConnection(begun, await self.result()))
            await asyncio.sleep(EVERY)

    def between(self, since: float, until: float) -> Counter[str]:
        """Return the results of the connections that began in this time."""
        return Counter(one.result for one in self._all if since <= one.begun < until)

    async def result(self) -> str:
        """Connect, send a request, and read until the connection ends."""
        try:
            async with asyncio.timeout(WITHIN):
                reader, writer = await asyncio.open_connection(*self._address)
                try:
                    writer.write(REQUEST)
                    answer = await reader.read()
                finally:
                    writer.transport.abort()
        except TimeoutError:
            return LATE
        except ConnectionRefusedError:
            return REFUSED
        except OSError:
            return RESET
        return ANSWERED if answer.startswith(b"HTTP/1.1 ") else ENDED
