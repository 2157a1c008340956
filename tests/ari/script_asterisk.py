"""A small Asterisk for ARI scripts, on loopback. Parties answer at once; it can be killed, cut, frozen and flooded."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from tests.asterisk.fake import FakeAri, info
from tests.free_port import free_port
from warmline.ari import Ari, connect
from warmline.system import settings
from warmline.system.settings import Settings

APP = "script-survey"


class ScriptAsterisk(FakeAri):
    """The channels of one script, with what it asks of them. `running` is whether it listens."""

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port()
        self.channels: dict[str, dict[str, Any]] = {}
        self.rings: set[str] = set()  # numbers that do not answer
        self.playing: dict[str, dict[str, Any]] = {}
        self.allowed: set[str] = set()  # types of events by the filter; all are sent all the same
        self.answered_prefixes: tuple[str, ...] = ()  # beginnings of requests that are answered while it is frozen
        self.came: list[str] = []  # each request, also one that is not performed yet
        self.over_stream: list[str] = []  # those of them that came over the event stream
        self.answers_there = True
        self.in_hand: list[str] = []  # requests that are performed when it thaws
        self.thawed = asyncio.Event()
        self.thawed.set()
        self._breaks = False
        self._transports: set[asyncio.Transport] = set()
        self._runner: web.AppRunner | None = None

    async def start(self, start_time: str = "2026-11-20T10:00:00.000+0000") -> None:
        async def answer_info(request: web.Request) -> web.Response:
            return web.json_response(info(start_time))

        self.replies["GET /asterisk/info"] = answer_info
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.url = f"http://127.0.0.1:{self.port}/ari"

    async def kill(self) -> None:
        """End at once, with all channels."""
        self.cut()
        self.channels.clear()
        self.playing.clear()
        self.thawed.set()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def cut(self) -> None:
        """Break each connection, also one on which a request waits for its answer.

        If it is frozen, requests break their connections until it thaws: a client repeats some that were cut.
        """
        self._breaks = not self.thawed.is_set()
        for transport in self._transports:
            transport.abort()
        self._transports.clear()

    def freeze(self, *answered_prefixes: str) -> None:
        """Answer no request until `thawed` is set, except those that begin with one of these."""
        self.thawed.clear()
        self.answered_prefixes, self._breaks = answered_prefixes, False

    async def wait_until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so after a request. The test has the time limit."""
        while not condition():
            self._changed.clear()
            await self._changed.wait()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if isinstance(request.transport, asyncio.Transport):
            self._transports.add(request.transport)
        line = f"{request.method} {request.raw_path.removeprefix('/ari').partition('?')[0]}"
        self.came.append(line)
        self._changed.set()
        if not self.thawed.is_set() and not line.startswith(self.answered_prefixes):
            self.in_hand.append(line)
            if self._breaks and request.transport:
                request.transport.abort()
            await self.thawed.wait()
            self.in_hand.remove(line)
        try:
            return await self._perform(line, request)
        finally:
            self._changed.set()

    async def heard(self, socket: web.WebSocketResponse, text: str) -> None:
        """Perform a request over the event stream, one at a time as Asterisk does, and answer it there."""
        rest_request = json.loads(text)
        self.over_stream.append(f"{rest_request['method']} /{rest_request['uri'].partition('?')[0]}")
        answer = await self.answer(make_mocked_request(rest_request["method"], f"/ari/{rest_request['uri']}"))
        assert isinstance(answer, web.Response)
        response = {"status_code": answer.status, "reason_phrase": answer.reason, "message_body": answer.text or ""}
        if self.answers_there:
            with suppress(ConnectionError):  # the connection was cut
                await socket.send_json({"type": "RESTResponse", "request_id": rest_request["request_id"], **response})

    async def _perform(self, line: str, request: web.Request) -> web.StreamResponse:
        match line.replace("/", " ").split():
            case ["GET", "channels"]:
                return web.json_response(list(self.channels.values()))
            case ["GET", "channels", name] if name in self.channels and line not in self.replies:
                return web.json_response(self.channels[name])
            case ["PUT", "applications", _, "eventFilter"] if line not in self.replies:
                self.allowed = {kind["type"] for kind in (await request.json())["allowed"]}
            case ["GET", "bridges"]:
                return web.json_response([])
            case ["POST", "channels", name] if line not in self.replies:
                return await self._call(name, request)
            case ["DELETE", "channels", name]:
                return await self._hang_up(name)
            case ["GET", "playbacks" | "recordings", *_, name] if name not in self.playing:
                return web.json_response({"message": "not found"}, status=404)
            case ["POST", "channels", name, "play", playback] if name in self.channels:
                self.playing[playback] = {"id": playback, "media_uri": (await request.json())["media"][0]}
            case ["POST", "bridges", _, "play", playback]:
                self.playing[playback] = {"id": playback, "media_uri": (await request.json())["media"][0]}
            case ["POST", "channels", name, "record"] if name in self.channels:
                self.playing[request.query["name"]] = {}
            case [_, "channels", name, *_] if name not in self.channels and line not in self.replies:
                return web.json_response({"message": "no such channel"}, status=404)
        return await super().answer(request)

    async def _call(self, name: str, request: web.Request) -> web.Response:
        args = request.query["appArgs"].split(",")
        number = request.query["endpoint"].partition("/")[2].partition("@")[0]
        self.channels[name] = channel(name, number, *args)
        if number in self.rings:
            self.channels[name]["state"] = "Ringing"
        else:
            await self.event("StasisStart", channel=self.channels[name], args=args)
        return web.json_response(self.channels[name])

    async def _hang_up(self, name: str) -> web.Response:
        if name not in self.channels:
            return web.json_response({"message": "no such channel"}, status=404)
        await self.hang_up(name)
        return web.Response(status=204)

    async def hang_up(self, name: str) -> None:
        """Let a party hang up."""
        gone = self.channels.pop(name)
        await self.event("StasisEnd", channel=gone)
        await self.event("ChannelDestroyed", channel=gone, cause=16, cause_txt="Normal Clearing")

    async def event(self, kind: str, **fields: Any) -> None:
        """Send an event, if a script listens."""
        if self.sockets and not self.sockets[-1].closed:
            await self.send({"type": kind, "application": APP, "timestamp": "2026-11-20T10:00:00.000+0000"} | fields)


