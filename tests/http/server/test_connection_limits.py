"""Connections that send nothing, send half a request, or exceed the limit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web

from ari_app.http.server import http_connection, local_token, request_body
from ari_app.http.server.limits import connection_limits
from ari_app.http.server.limits.connection_limits import ConnectionLimits, ConnectionPlace
from tests.http.server.test_http_server import opened

LIMIT = 5.0
SHORT = 0.2  # seconds
HALF = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
WHOLE = HALF + b"\r\n"
LOGIN = b"source=test&user=6666&pass=1234&agent_user=1000&function=external_pause&value=PAUSE"
AGENT = b"GET /agc/api.php?" + LOGIN + b" HTTP/1.1\r\nHost: x\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def sent(port: int, text: bytes) -> Streams:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text)
    return reader, writer


async def answer(reader: asyncio.StreamReader) -> bytes:
    return await asyncio.wait_for(reader.readuntil(b"ok\n"), LIMIT)


async def rest(reader: asyncio.StreamReader) -> bytes:
    """Return the received bytes until the server closes the connection."""
    try:
        return await asyncio.wait_for(reader.read(), LIMIT)
    except ConnectionError:
        return b""


@pytest.mark.parametrize("said", [b"", b"G", HALF, HALF + b"X: y\r\n"], ids=["nothing", "a letter", "half", "more"])
def test_a_client_without_a_complete_request_is_disconnected(
    said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_connection, "HEAD_WITHIN", 1.0)

    async def talk(port: int) -> None:
        asks, asking = await sent(port, WHOLE)
        assert b"200 OK" in await answer(asks)
        silent, _ = await sent(port, said)
        assert await rest(silent) == b""
        asking.write(WHOLE)
        assert b"200 OK" in await answer(asks), "a client with a request may stay"

    opened(tmp_path, talk)


def test_a_body_that_does_not_come_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_body, "WITHIN", SHORT)

    async def talk(port: int) -> None:
        reader, _ = await sent(port, b"POST /agc/api.php HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nuser")
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), LIMIT)
        assert b" 408 " in head and b"Connection: close" in head

    opened(tmp_path, talk)


@pytest.mark.parametrize("by", ["client", "app"])
@pytest.mark.parametrize("path", ["/api/v1/login", "/workspace/login", "/agc/api.php"])
def test_a_connection_that_ends_in_its_body_is_no_error(
    path: str, by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Otherwise a stranger fills the log with tracebacks. The client goes away, or the app makes room for another."""
    came, ended = asyncio.Event(), asyncio.Event()
    reads = request_body.whole

    async def whole(request: web.Request) -> bytes:
        came.set()
        if by == "app":
            request.protocol.force_close()
        try:
            return await reads(request)
        finally:
            ended.set()

    monkeypatch.setattr(request_body, "whole", whole)

    async def talk(port: int) -> None:
        host = f"http://127.0.0.1:{port}"
        head = f"POST {path} HTTP/1.1\r\nHost: {host[7:]}\r\nOrigin: {host}\r\nX-Warmline: 1\r\n"
        _, writer = await sent(port, f"{head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n".encode())
        await asyncio.wait_for(came.wait(), LIMIT)
        writer.transport.abort()
        await asyncio.wait_for(ended.wait(), LIMIT)
        reader, _ = await sent(port, WHOLE)
        await answer(reader)

    opened(tmp_path, talk)
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING] == []


def test_a_request_has_so_many_headers_and_no_more(tmp_path: Path) -> None:
    def asked(headers: int) -> Callable[[int], Awaitable[bytes]]:
        async def talk(port: int) -> bytes:
            more = b"".join(b"X%d: y\r\n" % at for at in range(headers - 2))  # Host and Connection are two
            reader, _ = await sent(port, HALF + b"Connection: close\r\n" + more + b"\r\n")
            return await rest(reader)

        return talk

    assert b" 200 " in opened(tmp_path, asked(http_connection.MOST_HEADERS))
    assert b" 400 " in opened(tmp_path, asked(http_connection.MOST_HEADERS + 1))


