"""Serves the command line's socket: the JSON API for programs of this machine, beside the public port.

The kernel says which user connects. Root and the app's user are the local administrator; others need a token.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from ari_app.http.local import local_routes
from ari_app.http.local.local_places import LocalPlaces
from ari_app.http.openapi.openapi_document import PREFIX
from ari_app.http.server import problems
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, Asker, EventStream, FileAnswer
from ari_app.http.server.bearer_tokens import LOCAL, client_name
from ari_app.http.server.request_turns import RequestTurns
from ari_app.http.streams import sse_response
from ari_app.http.streams.sse_response import ReaderRights
from ari_app.http.v1.live_state import JsonApi
from ari_app.link import unix_sockets
from ari_app.link.frames import FrameError, FrameReader
from warmline.system.socket_messages.frame import frame
from warmline.system.socket_messages.local_messages import (
    LARGEST_HELLO,
    LARGEST_REQUEST,
    VERSION,
    LocalAnswer,
    LocalChunk,
    LocalHello,
    LocalRefusal,
    LocalRequest,
    LocalWelcome,
)
from warmline.text.coded_error import CodedError

WITHIN = 5.0  # seconds for each message of the client
READ_WITHIN = 10.0  # seconds in which the client reads an answer
SLOWED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS)  # a program in a loop must not keep the app busy
SLOWED_BY = 0.5  # seconds
WAITING = 4  # connections; beyond them the kernel lets clients wait in order, so a flood delays each only briefly
AGAIN = 0.1  # seconds until the next attempt, when no connection can be accepted

log = logging.getLogger("warmline.local")


class LocalRefused(CodedError):
    """The connection is closed; the text says why."""


class LocalClient(NamedTuple):
    """A connection's user as the kernel names it, and what its program says about itself."""

    user: int
    hello: LocalHello


