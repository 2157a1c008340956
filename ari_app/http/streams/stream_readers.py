"""The open event streams: limits of their number, in total and per token, and a search for readers that have gone."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from ari_app.http.server import vanished_peers
from ari_app.http.server.api_request import Asker
from ari_app.http.server.bearer_tokens import LOCAL
from ari_app.http.server.problems import ProblemRaised

MOST = 300  # streams
OF_TOKEN = 10  # per token, except this machine's own
KEPT = 5  # of MOST, for this machine's command line
LOOKS_EVERY = 1.0  # seconds between two searches for readers that have gone


class StreamReaders:
    """The readers as tasks, each with its connection; one task for all finds those whose connection has gone."""

    def __init__(self) -> None:
        self.open: dict[asyncio.Task[Any], asyncio.BaseTransport | None] = {}
        self._places = StreamPlaces()
        self._sweep: asyncio.Task[None] | None = None

    @contextmanager
    def joined(self, asker: Asker, connection: asyncio.BaseTransport | None) -> Iterator[None]:
        """Count this task as a reader; at the end its place is free again. Raises ProblemRaised (429, 503)."""
        reader = asyncio.current_task()
        assert reader
        with self._places.taken(asker):
            self.open[reader] = connection
            vanished_peers.probe(connection)
            if self._sweep is None:
                self._sweep = asyncio.create_task(self._end_gone_again())
            try:
                yield
            finally:
                del self.open[reader]
                if not self.open:
                    self._sweep.cancel()
                    self._sweep = None

    async def end_gone(self) -> None:
        """Free the places of readers whose connection is closed, or whose machine no longer answers."""
        gone = [reader for reader, connection in self.open.items() if vanished_peers.has_gone(connection)]
        for reader in gone:
            reader.cancel()
        if gone:
            await asyncio.wait(gone)

    async def _end_gone_again(self) -> None:
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            await self.end_gone()

    async def end_all(self, _app: object = None) -> None:
        """Cancel all readers when the app stops."""
        for reader in self.open:
            reader.cancel()


class StreamPlaces:
    """Counts the open event streams by token."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @contextmanager
    def taken(self, asker: Asker) -> Iterator[None]:
        """Hold one place while the stream is open. Raises ProblemRaised (429, 503) if there is none."""
        total, most = self._open.total(), MOST if asker is LOCAL else MOST - KEPT
        name = "" if asker is LOCAL else asker.client
        if name and self._open[name] >= OF_TOKEN:
            raise ProblemRaised(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too_many_streams_of_token",
                "{client} has {count} event streams open; close one first",
                client=asker.client,
                count=OF_TOKEN,
                headers={"Retry-After": "5"},
            )
        if total >= most:
            raise ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "too_many_streams",
                "the app is full: {count} event streams are open; close some, or try again later",
                count=total,
                headers={"Retry-After": "5"},
            )
        self._open[name] += 1
        try:
            yield
        finally:
            self._open[name] -= 1
            self._open += Counter()  # drops tokens without streams
