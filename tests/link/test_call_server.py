"""The server of the call process's sockets: turns of requests, and programs that read nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ari_app.link import call_server, unix_sockets
from ari_app.link.call_requests import CallRequests
from ari_app.link.call_server import CallServer, SocketRole
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.messages import Heartbeat, LiveRecord, Refusal, Returned, StatePart, Welcome
from ari_app.link.record_feed import RecordFeed
from ari_app.link.requests import Handler
from tests.link.link_stage import LIMIT, RawClient
from tests.link.sent_requests import answered, sent
from warmline.core.world.world import World
from warmline.store.journal.storage_state import GOOD
from warmline.system.socket_messages.frame import frame

FOLLOW = Hello(VERSION, "test", follows=True)
PARTS = [frame(StatePart([LiveRecord("call", "1", True, b"x" * 1_000_000)]))] * 12


class GivenFeed(RecordFeed):
    """A feed with these frames as its whole state. `on_follow` is called when a program gets it."""

    def __init__(self, state: list[bytes], on_follow: Callable[[], None] = lambda: None) -> None:
        super().__init__(World, lambda: 0)
        self._given, self._on_follow = state, on_follow

    def _whole(self) -> tuple[list[bytes], int]:
        self._on_follow()
        return self._given, 0


class ServerStage:
    """A server with one socket."""

    def __init__(self, path: str, feed: RecordFeed, handlers: Mapping[str, Handler]) -> None:
        self.path = path
        self.server = CallServer(feed, lambda: (True, 7, {}, GOOD))
        self.role = SocketRole("API process", lambda _: True, handlers, follows=True)

    async def client(self, *messages: object) -> RawClient:
        """Return a client that has sent these messages in one piece."""
        client = RawClient(*await asyncio.open_unix_connection(self.path))
        client.send(b"".join(one if isinstance(one, bytes) else frame(one) for one in messages))
        return client


@asynccontextmanager
async def serving(folder: Path, feed: RecordFeed, handlers: Mapping[str, Handler]) -> AsyncIterator[ServerStage]:
    stage = ServerStage(str(folder / "calls-api"), feed, handlers)
    task = asyncio.create_task(stage.server.serve(stage.role, unix_sockets.bind(stage.path, 0o600)))
    try:
        yield stage
    finally:
        task.cancel()
        await asyncio.wait({task})


def on_a_server(
    folder: Path,
    talk: Callable[[ServerStage], Awaitable[None]],
    feed: RecordFeed | None = None,
    handlers: Mapping[str, Handler] | None = None,
) -> None:
    async def go() -> None:
        async with asyncio.timeout(LIMIT), serving(folder, feed or GivenFeed(PARTS), handlers or {}) as stage:
            await talk(stage)

    asyncio.run(go())


async def figures() -> bytes:
    return b"warmline_calls 1\n"


def test_one_request_begins_in_each_turn_of_the_loop_over_all_connections(tmp_path: Path) -> None:
    order: list[str] = []

    async def noted() -> bytes:
        order.append("request")
        return await figures()

    async def talk(stage: ServerStage) -> None:
        asked = [sent(number, CallRequests.figures) for number in range(30)]
        clients = [await stage.client(FOLLOW, *asked) for _ in range(4)]
        while order.count("request") < 120:
            order.append("step")
            await asyncio.sleep(0)
        for client in clients:
            client.writer.close()

    on_a_server(tmp_path, talk, GivenFeed([], lambda: order.append("follow")), answered(CallRequests.figures, noted))
    assert order.count("follow") == 4
    between = "".join("s" if one == "step" else "r" for one in order)
    assert "rr" not in between, "calls are handled between two requests"


def test_a_connection_has_its_place_until_it_is_closed_and_its_unread_data_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_server, "CONNECTIONS", 1)
    monkeypatch.setattr(call_server, "READ_WITHIN", 0.2)

    async def talk(stage: ServerStage) -> None:
        deaf = await stage.client(FOLLOW)
        assert isinstance(await deaf.next(), Welcome)
        deaf.writer.transport.pause_reading()  # type: ignore[attr-defined]
        deaf.send(b"\0\0\0\0")
        firsts = [await first(stage)]
        while not isinstance(firsts[-1], Welcome):
            firsts.append(await first(stage))
        assert isinstance(firsts[0], Refusal) and "no place" in firsts[0].why
        deaf.writer.transport.resume_reading()  # type: ignore[attr-defined]
        got = 0
        while await deaf.next():
            got += 1
        assert got < len(PARTS)
        deaf.writer.close()

    async def first(stage: ServerStage) -> object:
        client = await stage.client(Hello(VERSION, "test"))
        try:
            return await client.next()
        finally:
            client.writer.close()

    on_a_server(tmp_path, talk)


def test_the_whole_state_is_no_backlog(tmp_path: Path) -> None:
    """A program that still reads it gets heartbeats and answers after it."""
    assert sum(map(len, PARTS)) > call_server.UNREAD_MAX
    is_answered = asyncio.Event()

    async def noted() -> bytes:
        is_answered.set()
        return await figures()

    async def talk(stage: ServerStage) -> None:
        slow = await stage.client(FOLLOW, sent(1, CallRequests.figures))
        assert isinstance(await slow.next(), Welcome)
        slow.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await is_answered.wait()
        stage.server.send_status()
        slow.writer.transport.resume_reading()  # type: ignore[attr-defined]
        came = [await slow.next() for _ in range(len(PARTS) + 3)]
        kinds = [type(one) for one in came]
        assert kinds.count(StatePart) == len(PARTS) and kinds.count(Heartbeat) == 2 and Returned in kinds
        slow.writer.close()

    on_a_server(tmp_path, talk, handlers=answered(CallRequests.figures, noted))