class LocalServer:
    """Answers requests with the handlers of the JSON API.

    `renew` takes in the newest configuration. It is called before each command, which may name what the command line
    has just created.
    """

    def __init__(self, api: JsonApi, renew: Callable[[], Awaitable[None]]) -> None:
        self._api = api
        self._renew = renew
        self._admins = frozenset((0, os.geteuid()))
        self._places = LocalPlaces(self._admins)
        self._turns = RequestTurns()
        self._open: set[asyncio.Task[None]] = set()

    async def serve(self, listener: socket.socket) -> None:
        """Serve all connections to this socket, without end."""
        loop = asyncio.get_running_loop()
        listener.setblocking(False)
        listener.listen(WAITING)
        is_logged = False  # for as long as it lasts
        try:
            while True:
                try:
                    connection, _ = await loop.sock_accept(listener)
                except OSError as error:  # such as too many open files
                    if not is_logged:
                        log.error("no connection can be accepted: %s", error)
                    is_logged = True
                    await asyncio.sleep(AGAIN)
                    continue
                if is_logged:
                    log.warning("connections are accepted again")
                    is_logged = False
                self._accept(connection)
                await asyncio.sleep(0)  # calls are handled between two connections
        finally:
            listener.close()
            for task in self._open:
                task.cancel()

    def _accept(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        user = unix_sockets.peer(connection).uid
        if not self._places.come(user):
            full = LocalRefused("socket_full", "the app has no place for another command of this user; try again later")
            with connection, suppress(OSError):
                connection.send(_refusal(full))
            return
        task = asyncio.create_task(self._serve(connection, user))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, connection: socket.socket, user: int) -> None:
        try:
            reader, writer = await asyncio.open_unix_connection(sock=connection)
            try:
                await self._converse(reader, writer, user)
            except (FrameError, LocalRefused) as error:
                await _send(writer, _refusal(error))
            finally:
                await _close(writer)
        except (OSError, TimeoutError):
            pass  # the client has gone, or is too slow
        except Exception:  # a bug affects this connection only
            log.exception("a connection of user %d failed", user)
        finally:
            self._places.go(user)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, user: int) -> None:
        """Answer one request after the other. Raises FrameError, LocalRefused, OSError, TimeoutError."""
        async with asyncio.timeout(WITHIN):
            hello = await FrameReader[LocalHello](reader, LocalHello, LARGEST_HELLO).next()
        if hello is None:
            return
        if hello.version != VERSION:
            raise LocalRefused(
                "socket_version",
                "the app speaks version {ours} of the socket's protocol, and this command version {theirs}; use the "
                "command of the same installation, or restart the app",
                ours=VERSION,
                theirs=hello.version,
            )
        board = self._api.board
        await _send(writer, frame(LocalWelcome(board.connected, board.lost_at, board.storage)))
        requests = FrameReader[LocalRequest](reader, LocalRequest, LARGEST_REQUEST)
        while True:
            async with asyncio.timeout(WITHIN):
                request = await requests.next()
            if request is None:
                return
            answer, asker = await self._answer(LocalClient(user, hello), request)
            if isinstance(answer, EventStream):
                token = hello.token if asker is not LOCAL else ""
                with self._api.askers.watched(token, asker) as ended:
                    rights = ReaderRights(partial(self._api.askers.still, token, asker), ended)
                    await self._stream(answer, asker, rights, reader, writer)
                return
            if answer.status in SLOWED:
                await asyncio.sleep(SLOWED_BY)
            await _send(writer, frame(LocalAnswer(answer.status, answer.body)))

    async def _answer(self, client: LocalClient, request: LocalRequest) -> tuple[ApiAnswer | EventStream, Asker]:
        asker: Asker = LOCAL
        address = f"uid {client.user}"
        await self._turns.mine(address)
        try:
            if client.user not in self._admins:
                asker = await self._api.askers.of(client.hello.token, address)
            if request.method == "POST":
                await self._renew()
            route, values = local_routes.find(request.method, request.path)
            route.check(asker, request.query, values)
            told = ApiRequest(
                method=request.method,
                path=f"{PREFIX}/{request.path}",
                path_values=values,
                query=request.query,
                headers={},
                body=request.body,
                asker=asker,
                by=client_name(asker, client.hello.person, client.user),
                address=address,
                token=client.hello.token,
            )
            answer = await route.answer(self._api, told)
            assert not isinstance(answer, FileAnswer)
            return answer, asker
        except Exception as error:
            return problems.of_error(error), asker

    async def _stream(
        self,
        stream: EventStream,
        asker: Asker,
        rights: ReaderRights,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        """Send a stream until it ends, or the client closes the connection or sends anything."""
        telling = asyncio.create_task(self._tell(stream, asker, rights, writer))
        gone = asyncio.create_task(_left(reader))
        try:
            await asyncio.wait({telling, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            telling.cancel()
            gone.cancel()
            await asyncio.wait({telling, gone})
        if not telling.cancelled():
            telling.result()

    async def _tell(
        self,
        stream: EventStream,
        asker: Asker,
        rights: ReaderRights,
        writer: asyncio.StreamWriter,
    ) -> None:
        async def send(text: bytes) -> None:
            writer.write(frame(LocalChunk(text)))
            await writer.drain()

        readers = self._api.readers
        await readers.end_gone()
        try:
            with readers.joined(asker, writer.transport):
                await sse_response.write(stream, send, rights)
            await _send(writer, frame(LocalChunk(b"")))
        except problems.ProblemRaised as error:
            answer = problems.of_error(error)
            await _send(writer, frame(LocalAnswer(answer.status, answer.body)))


async def _left(reader: asyncio.StreamReader) -> None:
    """Wait until the client closes the connection, or sends what it must not."""
    with suppress(OSError):
        await reader.read(1)


async def _send(writer: asyncio.StreamWriter, message: bytes) -> None:
    """Send a message to a client that reads it in time. Raises OSError, TimeoutError."""
    writer.write(message)
    async with asyncio.timeout(READ_WITHIN):
        await writer.drain()


async def _close(writer: asyncio.StreamWriter) -> None:
    """Close a connection when the client has read everything, or has had the time for it."""
    try:
        writer.close()
        async with asyncio.timeout(READ_WITHIN):
            await writer.wait_closed()
    finally:
        writer.transport.abort()


def _refusal(error: CodedError) -> bytes:
    return frame(LocalRefusal(error.code, str(error)))
