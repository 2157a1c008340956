"""A switchboard with its socket, and an API process's end of it, in one event loop."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from ari_app.link import unix_sockets
from ari_app.link.call_control import Orphans
from ari_app.link.call_requests import CallAnswers, CallRequests
from ari_app.link.call_server import CallServer, SocketRole
from ari_app.link.command_rights import Client
from ari_app.link.frames import LARGEST_BACK, FrameReader
from ari_app.link.idempotency import CommandRequest, IdempotentCommands
from ari_app.link.messages import FromCalls
from ari_app.link.queue_requests import QueueRequests
from ari_app.link.remote_calls import RemoteCalls
from ari_app.link.requests import served
from ari_app.process.dial_stop_requests import DialStops
from ari_app.records.checked_clients import CheckedClients
from ari_app.switchboard.switchboard import Switchboard
from tests.http.test_switchboard import on_a_board
from warmline.core.messages.commands import Command
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.store.configuration import token_holder as stored_clients
from warmline.store.configuration.tokens import ALL, ApiToken
from warmline.store.journal import receipt_lookup
from warmline.system.socket_messages.frame import frame

LIMIT = 10.0
TOKEN = "a" * 43  # of the program ada, which may give every command


def order(command: Command, key: str = "", digits: str = "", token: str = TOKEN) -> CommandRequest:
    """Return a command as the API process gives it for the holder of a token."""
    return CommandRequest(command, "said", "test", key, digits, token=token)


class LinkStage:
    """`path` is the socket, `board` the switchboard behind it. `clients` are known beside those of the database."""

    def __init__(self, board: Switchboard, folder: Path) -> None:
        self.board, self.path = board, str(folder / "calls-api")
        self._db = folder / "warmline.db"
        self.people = self._db  # the database with the tokens of other clients
        self.clients: dict[str, Client] = {TOKEN: ApiToken("ada", frozenset({ALL}))}
        self._server: list[asyncio.Task[None]] = []

    def start(self, may_connect: Callable[[int], bool] = lambda uid: uid == os.getuid()) -> None:
        once = IdempotentCommands(self.board, partial(asyncio.to_thread, receipt_lookup.find_by_key, self._db))
        db, run = str(self._db), str(self._db.parent)
        stops = DialStops(run, db)
        clients = CheckedClients(self._client, conversation, lambda: self.board.world, db, run)
        requests = CallAnswers(once, clients, _orphans, conversation, lambda: b"warmline_calls 1\n", stops)
        role = SocketRole(
            "API process",
            may_connect,
            {**served(CallRequests)(requests), **served(QueueRequests)(self.board)},
            follows=True,
        )
        server = CallServer(self.board.records, lambda: (True, 7, self.board.pulses, self.board.storage))
        self._listener = unix_sockets.bind(self.path, 0o600)
        self._server = [
            asyncio.create_task(one) for one in (server.serve(role, self._listener), server.send_heartbeats())
        ]

    async def _client(self, token: str) -> Client | None:
        return self.clients.get(token) or await asyncio.to_thread(stored_clients.of_token, self.people, token)

    async def stop(self) -> None:
        for task in self._server:
            task.cancel()
        await asyncio.wait(self._server)
        self._listener.close()  # a task that had not begun leaves it open

    @asynccontextmanager
    async def remote(self) -> AsyncIterator[RemoteCalls]:
        """Yield an API process's end that is connected."""
        calls = RemoteCalls(self.path, "api")
        running = asyncio.create_task(calls.link.run())
        try:
            await calls.link.up()
            yield calls
        finally:
            running.cancel()
            await asyncio.wait({running})


class RawClient:
    """A program that sends what it wants."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self._messages = FrameReader[Any](reader, FromCalls, LARGEST_BACK)

    def send(self, *messages: object) -> None:
        for message in messages:
            self.writer.write(message if isinstance(message, bytes) else frame(message))

    async def next(self) -> Any:
        return await asyncio.wait_for(self._messages.next(), LIMIT)


@asynccontextmanager
async def raw(stage: LinkStage) -> AsyncIterator[RawClient]:
    reader, writer = await asyncio.open_unix_connection(stage.path)
    try:
        yield RawClient(reader, writer)
    finally:
        writer.close()


def on_a_link(folder: Path, talk: Callable[[LinkStage], Awaitable[None]]) -> None:
    """Let `talk` use a switchboard through its socket."""

    async def go(board: Switchboard) -> None:
        stage = LinkStage(board, folder)
        stage.start()
        try:
            async with asyncio.timeout(LIMIT):
                await talk(stage)
        finally:
            await stage.stop()

    on_a_board(folder, go)


async def _orphans() -> Orphans:
    return Orphans(("17.1",), ("room-1",))


async def conversation(channel: str) -> OutsideTalk | str:
    return await _conversation(channel)


async def _conversation(channel: str) -> OutsideTalk | str:
    return f"channel {channel} does not exist"
