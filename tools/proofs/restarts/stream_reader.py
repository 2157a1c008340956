"""A reader of server-sent events that resumes with Last-Event-ID after each break, as a browser does."""

import asyncio
from collections import Counter
from http import HTTPStatus

import aiohttp

AGAIN = 0.05  # seconds until it connects again
SILENCE = 12.0  # seconds without a byte after which it connects again; a heartbeat comes every 5 s
MAY_BE = (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE)


class StreamReader:
    """A reader; `take` gets each event. `wrong` are answers that no stream may give."""

    def __init__(self, http: aiohttp.ClientSession, path: str, query: dict[str, str]) -> None:
        self.streams = 0  # that were opened
        self.failures: Counter[str] = Counter()  # requests without a stream, by the reason
        self.wrong: list[str] = []
        self.http, self._path, self._query = http, path, query
        self._last = ""

    def __str__(self) -> str:
        return "?".join([self._path, *("=".join(pair) for pair in self._query.items())])

    def take(self, name: str, kind: str, data: bytes) -> None:
        """Take an event with its id, type and data; without data it is only a position."""

    async def run(self) -> None:
        """Read without end."""
        while True:
            try:
                await self.read()
            except (aiohttp.ClientError, TimeoutError) as problem:
                self.failures[type(problem).__name__] += 1
            await asyncio.sleep(AGAIN)

    async def read(self) -> None:
        """Read one stream until it ends. Raises aiohttp.ClientError, TimeoutError."""
        headers = {"Last-Event-ID": self._last} if self._last else {}
        lasting = aiohttp.ClientTimeout(total=None, sock_read=SILENCE)
        async with self.http.get(self._path, params=self._query, headers=headers, timeout=lasting) as answer:
            if answer.status != HTTPStatus.OK:
                self.failures[f"{answer.status}"] += 1
                if answer.status not in MAY_BE:
                    self.wrong.append(f"{self} from {self._last!r}: {answer.status} {await answer.text()}")
                return
            self.streams += 1
            fields: dict[bytes, bytes] = {}
            async for line in answer.content:
                if not line.endswith(b"\n"):
                    return  # the connection ended within a line; an event is complete with its empty line
                name, _, value = line.rstrip(b"\n").partition(b": ")
                if name:
                    fields[name] = value
                    continue
                if b"id" in fields:
                    self._last = fields[b"id"].decode()
                    self.take(self._last, fields.get(b"event", b"").decode(), fields.get(b"data", b""))
                fields = {}
