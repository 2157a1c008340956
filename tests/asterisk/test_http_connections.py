"""The HTTP connections to Asterisk: kept, repeated where that is harmless, and every form of an answer is read."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
import uvloop
from hypothesis import given
from hypothesis import strategies as st

from tests.wording.said import refused
from warmline.ari.client import http_connections
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.http_exchange import HEAD_MAX_BYTES, HttpAnswer, HttpExchange, HttpFault

LIMIT = 10.0
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"
EMPTY = b"HTTP/1.1 204 No Content\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\ndo\r\n2\r\nne\r\n0\r\nTrailer: x\r\n\r\n"


class RawAsterisk:
    """Answers each request with the next bytes of `answers`; None closes the connection. `asked` has the requests."""

    def __init__(self, *answers: bytes | None) -> None:
        self._answers = [*answers]
        self.asked: list[bytes] = []
        self.connections = 0
        self.came = asyncio.Event()
        self.writers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
                self.asked.append(head + await reader.readexactly(length))
                self.came.set()
                answer = self._answers.pop(0) if self._answers else OK
                if answer is None:
                    break
                writer.write(answer)
        except asyncio.IncompleteReadError:
            pass
        writer.close()


@asynccontextmanager
async def serving(*answers: bytes | None) -> AsyncIterator[tuple[RawAsterisk, AriClient]]:
    raw = RawAsterisk(*answers)
    server = await asyncio.start_server(raw.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/ari"
    async with server, AriClient(url, "user", "secret", "app") as client:
        yield raw, client


def talk(test: Callable[[RawAsterisk, AriClient], Awaitable[None]], *answers: bytes | None) -> None:
    async def main() -> None:
        async with serving(*answers) as (raw, client):
            await asyncio.wait_for(test(raw, client), LIMIT)

    asyncio.run(main())
    uvloop.run(main())  # the app's loop, whose transports are of other classes


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (OK, b"done"),
        (EMPTY, b""),
        (CHUNKED, b"done"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, b"done"),
        (b"HTTP/1.1 200 \r\ncontent-LENGTH:4\r\n\r\ndone", b"done"),
        (b"HTTP/1.1 200\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\ndone", b"done"),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n", b""),
    ],
)
@given(cuts=st.sets(st.integers(1, 120)))
def test_an_answer_is_read_in_any_pieces(answer: bytes, body: bytes, cuts: set[int]) -> None:
    async def main() -> HttpAnswer:
        connection = HttpExchange()
        connection.connection_made(Wire())
        asked = connection.send(b"")
        marks = [0, *sorted(cuts), len(answer)]
        for begin, end in pairwise(marks):
            if begin < len(answer):
                assert not asked.done()
                connection.data_received(answer[begin:end])
        assert connection.is_usable
        return await asked

    assert asyncio.run(main()).body == body


class Wire(asyncio.Transport):
    """A transport that goes nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.aborted = False

    def write(self, data: object) -> None:
        """Forget it."""

    def abort(self) -> None:
        self.aborted = True


@pytest.mark.parametrize(
    "answer",
    [
        b"SIP/2.0 200 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: +4\r\n\r\ndone",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4_0\r\n\r\ndone",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\ndone",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\ndone\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n",
        b"x" * (HEAD_MAX_BYTES + 1),
    ],
)
async def test_an_answer_that_is_not_http_is_a_fault_and_ends_the_connection(answer: bytes) -> None:
    connection, wire = HttpExchange(), Wire()
    connection.connection_made(wire)
    asked = connection.send(b"")
    connection.data_received(answer)
    with pytest.raises(HttpFault, match="the answer is not HTTP"):
        await asked
    assert wire.aborted and not connection.is_usable


def test_requests_share_a_connection_and_have_their_own_bodies() -> None:
    async def test(raw: RawAsterisk, client: AriClient) -> None:
        await client.request("POST", "channels", query={"a": "x y+z,&"}, body={"media": ["sound:ü"]})
        assert await client.request("GET", "bridges") == b"done"
        assert raw.connections == 1
        first, second = (one.decode() for one in raw.asked)
        assert first.startswith("POST /ari/channels?a=x%20y%2Bz%2C%26 HTTP/1.1\r\nHost: 127.0.0.1:")
        assert first.endswith('Content-Length: 27\r\n\r\n{"media": ["sound:\\u00fc"]}')
        assert "Authorization: Basic " in first and "Content-Length" not in second

    talk(test, EMPTY)


