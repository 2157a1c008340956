"""The app's HTTP listener on its own loop."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from aiohttp import web

from ari_app.http.server.http_listener import listen

T = TypeVar("T")


class Listening:
    """`do` runs a function on its loop."""

    def __init__(self, app: web.Application) -> None:
        self.loop = asyncio.new_event_loop()
        self._runner = self.do(listen(app, "127.0.0.1", 0))
        self.port: int = self._runner.addresses[0][1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        self.do(self._runner.cleanup())
        self.loop.close()


@contextmanager
def listening(app: web.Application) -> Iterator[Listening]:
    """Start the server."""
    opened = Listening(app)
    try:
        yield opened
    finally:
        opened.close()