def channel(name: str, number: str = "4930555123", *args: str) -> dict[str, Any]:
    """Return a channel of the script, as Asterisk describes it."""
    return {
        "id": name,
        "name": f"PJSIP/trunk-{name[-8:]}",
        "state": "Up",
        "protocol_id": "",
        "caller": {"name": "", "number": number},
        "connected": {"name": "", "number": ""},
        "accountcode": "",
        "dialplan": {
            "context": "default",
            "exten": "s",
            "priority": 1,
            "app_name": "Stasis",
            "app_data": ",".join((APP, *args)),
        },
        "creationtime": "2026-11-20T10:00:00.000+0000",
        "language": "en",
    }


@asynccontextmanager
async def asterisk() -> AsyncIterator[ScriptAsterisk]:
    """Run it within the block."""
    fake = ScriptAsterisk()
    await fake.start()
    try:
        yield fake
    finally:
        await fake.kill()


def make_settings(fake: ScriptAsterisk, folder: Path, db: Path | None = None) -> Settings:
    """Return the settings of a script there."""
    (folder / "spool").mkdir(exist_ok=True)
    values = {"ARI_URL": fake.url, "ARI_USER": "u", "ARI_PASSWORD": "p", "SPOOL": folder / "spool", "DB": db or "none"}
    return settings.load_with_secrets({f"WARMLINE_{name}": str(value) for name, value in values.items()})


@asynccontextmanager
async def script(fake: ScriptAsterisk, folder: Path, db: Path | None = None) -> AsyncIterator[Ari]:
    """Connect as a script within the block."""
    async with connect("survey", make_settings(fake, folder, db)) as ari:
        yield ari
