"""What stands between the app and ARI, and can be slow, cut or deaf: loopback, and the app knows nothing of it."""

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from types import TracebackType
from typing import Self

PIECE = 65536


class Proxy:
    """An async context manager. `late`: seconds by which each HTTP answer is held up; 0 is none."""

    def __init__(self, port: int) -> None:
        self._asterisk = port
        self._links: set[asyncio.Task[None]] = set()
        self._events: set[StreamWriter] = set()  # the app's side of each event stream
        self._deaf: set[StreamWriter] = set()
        self.late = 0.0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._link, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for link in self._links:
            link.cancel()
        await asyncio.gather(*self._links, return_exceptions=True)

    def cut(self) -> None:
        """Break the event streams there are."""
        for app in self._events:
            app.transport.abort()

    def deafen(self) -> None:
        """Nothing more comes through the event streams there are, and nobody says so."""
        self._deaf |= self._events

    async def _link(self, reader: StreamReader, app: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._links.add(task)
        try:
            from_asterisk, asterisk = await asyncio.open_connection("127.0.0.1", self._asterisk)
            try:
                ways = (self._up(reader, app, asterisk), self._down(from_asterisk, app))
                tasks = [asyncio.create_task(way) for way in ways]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for one in tasks:
                    one.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            finally:
                asterisk.close()
        except OSError:  # Asterisk is not there
            pass
        finally:
            app.close()
            self._events.discard(app)
            self._deaf.discard(app)
            self._links.discard(task)

    async def _up(self, reader: StreamReader, app: StreamWriter, asterisk: StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(PIECE):
                if b"upgrade: websocket" in data.lower():
                    self._events.add(app)
                asterisk.write(data)
                await asterisk.drain()

    async def _down(self, reader: StreamReader, app: StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(PIECE):
                if app in self._deaf:
                    continue
                if self.late and app not in self._events:
                    await asyncio.sleep(self.late)
                app.write(data)
                await app.drain()
