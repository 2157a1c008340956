"""Serves the sockets of the call process: live state to followers, and requests by role."""

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from ari_app.link import unix_sockets
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.frames import LARGEST, FrameError, FrameReader, not_allowed
from ari_app.link.messages import Heartbeat, Refusal, Request, ToCalls, Welcome
from ari_app.link.record_feed import RecordFeed
from ari_app.link.requests import Handler
from ari_app.live.server_records import ServerReach
from warmline.core.model.dialler import PulseFacts
from warmline.store.journal.storage_state import StorageState
from warmline.store.postgresql import write_epoch
from warmline.system.socket_messages.frame import frame

HELLO_WITHIN = 2.0  # seconds
HEARTBEAT_EVERY = 0.5  # seconds
READ_WITHIN = 2.0  # seconds in which a program reads what it was sent before its connection is closed
UNREAD_MAX = 8 * 1024 * 1024  # bytes that a client leaves unread before it is cut off; the whole state is not counted
UNLIMITED = 1 << 62  # bytes, for the whole state, which may be large
AT_ONCE = 256  # requests of one connection; the next ones wait unread
CONNECTIONS = 16  # of one role

Status = tuple[bool, int, dict[str, PulseFacts], StorageState, dict[str, ServerReach]]

log = logging.getLogger("warmline.link")


class SocketRole(NamedTuple):
    """The programs at one socket. `may_connect` decides by user number; `handlers` are the requests that they may send.

    Followers get the live state, or with `only_rows` only what follows it.
    """

    name: str
    may_connect: Callable[[int], bool]
    handlers: Mapping[str, Handler]
    follows: bool = False
    only_rows: bool = False


class CallServer:
    """Serves connections until they end. `status` returns the fields of Heartbeat.

    All connections together begin one request in each turn of the event loop, so calls are handled between requests.
    """

    def __init__(self, feed: RecordFeed, status: Callable[[], Status]) -> None:
        self._feed = feed
        self._status = status
        self._unread_max: dict[asyncio.StreamWriter, int] = {}  # of each follower, in bytes
        self._turn = asyncio.Lock()  # held until the next turn of the event loop

    async def serve(self, role: SocketRole, listener: socket.socket) -> None:
        """Serve the programs of a role at this socket, without end."""
        count = asyncio.Semaphore(CONNECTIONS)
        connections: set[asyncio.StreamWriter] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connections.add(writer)
            try:
                if count.locked():
                    self._send(writer, frame(Refusal(f"the socket has no place for another {role.name}")))
                    await _close(writer)
                    return
                async with count:  # until it is closed
                    await self._serve_and_close(role, reader, writer)
            except asyncio.CancelledError:
                pass  # the process ends; asyncio would log it as a fault
            finally:
                connections.discard(writer)

        server = await asyncio.start_unix_server(connected, sock=listener)
        try:
            await server.serve_forever()
        finally:
            for writer in connections:
                writer.transport.abort()

    def send_status(self) -> None:
        """Send a heartbeat to every follower now."""
        text = frame(Heartbeat(*self._status()))
        for writer in list(self._unread_max):
            self._send(writer, text)

    async def send_heartbeats(self) -> None:
        """Send a heartbeat to every follower each HEARTBEAT_EVERY seconds, without end."""
        while True:
            self.send_status()
            await asyncio.sleep(HEARTBEAT_EVERY)

    async def _serve_and_close(
        self, role: SocketRole, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            await self._serve(role, reader, writer)
        except FrameError as error:
            log.warning("the connection of a program (%s) is closed: %s", role.name, error)
            self._send(writer, frame(Refusal(str(error))))
        except OSError as error:
            log.info("the connection of a program (%s) has ended: %s", role.name, error)
        finally:
            self._unread_max.pop(writer, None)
            await _close(writer)

    async def _serve(self, role: SocketRole, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = unix_sockets.peer(writer.get_extra_info("socket"))
        if not role.may_connect(peer.uid):
            log.warning("user %d may not connect as %s", peer.uid, role.name)
            self._send(writer, frame(Refusal(f"user {peer.uid} may not connect here")))
            return
        messages = FrameReader[ToCalls](reader, ToCalls, LARGEST)
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                hello = await messages.next()
        except TimeoutError:
            return
        if not isinstance(hello, Hello):
            self._send(writer, frame(Refusal("the first message is not Hello")))
            return
        if hello.version != VERSION:
            self._send(writer, frame(Refusal(_other_version(hello), VERSION)))
            return
        with ExitStack() as stack:
            self._send(writer, frame(Welcome(VERSION, self._feed.beginning, write_epoch.current())))
            if role.follows and hello.follows:
                async with self._turn:
                    self._follow(role, hello, writer, stack)
                    await asyncio.sleep(0)  # calls are handled before the next connection's turn
            await self._answer_all(role, messages, writer)

    def _follow(self, role: SocketRole, hello: Hello, writer: asyncio.StreamWriter, stack: ExitStack) -> None:
        self._unread_max[writer] = UNLIMITED
        take = partial(self._send, writer)
        stack.callback(self._feed.follow(take, hello.beginning, hello.after, only_rows=role.only_rows))
        self._unread_max[writer] = writer.transport.get_write_buffer_size() + UNREAD_MAX
        log.info("%s follows the live state", hello.program[:40])
        self._send(writer, frame(Heartbeat(*self._status())))

    async def _answer_all(self, role: SocketRole, messages: FrameReader[ToCalls], writer: asyncio.StreamWriter) -> None:
        """Answer each request in a task of its own, until the client disconnects."""
        places = asyncio.Semaphore(AT_ONCE)
        tasks: set[asyncio.Task[None]] = set()
        try:
            while (request := await messages.next()) is not None:
                if not isinstance(request, Request) or not (handler := role.handlers.get(request.method)):
                    raise not_allowed(request)
                arguments = handler.form.read(request)
                await places.acquire()
                async with self._turn:
                    task = asyncio.create_task(self._answer(handler, request.id, arguments, writer))
                    tasks.add(task)
                    task.add_done_callback(partial(_ended, tasks, places))
                    await asyncio.sleep(0)  # it runs, and calls are handled, before the next turn
                await writer.drain()
        finally:
            for task in tasks:  # a command goes on in the core
                task.cancel()

    async def _answer(self, handler: Handler, number: int, arguments: Struct, writer: asyncio.StreamWriter) -> None:
        self._send(writer, frame(await handler.answer(number, arguments)))

    def _send(self, writer: asyncio.StreamWriter, text: bytes) -> None:
        transport = writer.transport
        if transport.is_closing():
            return
        if transport.get_write_buffer_size() > self._unread_max.get(writer, UNREAD_MAX):
            log.warning("a program that reads too slowly is cut off; it may connect again")
            transport.abort()
            return
        writer.write(text)


async def _close(writer: asyncio.StreamWriter) -> None:
    """Close a connection when the program has read everything, or has had the time for it."""
    try:
        writer.close()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(READ_WITHIN):
                await writer.wait_closed()
    finally:
        writer.transport.abort()


def _ended(tasks: "set[asyncio.Task[None]]", places: asyncio.Semaphore, task: "asyncio.Task[None]") -> None:
    tasks.discard(task)
    places.release()


def _other_version(hello: Hello) -> str:
    return (
        f"the call process speaks version {VERSION} of the protocol, and {hello.program[:40]} version {hello.version}; "
        "restart both: first the call process"
    )
