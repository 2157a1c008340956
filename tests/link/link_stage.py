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
from ari_app.link.frames import LARGEST_BACK, FrameReader
from ari_app.link.idempotency import IdempotentCommands
from ari_app.link.messages import FromCalls
from ari_app.link.queue_requests import QueueRequests
from ari_app.link.remote_calls import RemoteCalls
from ari_app.link.requests import served
from ari_app.process import dial_stop_file
from ari_app.switchboard.switchboard import Switchboard
from tests.http.test_switchboard import on_a_board
from warmline.store.journal import receipts
from warmline.system.frame import frame

LIMIT = 10.0


class LinkStage:
    """`path` is the socket, `board` the switchboard behind it."""

    def __init__(self, board: Switchboard, folder: Path) -> None:
        self.board, self.path = board, str(folder / "calls-api")
        self._db = folder / "warmline.db"
        self._server: list[asyncio.Task[None]] = []

    def start(self, may_connect: Callable[[int], bool] = lambda uid: uid == os.getuid()) -> None:
        once = IdempotentCommands(self.board, partial(asyncio.to_thread, receipts.find_by_key, self._db))
        stop = partial(dial_stop_file.change, str(self._db.parent))
        requests = CallAnswers(once, _orphans, _conversation, lambda: b"warmline_calls 1\n", stop)
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


async def _conversation(channel: str) -> str:
    return f"channel {channel} does not exist"
