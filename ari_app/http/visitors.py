"""Who is connected to the HTTP door: so many, and nobody who keeps it open and says nothing."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable
from ssl import SSLContext
from typing import Any, cast

from aiohttp import web
from aiohttp.typedefs import Handler

from warmline.loopback import is_local

MOST = 500  # connections; an app that was started by hand has 1024 file numbers for them and all else
MOST_OF_ONE = 200  # of one address, unless it is of this machine: there a proxy stands for everybody
HEAD_WITHIN = 10.0  # seconds from the connection (of TCP, then of TLS) to a first whole head of a request
IDLE = 75.0  # seconds from an answer to the next head: longer than proxies keep a connection for the next request
MOST_HEADERS = 40  # of a request, each at most 8190 bytes
SAID_AGAIN = 1.0  # seconds between two lines of log

log = logging.getLogger("warmline.http")


class Visitors:
    """Counts the connections by address."""

    def __init__(self) -> None:
        self._here: Counter[str] = Counter()
        self._said = float("-inf")

    def come(self, address: str) -> bool:
        """Take one more; False if there is no room for it."""
        everybody, of_one = self._here.total(), self._here[address]
        if everybody < MOST and (of_one < MOST_OF_ONE or is_local(address)):
            self._here[address] += 1
            return True
        if time.monotonic() - self._said >= SAID_AGAIN:
            self._said = time.monotonic()
            log.warning("no connection for %s: it has %d of the %d that are open", address, of_one, everybody)
        return False

    def go(self, address: str) -> None:
        """One of those that came has gone."""
        self._here[address] -= 1
        self._here += Counter()  # forgets who has none left


class _Visit(web.RequestHandler):
    __slots__ = ("_address", "_silent", "_visitors")

    def __init__(self, visitors: Visitors, server: web.Server, **how: Any) -> None:
        super().__init__(server, **how)
        self._visitors = visitors
        self._address = ""
        self._silent: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        abort = cast(asyncio.Transport, transport).abort
        address = str((transport.get_extra_info("peername") or ("nobody",))[0])  # who has gone already has none
        if not self._visitors.come(address):
            abort()
            return
        self._address = address
        self._silent = asyncio.get_running_loop().call_later(HEAD_WITHIN, abort)
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        super().connection_lost(exc)
        if self._silent:
            self._silent.cancel()
            self._visitors.go(self._address)

    def has_asked(self) -> None:
        """A first request is here."""
        assert self._silent
        self._silent.cancel()


class Site(web.BaseSite):
    """Where they come in; `how` is what aiohttp wants to know about each of its connections."""

    def __init__(self, runner: web.AppRunner, host: str, port: int, tls: SSLContext | None, **how: Any) -> None:
        super().__init__(runner, ssl_context=tls)
        self._where = host, port
        self._how = how

    @property
    def name(self) -> str:
        return "http{}://{}:{}".format("s" if self._ssl_context else "", *self._where)

    async def start(self) -> None:
        await super().start()
        self._server = await asyncio.get_running_loop().create_server(
            self._visit(),
            *self._where,
            ssl=self._ssl_context,
            ssl_handshake_timeout=HEAD_WITHIN if self._ssl_context else None,
            backlog=self._backlog,
        )

    def _visit(self) -> Callable[[], _Visit]:
        server, visitors, loop = self._runner.server, Visitors(), asyncio.get_running_loop()
        assert server
        return lambda: _Visit(
            visitors, server, loop=loop, keepalive_timeout=IDLE, max_headers=MOST_HEADERS, **self._how
        )


@web.middleware
async def in_time(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whoever has asked in time may stay."""
    if isinstance(request.protocol, _Visit):
        request.protocol.has_asked()
    return await handler(request)
