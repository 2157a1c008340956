"""A fake ARI for tests: it refuses, stalls, loses its connection, or sends any data."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

from warmline.ari.client import preflight
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_event_stream import HEARTBEAT_EVENT
from warmline.core.messages.values.server_action import MAIN_SERVER

Reply = Callable[[web.Request], Awaitable[web.Response]]

LIMIT = 5.0


class FakeAri:
    """`replies` is looked up by "METHOD /path", with 204 as the default. `asked` lists the requests in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.replies: dict[str, Reply] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self.connected = asyncio.Event()
        self._changed = asyncio.Event()
        self.echo = True  # whether user events come back
        self.thawed = asyncio.Event()  # else it takes connections and answers nothing, as a frozen program
        self.thawed.set()
        self.url = ""
        self.replies["GET /asterisk/info"] = says(info())
        modules = [{"name": name, "status": "Running"} for name in preflight.MODULES]
        self.replies["GET /asterisk/modules"] = says(modules)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        line = f"{request.method} {request.raw_path.removeprefix('/ari').partition('?')[0]}"
        if line == "GET /events" and line not in self.replies:
            await self.thawed.wait()
            return await self._listen(request)
        await self.thawed.wait()
        self.asked.append(line)
        self._changed.set()
        if line == f"POST /events/user/{HEARTBEAT_EVENT}" and self.echo:
            await self.send({"type": "ChannelUserevent", "eventname": HEARTBEAT_EVENT})
        reply = self.replies.get(line)
        return await reply(request) if reply else web.Response(status=204)

    async def until_asked(self, line: str, times: int = 1) -> None:
        """Wait until this request has come this often."""
        async with asyncio.timeout(LIMIT):
            while self.asked.count(line) < times:
                self._changed.clear()
                await self._changed.wait()

    async def send(self, event: dict[str, Any]) -> None:
        """Send an event to the current listeners."""
        await self.sockets[-1].send_json(event)

    async def next_connection(self) -> None:
        """Wait until the listener has connected (again)."""
        async with asyncio.timeout(LIMIT):
            await self.connected.wait()
        self.connected.clear()

    async def until_connections(self, count: int) -> None:
        """Wait until the listener has connected this often in total."""
        while len(self.sockets) < count:
            await self.next_connection()

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self.connected.set()
        async for message in socket:
            assert message.type is not WSMsgType.ERROR
            await self.heard(socket, message.data)
        return socket

    async def heard(self, socket: web.WebSocketResponse, text: str) -> None:
        """Take a request over the event stream. This fake answers none."""


def info(started: str = "2026-11-20T10:00:00.000+0000") -> dict[str, Any]:
    """Return the info of an Asterisk that started at that time."""
    return {"system": {"version": "22.10.1+dfsg"}, "status": {"startup_time": started}}


def says(body: Any, status: int = 200) -> Reply:
    """Return a reply that is always the same."""

    async def reply(request: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    return reply


def refuses(status: int, message: str = "") -> Reply:
    """Return a refusal in ARI's form."""
    return says({"message": message}, status)


def late(reply: Reply, seconds: float) -> Reply:
    """Return the same reply after this many seconds; the request is performed before."""

    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(seconds)
        return await reply(request)

    return answer


def stalls(until: asyncio.Event) -> Reply:
    """Return a reply that comes only when the event is set."""

    async def reply(request: web.Request) -> web.Response:
        await until.wait()
        return web.Response(status=204)

    return reply


@asynccontextmanager
async def fake_ari(server: str = MAIN_SERVER) -> AsyncIterator[tuple[FakeAri, AriClient]]:
    """A fake on a free port, and a client of it, with the name of its server."""
    fake = FakeAri()
    async with served(fake), AriClient(fake.url, "warmline", "secret", "warmline", server=server) as client:
        yield fake, client


@asynccontextmanager
async def served(fake: FakeAri) -> AsyncIterator[None]:
    """Serve a fake on a free port within the block."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", fake.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}/ari"
    try:
        yield
    finally:
        await runner.cleanup()
