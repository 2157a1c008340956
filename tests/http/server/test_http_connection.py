"""Requests that are refused before parsing, and the order of the others."""

import asyncio
from pathlib import Path

import pytest

from ari_app.http.server import http_connection, request_heads
from ari_app.http.server.request_turns import RequestTurns
from tests.http.server.test_http_server import opened
from tests.rows import check_rows

LIMIT = 5.0
AGENT = b"POST /agc/api.php HTTP/1.1\r\nHost: x\r\n"
JSON = b"POST /api/v1/agents/1000/pause HTTP/1.1\r\nHost: x\r\n"
CONFIG = b"POST /api/v1/config/apply HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + b"x" * 43 + b"\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
FORM = b"source=test&user=6666&pass=1234&function=version"
ONE_AFTER_THE_OTHER = 10  # chunks


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connection, "LINGERS", 0.2)


def ended(run: Path, *pieces: bytes) -> bytes:
    """Return all answers until the server closes the connection; the client never closes it."""

    async def talk(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        try:
            return await asyncio.wait_for(reader.read(), LIMIT)
        finally:
            writer.close()

    return opened(run, talk)


REFUSED = {
    "a chunked form": (AGENT + CHUNKED + b"1\r\na\r\n" * ONE_AFTER_THE_OTHER + b"0\r\n\r\n", 411),
    "a chunked body of the JSON API": (JSON + CHUNKED + b"0\r\n\r\n", 411),
    "chunked for HTTP/1.0": (AGENT.replace(b"1.1", b"1.0") + CHUNKED + b"0\r\n\r\n" + HEALTH + b"\r\n", 411),
    "chunked, spelt with a blank": (AGENT + b"transfer-encoding : xchunked\r\n\r\n", 411),
    "a long form": (AGENT + b"Content-Length: %d\r\n\r\n" % (request_heads.AGENT_BODY + 1), 413),
    "a long body of the JSON API": (JSON + b"Content-Length: %d\r\n\r\n" % (request_heads.JSON_BODY + 1), 413),
    "a configuration of a stranger": (CONFIG + b"Content-Length: %d\r\n\r\n" % (request_heads.JSON_BODY + 1), 413),
    "two lengths": (AGENT + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
    "a length that is no number": (AGENT + b"Content-Length: +5\r\n\r\n", 400),
    "a long query": (b"GET /agc/api.php?" + b"a" * (request_heads.MOST_QUERY + 1) + b" HTTP/1.1\r\n\r\n", 414),
    "a long path": (b"GET /" + b"a" * request_heads.MOST_PATH + b" HTTP/1.1\r\n\r\n", 414),
    "a long header": (HEALTH + b"X: " + b"y" * request_heads.MOST_FIELD + b"\r\n\r\n", 431),
    "a long cookie": (HEALTH + b"Cookie: " + b"y" * request_heads.MOST_COOKIE + b"\r\n\r\n", 431),
    "a long head": (HEALTH + (b"X: " + b"y" * 1000 + b"\r\n") * 17 + b"\r\n", 431),
    "a long head that does not end": (HEALTH + (b"X: " + b"y" * 1000 + b"\r\n") * 17, 431),
    "bare line ends": (b"GET /healthz HTTP/1.1\nHost: x\n\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00", 400),
}


def test_an_invalid_request_is_refused_unread(tmp_path: Path) -> None:
    def check(sent: bytes, status: int) -> None:
        came = ended(tmp_path, sent)
        assert came.startswith(b"HTTP/1.1 %d " % status) and came.count(b"HTTP/1.1") == 1
        assert b"\r\nConnection: close\r\n" in came
        assert (b"application/problem+json" in came) == (b"/api/v1/" in sent)

    check_rows(check, REFUSED.values())


def test_a_known_client_may_send_a_large_configuration(tmp_path: Path) -> None:
    def head_of(length: int) -> bytes:
        token = (tmp_path / "token").read_bytes()
        head = CONFIG.replace(b"x" * 43, token) + b"Connection: close\r\nContent-Type: application/json\r\n"
        return head + b"Content-Length: %d\r\n\r\n" % length

    ended(tmp_path, HEALTH + b"Connection: close\r\n\r\n")  # makes the token
    body = b"{}".ljust(request_heads.CONFIG_BODY)
    assert b'"code":"body_invalid"' in ended(tmp_path, head_of(len(body)), body)
    assert ended(tmp_path, head_of(request_heads.CONFIG_BODY + 1)).startswith(b"HTTP/1.1 413 ")


HEADS = {
    "a long body": AGENT.replace(b"POST", b"HEAD") + b"Content-Length: %d\r\n\r\n" % (request_heads.AGENT_BODY + 1),
    "a long head that does not end": b"\r\n" + HEALTH.replace(b"GET", b"HEAD") + b"X: y\r\n" * request_heads.MOST_BYTES,
}


@pytest.mark.parametrize("sent", HEADS.values(), ids=HEADS)
def test_head_is_refused_without_a_body(sent: bytes, tmp_path: Path) -> None:
    came = ended(tmp_path, sent)
    assert came.startswith(b"HTTP/1.1 4") and b"\r\nConnection: close\r\n" in came
    assert came.endswith(b"\r\n\r\n")


def test_endless_chunks_are_not_read_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connection, "LINGERS", 60.0)
    monkeypatch.setattr(http_connection, "MOST_DROPPED", 1000)

    async def talk(port: int) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        with pytest.raises(ConnectionError):
            writer.write(AGENT + CHUNKED)
            while True:
                writer.write(b"1\r\na\r\n" * 100)
                await writer.drain()

    opened(tmp_path, lambda port: asyncio.wait_for(talk(port), LIMIT))


BY_BROWSERS = {"Cookie": request_heads.MOST_COOKIE - len("Cookie: "), "Referer": 4096}


@pytest.mark.parametrize("name, most", BY_BROWSERS.items(), ids=BY_BROWSERS)
def test_headers_set_by_browsers_may_be_longer_than_others(name: str, most: int, tmp_path: Path) -> None:
    """A CRM page can have all fields of a lead in its address."""
    field = f"{name}: ".encode() + b"y" * most
    assert b" 200 OK" in ended(tmp_path, HEALTH + b"Connection: close\r\n" + field + b"\r\n\r\n")
    assert ended(tmp_path, HEALTH + field + b"y\r\n\r\n").startswith(b"HTTP/1.1 431 ")


def test_requests_of_one_connection_are_answered_in_order(tmp_path: Path) -> None:
    form = AGENT + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(FORM)
    last = HEALTH + b"Connection: close\r\n\r\n"
    sent = b"\r\n" + form + b"\r\n" + FORM + HEALTH + b"\r\n" + form + b"\r\n" + FORM + last
    came = ended(tmp_path, *(sent[at : at + 1] for at in range(len(sent))))
    assert came.count(b"HTTP/1.1 200 OK") == 4 == came.count(b"HTTP/1.1")
    assert [b"ok\n" in part for part in came.split(b"HTTP/1.1 ")[1:]] == [False, True, False, True]


def test_a_client_that_sends_more_than_may_wait_is_cut_off(tmp_path: Path) -> None:
    """A request without an answer, followed by more data than may be buffered."""
    waits = AGENT + b"Content-Length: 5\r\n\r\n"
    assert b" 200 " not in ended(tmp_path, waits, b"a" * (5 + http_connection.MOST_HELD + 1))


def test_a_turn_is_given_each_time_the_loop_turns_and_to_one_address_after_the_other() -> None:
    order: list[str] = []

    async def ask(turns: RequestTurns, address: str) -> None:
        await turns.mine(address)
        order.append(address)

    requests = ["192.0.2.1"] * 3 + ["192.0.2.2", "2001:db8::1", "2001:db8::2"]

    async def go() -> None:
        turns = RequestTurns()
        asking = [asyncio.create_task(ask(turns, address)) for address in requests]
        async with asyncio.timeout(LIMIT):
            while not all(task.done() for task in asking):
                order.append("step")
                await asyncio.sleep(0)

    asyncio.run(go())
    given = [one for one in order if one != "step"]
    assert given[:3] == ["192.0.2.1", "192.0.2.2", "2001:db8::1"], "an IPv6 host has a whole network"
    assert sorted(given) == sorted(requests)
    between = "".join("s" if one == "step" else "r" for one in order)
    assert "rr" not in between, "no two requests without a step of the calls between them"


def test_clients_that_have_logged_in_go_before_strangers() -> None:
    order: list[str] = []

    async def ask(turns: RequestTurns, address: str, known: bool) -> None:
        await turns.mine(address, known=known)
        order.append(address)

    async def go() -> None:
        turns = RequestTurns()
        strangers = [("192.0.2.1", False)] * 3 + [("192.0.2.2", False)] * 2
        await asyncio.gather(*(ask(turns, *one) for one in [*strangers, ("192.0.2.1", True), ("192.0.2.3", True)]))

    asyncio.run(go())
    first, *others = order
    assert first == "192.0.2.1" and sorted(others[:2]) == ["192.0.2.1", "192.0.2.3"]
    assert sorted(others[2:]) == ["192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.2"]
