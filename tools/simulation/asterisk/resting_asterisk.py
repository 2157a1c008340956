"""Simulated ARIs without a call, each on a port of its own, with what a gate before them answers.

They hold the app's event stream open, return its user events, and count the requests.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

from warmline.ari.client.ari_event_stream import BEAT
from warmline.system import gate_protocol
from warmline.system.asterisk_requirements import MODULES

INFO = {"system": {"version": "22.10.1"}, "status": {"startup_time": "2026-11-20T10:00:00.000+0000"}}
ANSWERS: dict[str, Any] = {
    "/ari/asterisk/info": INFO,
    "/ari/asterisk/modules": [{"name": name, "status": "Running"} for name in MODULES],
    "/ari/channels": [],
    "/ari/bridges": [],
    "/ari/endpoints": [],
    "/ari/deviceStates": [],
    gate_protocol.EPOCH: {"epoch": "0"},
    gate_protocol.NOTES: {},
}


class RestingAsterisks:
    """The servers by their ports: the requests that came to each, and its event streams."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.asked: Counter[int] = Counter()
        self._streams: dict[int, list[web.WebSocketResponse]] = {}

    def listening(self) -> int:
        """Return how many servers the app listens to, by the application of the calls."""
        return sum(map(bool, self._streams.values()))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request of the app."""
        port = int(request.transport.get_extra_info("sockname")[1]) if request.transport else 0
        if request.path == "/ari/events":
            return await self._stream(request, port)
        self.asked[port] += 1
        if request.path == f"/ari/events/user/{BEAT}":
            await self._echo(port)
        if request.method == "GET" and request.path in ANSWERS:
            return web.json_response(ANSWERS[request.path])
        return web.Response(status=204)

    async def _echo(self, port: int) -> None:
        for stream in self._streams.get(port, ()):
            await stream.send_json({"type": "ChannelUserevent", "eventname": BEAT})

    async def _stream(self, request: web.Request, port: int) -> web.StreamResponse:
        stream = web.WebSocketResponse()
        await stream.prepare(request)
        streams = self._streams.setdefault(port, []) if request.query["app"] == "warmline" else []
        streams.append(stream)
        async for message in stream:
            if message.type is WSMsgType.TEXT:
                await self._take(stream, port, json.loads(message.data))
        streams.remove(stream)
        return stream

    async def _take(self, stream: web.WebSocketResponse, port: int, asked: dict[str, Any]) -> None:
        """Answer a request over an event stream."""
        self.asked[port] += 1
        if f"events/user/{BEAT}" in asked["uri"]:
            await self._echo(port)
        names = {name: asked[name] for name in ("transaction_id", "request_id")}
        answer = {"type": "RESTResponse", "status_code": 204, "reason_phrase": "No Content", "message_body": ""}
        await stream.send_json(answer | names)


@asynccontextmanager
async def resting(count: int) -> AsyncIterator[RestingAsterisks]:
    """Serve this many on free ports of loopback within the block."""
    made = RestingAsterisks()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        for _ in range(count):
            await web.TCPSite(runner, "127.0.0.1", 0).start()
        made.ports = [address[1] for address in runner.addresses]
        yield made
    finally:
        await runner.cleanup()
