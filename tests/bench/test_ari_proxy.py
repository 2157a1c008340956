"""The proxy between the app and Asterisk refuses, delays, releases and cuts on request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tools.simulation.asterisk.ari_proxy import Proxy

FOR_EVER = 3600.0  # seconds
HELD_UP = 0.3


@asynccontextmanager
async def proxied() -> AsyncIterator[tuple[Proxy, aiohttp.ClientSession, list[str]]]:
    """Provide a proxy, a client behind it, and the requests that reached the server."""
    came: list[str] = []

    async def take(request: web.Request) -> web.StreamResponse:
        came.append(await request.text())
        if request.path == "/events":
            socket = web.WebSocketResponse()
            await socket.prepare(request)
            async for said in socket:
                await socket.send_json({"type": "RESTResponse", "request_id": said.json()["request_id"]})
                await socket.send_json({"type": "event"})
            return socket
        return web.Response(text="done")

    app = web.Application()
    app.router.add_route("*", "/{path}", take)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(TestServer(app))
        proxy = await stack.enter_async_context(Proxy(server.port or 0))
        client = aiohttp.ClientSession(f"http://127.0.0.1:{proxy.port}")
        yield proxy, await stack.enter_async_context(client), came


def test_a_refused_request_does_not_arrive_and_the_next_one_does() -> None:
    async def play() -> None:
        async with proxied() as (proxy, client, came):
            proxy.refusals = cycle([503, 0])
            answers = []
            for number in range(4):
                async with client.post("/channels", json={"number": number}) as answer:
                    answers.append((answer.status, await answer.text()))
            assert answers == [(503, '{"message": "chaos"}'), (200, "done")] * 2
            assert came == ['{"number": 1}', '{"number": 3}']
            assert proxy.requests == ["POST /channels"] * 2

    asyncio.run(play())


def test_after_a_refused_event_stream_its_connection_is_as_good_as_before() -> None:
    async def play() -> None:
        async with proxied() as (proxy, client, came):
            proxy.refusals = cycle([409, 0])
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await client.ws_connect("/events")
            async with asyncio.timeout(5), client.post("/channels", json={}) as answer:
                assert (answer.status, came) == (200, ["{}"])

    asyncio.run(play())


def test_a_delayed_request_is_released_when_the_delay_ends() -> None:
    async def play() -> None:
        async with proxied() as (proxy, client, _):
            proxy.slow(FOR_EVER)
            asked = asyncio.create_task(client.get("/channels"))
            assert await asyncio.wait({asked}, timeout=HELD_UP) == (set(), {asked})
            proxy.quick()
            async with asyncio.timeout(5), await asked as answer:
                assert answer.status == 200

    asyncio.run(play())


def test_an_event_stream_is_cut_and_nothing_else() -> None:
    async def play() -> None:
        async with proxied() as (proxy, client, _), client.ws_connect("/events") as stream:
            proxy.cut()
            async with asyncio.timeout(5):
                assert (await stream.receive()).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
            async with client.get("/channels") as answer:
                assert answer.status == 200

    asyncio.run(play())


ASKED = {"type": "RESTRequest", "transaction_id": "1", "request_id": "1", "method": "GET", "uri": "channels" * 30}


def test_an_answer_over_the_event_stream_is_held_up_and_events_are_not() -> None:
    async def play() -> None:
        async with proxied() as (proxy, client, _), client.ws_connect("/events") as stream, asyncio.timeout(5):
            proxy.slow(FOR_EVER)
            await stream.send_json(ASKED)
            assert await stream.receive_json() == {"type": "event"}
            proxy.quick()
            assert await stream.receive_json() == {"type": "RESTResponse", "request_id": "1"}

    asyncio.run(play())


def test_a_request_over_the_event_stream_is_refused() -> None:
    async def play() -> None:
        async with proxied() as (proxy, client, _), client.ws_connect("/events") as stream, asyncio.timeout(5):
            proxy.refusals = cycle([503, 0])
            for status in (503, None):
                await stream.send_json(ASKED)
                answer = await stream.receive_json()
                assert (answer["request_id"], answer.get("status_code")) == ("1", status)
            assert proxy.requests == ["GET /events", f"GET {ASKED['uri']}"]

    asyncio.run(play())


def test_a_deaf_event_stream_says_nothing_and_stays() -> None:
    async def play() -> None:
        async with proxied() as (proxy, client, _), client.ws_connect("/events") as stream:
            proxy.deafen()
            await stream.send_json(ASKED)
            asked = asyncio.create_task(stream.receive())
            assert await asyncio.wait({asked}, timeout=HELD_UP) == (set(), {asked})
            proxy.cut()
            async with asyncio.timeout(5):
                assert (await asked).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)

    asyncio.run(play())
