"""Carries the FastAGI requests of this machine's scripts to the app, over a connection that the app keeps open.

Asterisk waits for a FastAGI server without limit. Without an app, or without an answer in time, a request is therefore
closed, and the dialplan goes on as without FastAGI.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from itertools import count
from typing import cast

from ari_app.process.listening_sockets import listen
from ari_app.process.passed_sockets import CannotListen
from warmline.system.gate_protocol import CARRIES, ENDS, OPENS, Frames, ScriptFrameError, framed
from warmline.system.loopback import is_local
from warmline.system.settings import SettingsError

ANSWERS_WITHIN = 0.3  # seconds from the accepted request until the app's first byte
LASTS = 2.0  # seconds of a request, as in the app itself
OPEN_MAX = 64  # requests at once
WAITING_MOST = 1024 * 1024  # bytes for an app that takes none

log = logging.getLogger("warmline.gate")

Send = Callable[[bytes], int]
"""Sends bytes to the app, and returns how many still wait."""


class ScriptRequest(asyncio.Protocol):
    """The connection of a script's request."""

    def __init__(self, relay: "ScriptRelay") -> None:
        self._relay = relay
        self.number = 0
        self._transport: asyncio.Transport | None = None
        self._limits: list[asyncio.TimerHandle] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.number = self._relay.opened(self)
        if not self.number:
            self._transport.abort()
            return
        loop = asyncio.get_running_loop()
        self._limits = [loop.call_later(ANSWERS_WITHIN, self._late), loop.call_later(LASTS, self.abort)]

    def data_received(self, data: bytes) -> None:
        self._relay.send(self.number, CARRIES, data)

    def connection_lost(self, error: Exception | None) -> None:
        for limit in self._limits:
            limit.cancel()
        if self.number:
            self._relay.ended(self.number)

    def answer(self, data: bytes) -> None:
        """Pass bytes of the app on to the script's channel."""
        if self._transport:
            self._limits[0].cancel()
            self._transport.write(data)

    def close(self) -> None:
        """End the request after what waits has been sent."""
        if self._transport:
            self._transport.close()

    def abort(self) -> None:
        """End the request at once."""
        if self._transport:
            self._transport.abort()

    def _late(self) -> None:
        log.warning("the app does not answer a script within %g s; the dialplan goes on", ANSWERS_WITHIN)
        self.abort()


class ScriptRelay:
    """Listens for FastAGI at `where`, HOST:PORT on loopback. Raises SettingsError, CannotListen."""

    def __init__(self, where: str) -> None:
        host, _, port = where.rpartition(":")
        if not is_local(host) or not port.isdecimal() or int(port) > 65535:
            raise SettingsError(
                "gate_fastagi_not_local",
                "setting fastagi is {value!r} beside the setting gate; allowed: HOST:PORT with an address of loopback, "
                "such as 127.0.0.1:4573, or empty",
                value=where,
            )
        try:
            self.listeners: list[socket.socket] = listen(host.strip("[]"), int(port))
        except OSError as problem:
            raise CannotListen(
                "gate_fastagi_not_listening",
                "the gate cannot listen on {where} for FastAGI: {why}; end the program that has the port, or set "
                "another",
                where=where,
                why=problem.strerror,
            ) from None
        for listener in self.listeners:
            listener.setblocking(False)
        self._numbers = count(1)
        self._open: dict[int, ScriptRequest] = {}
        self._send: Send | None = None
        self._end: Callable[[], None] = lambda: None  # of the app's connection
        self._frames = Frames()

    @property
    def is_linked(self) -> bool:
        return self._send is not None

    async def run(self) -> None:
        """Take requests without end; cancellation closes all of them."""
        loop = asyncio.get_running_loop()
        servers = [await loop.create_server(lambda: ScriptRequest(self), sock=one) for one in self.listeners]
        try:
            await asyncio.gather(*(server.serve_forever() for server in servers))
        finally:
            self.unlink(self._send)

    def link(self, send: Send, end: Callable[[], None]) -> None:
        """Use a new connection of the app; `end` ends it."""
        self.unlink(self._send)
        self._send, self._end, self._frames = send, end, Frames()

    def unlink(self, send: Send | None) -> None:
        """Close all requests, because this connection of the app has ended; another one may have replaced it."""
        if send is None or self._send is not send:
            return
        self._send = None
        for request in list(self._open.values()):
            request.abort()

    def take(self, data: bytes) -> None:
        """Take bytes of the app. Raises ScriptFrameError."""
        for number, kind, text in self._frames.take(data):
            if kind == OPENS:
                raise ScriptFrameError("the app opens no request")
            if not (request := self._open.get(number)):
                continue  # it has ended on this side
            if kind == CARRIES:
                request.answer(text)
            else:
                request.close()

    def opened(self, request: ScriptRequest) -> int:
        """Begin a request; return its number, or 0 if the app cannot take it."""
        if self._send is None or len(self._open) >= OPEN_MAX:
            return 0
        number = next(self._numbers)
        self._open[number] = request
        self.send(number, OPENS)
        return number if number in self._open else 0

    def send(self, number: int, kind: int, data: bytes = b"") -> None:
        """Send a frame to the app."""
        if self._send and self._send(framed(number, kind, data)) > WAITING_MOST:
            log.warning("the app takes no more of the scripts' requests; the dialplan goes on without it")
            self.unlink(self._send)
            self._end()  # an app that was frozen then connects again

    def ended(self, number: int) -> None:
        """Forget a request, and tell the app."""
        if self._open.pop(number, None):
            self.send(number, ENDS)
