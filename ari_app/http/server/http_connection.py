"""A connection to the HTTP server: checks requests as bytes, and gives the parser one request at a time."""

import asyncio
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from ssl import SSLContext, SSLError
from typing import Any, cast

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from ari_app.http.server import request_heads
from ari_app.http.server.limits.connection_limits import ConnectionLimits, ConnectionPlace
from ari_app.http.server.limits.request_admission import Admission
from ari_app.http.server.request_heads import HeadRefused
from warmline.system.loopback import is_local

HEAD_WITHIN = 10.0  # seconds from the connection (TCP, then TLS) to the first complete request head
IDLE = 75.0  # seconds from an answer to the next head; longer than proxies keep an idle connection
MOST_HEADERS = 40  # per request
MOST_HELD = request_heads.MOST_BYTES + request_heads.JSON_BODY  # bytes that wait behind earlier requests
LINGERS = 2.0  # seconds that a refused connection stays open, so that the client can read the answer
MOST_DROPPED = 256 * 1024  # bytes that are read and dropped in that time

HANDSHAKE = 8  # as how many requests of a stranger a TLS handshake counts

SERVER = "Warmline"  # the Server header of answers, without a version
API_HEADER = "Warmline-API"  # in every answer, also behind a proxy with a Server header of its own
LAST_REQUESTS = 1.0  # seconds for the first request of a connection that was accepted before the end


class NewConnections:
    """The connections whose first request has not come yet."""

    def __init__(self) -> None:
        self._open: set[object] = set()
        self._none = asyncio.Event()
        self._none.set()

    def add(self, connection: object) -> None:
        """Note a connection that was accepted."""
        self._open.add(connection)
        self._none.clear()

    def remove(self, connection: object) -> None:
        """Note that its first request has come, or that it has ended."""
        self._open.discard(connection)
        if not self._open:
            self._none.set()

    async def answered(self) -> None:
        """Wait until there is none."""
        await self._none.wait()


