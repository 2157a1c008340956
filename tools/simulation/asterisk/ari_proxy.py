"""A proxy between the app and ARI that can delay, refuse or cut traffic without the app's knowledge."""

import asyncio
import contextlib
import json
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from tools.simulation.asterisk import websocket_frames

PIECE = 65536
SWITCHED = b"HTTP/1.1 101"
METHODS = (b"GET ", b"POST ", b"PUT ", b"DELETE ")
REFUSAL = b'{"message": "chaos"}'


class Proxy:
    """The proxy, an async context manager.

    `refusals` has a status for each coming request, over HTTP or an event stream; 0 lets the request through.
    `requests` has the methods and paths of all that went through, such as "DELETE channels/1.2".
    """

    def __init__(self, port: int) -> None:
        self._asterisk = port
        self._links: set[asyncio.Task[None]] = set()
        self._events: set[StreamWriter] = set()  # the app's side of each event stream
        self._deaf: set[StreamWriter] = set()
        self.refusals: Iterator[int] = iter(())
        self.requests: list[str] = []
        self._late = 0.0
        self._in_time = asyncio.Event()

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

    def slow(self, seconds: float) -> None:
        """Delay each answer by this many seconds, over HTTP and over event streams; events are not delayed."""
        self._late = seconds
        self._in_time.clear()

    def quick(self) -> None:
        """Stop delaying answers, and send the delayed ones."""
        self._late = 0.0
        self._in_time.set()

    def cut(self) -> None:
        """Break the current event streams."""
        for app in self._events:
            app.transport.abort()

    def deafen(self) -> None:
        """Pass nothing more from the current event streams to the app, without closing them."""
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
                try:
                    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for one in tasks:
                        one.cancel()
                    await asyncio.gather(*tasks, return_exceptions=True)
            finally:
                asterisk.close()
        except (OSError, asyncio.CancelledError):
            pass  # Asterisk is away, or the proxy ends; a stream would print a traceback
        finally:
            app.close()
            self._events.discard(app)
            self._deaf.discard(app)
            self._links.discard(task)

    async def _up(self, reader: StreamReader, app: StreamWriter, asterisk: StreamWriter) -> None:
        refused = False
        with contextlib.suppress(OSError):
            while app not in self._events and (data := await reader.read(PIECE)):
                if data.startswith(METHODS):  # else it is the body of the one before
                    status = next(self.refusals, 0)
                    refused = status > 0
                    if refused:
                        app.write(_refusal(status))
                if not refused:
                    if data.startswith(METHODS):
                        self.requests.append(_asked_of(data))
                    if b"upgrade: websocket" in data.lower():
                        self._events.add(app)
                    asterisk.write(data)
                    await asterisk.drain()
            buffer = bytearray()
            while data := await reader.read(PIECE):
                buffer += data
                for frame in websocket_frames.whole(buffer):
                    asked = websocket_frames.payload(frame)
                    if b"RESTRequest" in asked and (status := next(self.refusals, 0)):
                        app.write(websocket_frames.text(_refusal_of(asked, status)))
                    else:
                        if b"RESTRequest" in asked:
                            self.requests.append("{method} {uri}".format_map(json.loads(asked)))
                        asterisk.write(frame)
                await asterisk.drain()

    async def _down(self, reader: StreamReader, app: StreamWriter) -> None:
        buffer = bytearray()
        streams = False
        try:
            async with asyncio.TaskGroup() as held_up:
                while data := await reader.read(PIECE):
                    if streams:
                        buffer += data
                    else:
                        await self._in_its_time()
                        head, end, rest = data.partition(b"\r\n\r\n")
                        streams = head.startswith(SWITCHED)
                        app.write(head + end if streams else data)
                        buffer += rest if streams else b""
                    for frame in websocket_frames.whole(buffer):
                        if app not in self._deaf:
                            self._hand_on(frame, app, held_up)
                    await app.drain()
        except* OSError:  # either of the two is gone
            pass

    def _hand_on(self, frame: bytes, app: StreamWriter, held_up: asyncio.TaskGroup) -> None:
        """Pass a frame to the app; events overtake a delayed answer."""
        if self._late and b"RESTResponse" in frame:
            held_up.create_task(self._later(frame, app))
        else:
            app.write(frame)

    async def _later(self, frame: bytes, app: StreamWriter) -> None:
        await self._in_its_time()
        app.write(frame)

    async def _in_its_time(self) -> None:
        if self._late:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._in_time.wait(), self._late)


def _asked_of(request: bytes) -> str:
    """Return method and path of a request over HTTP."""
    method, path = request.split(b" ", 2)[:2]
    return f"{method.decode()} {path.decode(errors='replace').removeprefix('/ari/')}"


def _refusal(status: int) -> bytes:
    return b"HTTP/1.1 %d Chaos\r\nContent-Length: %d\r\n\r\n%s" % (status, len(REFUSAL), REFUSAL)


def _refusal_of(asked: bytes, status: int) -> bytes:
    """Return the answer over an event stream to a request that came over it."""
    names = {name: json.loads(asked)[name] for name in ("transaction_id", "request_id")}
    answer = {"type": "RESTResponse", "status_code": status, "reason_phrase": "Chaos", "message_body": REFUSAL.decode()}
    return json.dumps(answer | names).encode()