def test_the_end_of_a_connection_repeats_a_harmless_request_once() -> None:
    async def test(raw: RawAsterisk, client: AriClient) -> None:
        assert await client.request("DELETE", "channels", "a") == b"done"
        assert len(raw.asked) == 2
        with refused(AriError, "ari_no_connection"):
            await client.request("GET", "channels")
        assert len(raw.asked) == 4

    talk(test, None, OK, None, None)


def test_a_post_is_never_sent_twice() -> None:
    async def test(raw: RawAsterisk, client: AriClient) -> None:
        await client.request("POST", "bridges", "a")
        with refused(AriError, "ari_no_connection") as caught:
            await client.request("POST", "channels", "a", "answer")
        assert isinstance(caught.value, AriError) and caught.value.status == 0
        assert len(raw.asked) == 2

    talk(test, OK, None)


def test_a_part_of_an_answer_is_none() -> None:
    async def test(_: RawAsterisk, client: AriClient) -> None:
        with refused(AriError, "ari_no_connection"):
            await client.request("POST", "channels")

    async def main() -> None:
        async with serving(OK[:-1]) as (raw, client):
            cut = asyncio.create_task(test(raw, client))
            await raw.came.wait()
            raw.writers[0].close()
            await asyncio.wait_for(cut, LIMIT)

    asyncio.run(main())


async def test_a_recording_of_an_hour_is_not_copied_with_each_piece() -> None:
    size, piece = 57_600_000, bytes(64 * 1024)  # an hour of .wav
    exchange = HttpExchange()
    exchange.connection_made(asyncio.Transport())
    exchange._answer = answer = asyncio.get_running_loop().create_future()
    exchange.data_received(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
    start = time.process_time()
    for sent in range(0, size, len(piece)):
        exchange.data_received(piece[: size - sent])
    assert len((await answer).body) == size
    assert time.process_time() - start < 0.5  # with a copy for each piece, seconds


async def test_a_body_without_a_length_ends_with_the_connection() -> None:
    async with serving(b"HTTP/1.0 200 OK\r\n\r\nall of it") as (raw, client):
        asked = asyncio.create_task(client.request("GET", "channels"))
        await raw.came.wait()
        raw.writers[0].close()
        assert await asyncio.wait_for(asked, LIMIT) == b"all of it"
        assert await client.request("GET", "channels") == b"done" and raw.connections == 2


@pytest.mark.parametrize("answer", [OK.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"), OK + OK])
def test_a_connection_that_will_close_or_says_more_is_not_used_again(answer: bytes) -> None:
    async def test(raw: RawAsterisk, client: AriClient) -> None:
        for _ in range(2):
            assert await client.request("GET", "channels") == b"done"
        assert raw.connections == 2

    talk(test, answer)


def test_the_late_answer_of_a_request_that_was_given_up_is_no_answer_to_another() -> None:
    async def test(raw: RawAsterisk, client: AriClient) -> None:
        given_up = asyncio.create_task(client.request("GET", "slow"))
        await raw.came.wait()
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        assert await client.request("GET", "channels") == b"done"
        assert raw.connections == 2

    talk(test, b"")


def test_a_connection_that_was_idle_too_long_or_was_closed_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(raw: RawAsterisk, client: AriClient) -> None:
        await client.request("POST", "channels")
        raw.writers[0].close()
        assert client._http
        lost = asyncio.Event()
        [(connection, _)] = client._http._idle_connections
        noticed = connection.connection_lost
        monkeypatch.setattr(connection, "connection_lost", lambda error: (noticed(error), lost.set()))
        await lost.wait()
        await client.request("POST", "channels")
        assert raw.connections == 2
        monkeypatch.setattr(http_connections, "KEEP_ALIVE_SECONDS", 0)
        await client.request("POST", "channels")
        assert raw.connections == 3

    talk(test)