def test_connections_above_the_limit_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A connection whose client has logged in keeps its place; another that is idle makes room."""
    monkeypatch.setattr(connection_limits, "MOST", 2)
    monkeypatch.setattr(connection_limits, "SAID_AGAIN", 0.0)

    async def talk(port: int) -> None:
        token = local_token.keep(str(tmp_path)).encode()
        known, asking = await sent(port, HALF + b"Authorization: Bearer " + token + b"\r\n\r\n")
        idle, _ = await sent(port, WHOLE)
        await answer(known)
        await answer(idle)
        third, _ = await sent(port, HALF)
        assert await rest(idle) == b""
        assert "idle connection of 127.0.0.1 closed for one from 127.0.0.1" in caplog.text
        fourth, _ = await sent(port, AGENT)
        assert await rest(third) == b"", "half a request is idle"
        assert b"external_pause" in await asyncio.wait_for(fourth.readuntil(b"1000"), LIMIT)
        fifth, _ = await sent(port, WHOLE)
        assert await rest(fifth) == b""
        assert "connection from 127.0.0.1 refused: of 2 open connections, it has 1 without a token" in caplog.text
        asking.write(WHOLE)
        await answer(known)

    opened(tmp_path, talk)


def place(limits: ConnectionLimits, address: str, closed: list[str] | None = None) -> ConnectionPlace | None:
    """Return a place whose request is being answered, or one that waits if `closed` notes its end."""
    taken = limits.take(address, lambda: (closed if closed is not None else []).append(address))
    if taken and closed is None:
        taken.works()
    return taken


def test_one_address_does_not_take_the_room_of_others(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_limits, "SAID_AGAIN", 60.0)
    here = ConnectionLimits()
    taken = [place(here, "192.0.2.7") for _ in range(connection_limits.MOST_OF_ONE)]
    assert all(taken)
    assert not place(here, "192.0.2.7") and not place(here, "192.0.2.7")
    assert len(caplog.messages) == 1, "a flood of connections is none of lines"
    assert place(here, "192.0.2.8")
    assert taken[0]
    taken[0].free()
    taken[0].free()
    assert place(here, "192.0.2.7") and not place(here, "192.0.2.7")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104 - nothing listens there
def test_places_are_kept_for_this_machine_where_the_door_is_open_to_others(host: str) -> None:
    here = ConnectionLimits(host)
    for number in range(connection_limits.MOST - connection_limits.KEPT):
        assert place(here, f"192.0.2.{number % 200}")
    assert not place(here, "192.0.2.250")
    assert all(place(here, "127.0.0.1") for _ in range(connection_limits.KEPT))
    assert not place(here, "127.0.0.1")


def test_a_proxy_on_this_machine_has_all_the_room_there_is() -> None:
    here = ConnectionLimits()
    assert all(place(here, "127.0.0.1") for _ in range(connection_limits.MOST))
    assert not place(here, "127.0.0.1")


def test_the_longest_idle_connection_of_the_busiest_address_makes_room() -> None:
    here, closed = ConnectionLimits(), list[str]()
    one = place(here, "127.0.1.9", closed)
    many = [place(here, f"127.0.1.{number % 3}", closed) for number in range(connection_limits.MOST - 1)]
    first, second = many[0], many[3]
    assert one and first and second
    first.works()
    first.waits()  # the longest is now the second
    assert place(here, "127.0.0.1") and closed == ["127.0.1.0"]
    second.waits()
    assert place(here, "127.0.0.1") and len(closed) == 2, "a place that is free is given once"
    assert "127.0.1.9" not in closed


def test_new_clients_are_answered_beside_slow_bodies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agent API, a page and the health check, each over a new connection."""
    monkeypatch.setattr(connection_limits, "MOST", 10)
    close = b"Connection: close\r\n\r\n"
    clients = AGENT[:-2] + close, b"GET /workspace/ HTTP/1.1\r\nHost: x\r\n" + close, HALF + close

    async def talk(port: int) -> list[bytes]:
        slow = b"POST /agc/api.php HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nuser="
        attackers = []
        for number in range(40):
            there = await asyncio.open_connection("127.0.0.1", port, local_addr=(f"127.0.1.{number + 1}", 0))
            there[1].write(slow)
            attackers.append(there)
        answers = []
        for client in clients:
            reader, _ = await sent(port, client)
            answers.append(await asyncio.wait_for(reader.read(), 60))
        for _, writer in attackers:
            writer.close()
        return answers

    assert [one.split(b"\r\n")[0] for one in opened(tmp_path, talk)] == [b"HTTP/1.1 200 OK"] * 3


def test_a_client_that_has_logged_in_is_never_closed_for_another() -> None:
    here, closed = ConnectionLimits(), list[str]()
    for _ in range(connection_limits.MOST):
        taken = place(here, "127.0.0.1", closed)
        assert taken
        taken.log_in()
        taken.waits()
    assert not place(here, "127.0.0.1") and not closed


def test_the_idle_connections_of_browsers_make_room_for_more_browsers() -> None:
    """Each of 200 pages has a feed, and six connections more, which rest when their answers have come."""
    limits, closed, feeds = ConnectionLimits("0.0.0.0"), list[str](), list[str]()  # noqa: S104 - nothing listens there
    for number in range(200):
        for at in range(7):
            taken = limits.take("192.0.2.7", partial((closed if at else feeds).append, "closed"))
            assert taken, f"page {number} has no room"
            taken.log_in(f"session{number}", is_browser=True)
            if at:
                taken.waits()
    assert len(closed) == 200 * 7 - (connection_limits.MOST - connection_limits.KEPT)
    program = limits.take("192.0.2.8", partial(feeds.append, "a program's"))
    assert program
    program.log_in("token")
    program.waits()
    here = [place(limits, "127.0.0.1") for _ in range(connection_limits.MOST)]
    assert here.count(None) == 201, "the feeds and the program's connection stay"
    assert len(closed) == 200 * 6 and not feeds


def test_connections_with_a_token_count_for_the_token() -> None:
    """Many browsers of an office have one address; each has the cookie of its own session."""
    limits, most = ConnectionLimits(), connection_limits.MOST_OF_ONE
    office = "192.0.2.7"
    for browser in range(3):
        of_one = [place(limits, office) for _ in range(most)]
        for one in of_one:
            assert one
            one.log_in(f"session{browser}")
    strangers = [place(limits, office) for _ in range(most)]
    assert all(strangers) and place(limits, office) is None
    strangers[0].log_in("session0")  # type: ignore[union-attr] # it is let in
    assert place(limits, office) is None, "a token that has its number counts for its address"
    of_one[0].free()  # type: ignore[union-attr] # it is let in
    strangers[1].log_in("session2")  # type: ignore[union-attr] # it is let in
    assert place(limits, office)