class HttpConnection(web.RequestHandler):
    """A connection with a place, which it takes itself unless it is given one."""

    __slots__ = (
        *("_admission", "_body", "_came", "_dropped", "_is_busy"),
        *("_is_upgraded", "_limits", "_new", "_place", "_silent"),
    )

    def __init__(
        self,
        limits: ConnectionLimits,
        admission: Admission,
        server: web.Server,
        new: NewConnections,
        place: ConnectionPlace | None = None,
        **how: Any,
    ) -> None:
        super().__init__(server, **how)
        self._limits, self._admission, self._new, self._place = limits, admission, new, place
        self._silent: asyncio.TimerHandle | None = None
        self._came = bytearray()  # bytes that the parser has not been given yet
        self._body = 0  # bytes of the current request's body that are still to come
        self._is_busy = False  # the parser has a request whose answer is not finished
        self._is_upgraded = False  # to a WebSocket, whose frames follow the head
        self._dropped = -1  # bytes dropped since the connection was refused; -1 before that

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        abort = cast(asyncio.Transport, transport).abort
        self._place = self._place or self._limits.take(address_of(transport), abort)
        if self._place is None:
            abort()
            return
        self._place.close = abort
        self._new.add(self)
        self._silent = asyncio.get_running_loop().call_later(HEAD_WITHIN, abort)
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        super().connection_lost(exc)
        self._new.remove(self)
        if self._silent:
            self._silent.cancel()
        if self._place:
            self._place.free()

    def data_received(self, data: bytes) -> None:
        if not data or self._is_upgraded:  # without data, the parser can take more
            super().data_received(data)
        elif self._dropped >= 0:
            self._drop(len(data))
        else:
            seen = len(self._came)
            self._came += data
            if is_idle := not (self._body or self._is_busy):
                self._hand_on(seen)  # the head says how large the body may be
            if self._dropped < 0 and len(self._came) > max(MOST_HELD, request_heads.MOST_BYTES + self._body):
                self._refuse(HeadRefused(413, "too_many_bytes", "too many bytes of pipelined requests", is_json=False))
            elif not is_idle:
                self._hand_on(seen)

    def set_parser(self, parser: Any, *others: Any, **named: Any) -> None:
        """Give the frames of a WebSocket to their parser."""
        super().set_parser(parser, *others, **named)
        self._is_upgraded = True
        if self._came:
            super().data_received(self._take(len(self._came)))

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Finish an answer, then begin the next request."""
        if not resp.prepared:
            resp.headers.setdefault(hdrs.SERVER, SERVER)
        try:
            return await super().finish_response(request, resp, start_time)
        finally:
            self._is_busy = False
            self._new.remove(self)
            assert self._place
            self._place.waits()
            self._hand_on(0)

    @property
    def has_login(self) -> bool:
        """Return whether the client has shown a valid token or password."""
        return self._place is not None and self._place.has_login

    def log_in(self) -> None:
        """Note that the client has shown a valid password."""
        if self._place:
            self._place.log_in()

    def has_asked(self) -> None:
        """Stop the time limit, because the first request has come; the end of the server waits for its answer."""
        assert self._silent
        self._silent.cancel()
        self._new.remove(self)

    def _hand_on(self, seen: int) -> None:
        """Give the parser the rest of a body, or the next head; the first `seen` bytes are already checked."""
        if self._body:
            if len(self._came) < self._body:
                return
            self._body, body = 0, self._take(self._body)
            self._work()
            super().data_received(body)
        if self._is_busy or not self._came or self._dropped >= 0:
            return
        end = self._came.find(b"\r\n\r\n", max(seen - 3, 0)) + 4
        if end > request_heads.MOST_BYTES or (end < 4 and len(self._came) > request_heads.MOST_BYTES):
            self._refuse(
                HeadRefused(431, "head_too_long", f"the head exceeds {request_heads.MOST_BYTES} bytes", is_json=False)
            )
        elif request_heads.is_no_request(self._came, min(seen, len(self._came)), end if end >= 4 else None):
            self._refuse(HeadRefused(400, "request_unreadable", "the request could not be read", is_json=False))
        elif end >= 4:
            self._begin(self._take(end).lstrip(b"\r\n"))

    def _begin(self, head: bytes) -> None:
        if not head:
            self._hand_on(0)
            return
        judgement = request_heads.judged(head)
        if isinstance(judgement, HeadRefused):
            self._refuse(judgement, head)
        elif judgement.is_large and not self._admission.knows(request_heads.token(head)):
            self._refuse(request_heads.too_large(request_heads.JSON_BODY, is_json=True), head)
        elif not self._is_admitted(
            request_heads.token(head), judgement.cost, head, is_browser=not request_heads.has_bearer(head)
        ):
            why = "too many requests from this address (setting api_rate)"
            self._answer_last(HeadRefused(429, "too_many_requests_from_address", why, judgement.is_json), head)
        else:
            self._is_busy, self._body = True, judgement.body
            if not self._body:
                self._work()
            super().data_received(head)
            self._hand_on(0)

    def _is_admitted(self, token: str, cost: int, head: bytes = b"", *, is_browser: bool = False) -> bool:
        assert self._place
        if self._admission.knows(token):
            self._place.log_in(token, is_browser=is_browser)
            return True
        return not self._admission.admit(self._admission.client_of_head(self._place.address, head), cost)

    def _work(self) -> None:
        assert self._place
        self._place.works()

    def _take(self, size: int) -> bytes:
        taken = bytes(self._came[:size])
        del self._came[:size]
        return taken

    def _refuse(self, refused: HeadRefused, head: bytes = b"") -> None:
        """Count the request; send an error, unless there are too many, and close the connection.

        `head` is the request's head, if it is no longer in the buffer.
        """
        if self._is_admitted("", 1, head):
            self._answer_last(refused, head)
        elif self.transport:
            self._came.clear()
            self._dropped = 0
            self.transport.abort()

    def _answer_last(self, refused: HeadRefused, head: bytes) -> None:
        """Send an error, unless another answer is in progress, and close the connection."""
        head = head or bytes(self._came.lstrip(b"\r\n")[: len(request_heads.HEAD)])
        self._came.clear()
        self._dropped = 0
        transport = self.transport
        if transport is None or self._is_busy:
            self.force_close()
            return
        transport.write(request_heads.answer(refused, head))
        if self._silent:
            self._silent.cancel()
        self._silent = asyncio.get_running_loop().call_later(LINGERS, transport.abort)

    def _drop(self, size: int) -> None:
        self._dropped += size
        if self._dropped > MOST_DROPPED and self.transport:
            self.transport.abort()


class TlsHandshake(asyncio.Protocol):
    """A connection before its TLS handshake: it has a place, then an encrypted HttpConnection replaces it."""

    def __init__(
        self,
        limits: ConnectionLimits,
        admission: Admission,
        visit: Callable[[ConnectionPlace], HttpConnection],
        tls: SSLContext,
    ) -> None:
        self._limits, self._admission, self._visit, self._tls = limits, admission, visit, tls
        self._entering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        address = address_of(transport)
        # Strangers pay for a handshake. A client on this machine may be any user's, or the command line.
        too_many = not is_local(address) and self._admission.admit(address, HANDSHAKE)
        place = None if too_many else self._limits.take(address, self._give_up)
        if place:
            same = socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno()))
            same.setblocking(False)
            self._entering = asyncio.get_running_loop().create_task(self._enter(same, place))
        cast(asyncio.Transport, transport).abort()

    def _give_up(self) -> None:
        if self._entering:
            self._entering.cancel()

    async def _enter(self, connection: socket.socket, place: ConnectionPlace) -> None:
        loop, visit = asyncio.get_running_loop(), self._visit(place)
        how: dict[str, Any] = {"ssl": self._tls, "ssl_handshake_timeout": HEAD_WITHIN}
        try:
            await loop.connect_accepted_socket(lambda: visit, connection, **how)
        except (OSError, SSLError, TimeoutError):
            connection.close()
        finally:
            if visit.transport is None:
                connection.close()
                place.free()


class HttpSite(web.BaseSite):
    """The listening site; `how` has aiohttp's arguments for each connection.

    `passed` are the sockets that already listen there, if there are any.
    """

    def __init__(
        self,
        runner: web.AppRunner,
        host: str,
        port: int,
        tls: SSLContext | None,
        admission: Admission,
        passed: Sequence[socket.socket] = (),
        **how: Any,
    ) -> None:
        super().__init__(runner, ssl_context=tls)
        self._where, self._admission, self._passed = (host, port), admission, passed
        self._new = NewConnections()
        self._others: list[asyncio.AbstractServer] = []  # at the other addresses of the host
        self._how = {"keepalive_timeout": IDLE, "max_headers": MOST_HEADERS, **how}

    @property
    def name(self) -> str:
        return "http{}://{}:{}".format("s" if self._ssl_context else "", *self._where)

    async def start(self) -> None:
        await super().start()
        loop = asyncio.get_running_loop()
        knocks, backlog = self._knocks(loop), self._backlog
        if self._passed:
            servers = [await loop.create_server(knocks, sock=passed, backlog=backlog) for passed in self._passed]
            self._server, self._others = servers[0], [*servers[1:]]
        else:
            self._server = await loop.create_server(knocks, *self._where, backlog=backlog)

    async def stop(self) -> None:
        """Accept no more, and give those that were accepted a moment for their first request."""
        for server in (self._server, *self._others):
            if server:
                server.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._new.answered(), LAST_REQUESTS)
        await super().stop()

    def _knocks(self, loop: asyncio.AbstractEventLoop) -> Callable[[], asyncio.Protocol]:
        server, limits, tls = self._runner.server, ConnectionLimits(self._where[0]), self._ssl_context
        admission, how = self._admission, {"loop": loop, **self._how}
        assert server

        def visit(place: ConnectionPlace | None = None) -> HttpConnection:
            return HttpConnection(limits, admission, server, self._new, place, **how)

        return (lambda: TlsHandshake(limits, admission, visit, tls)) if tls else visit


def address_of(transport: asyncio.BaseTransport) -> str:
    """Return the client's address, or a placeholder if the client has already disconnected."""
    return str((transport.get_extra_info("peername") or ("nobody",))[0])


@web.middleware
async def in_time(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Stop the connection's time limit when a request arrives."""
    if isinstance(request.protocol, HttpConnection):
        request.protocol.has_asked()
    return await handler(request)


def logged_in(request: web.BaseRequest) -> None:
    """Keep the request's connection, whose client has logged in, also if all places are taken."""
    if isinstance(request.protocol, HttpConnection):
        request.protocol.log_in()


async def name_app(_request: web.Request, response: web.StreamResponse) -> None:
    """Name the app in the headers of an answer, without version numbers."""
    response.headers[hdrs.SERVER] = SERVER
    response.headers[API_HEADER] = "1"
