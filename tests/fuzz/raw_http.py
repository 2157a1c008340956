"""Bytes to the HTTP port that are hardly HTTP: cut, slow, doubled, or two requests that look like one."""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from hypothesis import strategies as st

from ari_app.http.server.password_check import ApiUsers
from tests.fuzz import hostile, quiet_log
from tests.fuzz.entry_point import Attack, Door
from tests.fuzz.listening import Listening, listening
from tests.fuzz.pieces import cut, exchanged
from tests.http.agent_api import FakeBoard, empty_database, no_orphans, verify, world
from tests.http.own_app import own_app
from warmline.core.messages.commands import Kind
from warmline.system import settings

PATIENCE = 0.1  # seconds; a connection that is still open then waits for more data, as it may
ASKS = "/agc/api.php?source=x&user={user}&pass=1234&agent_user=1000&function={function}&value=PAUSE"
PAUSES = ASKS.format(user="6666", function="external_pause").encode()
STRANGER = ASKS.format(user="nobody", function="external_pause").encode()
BODY = b"source=x&user=nobody&pass=1&agent_user=1000&function=external_pause&value=PAUSE"
# fmt: off
HEADERS = (
    b"Host: x", b"Host: y", b"Content-Length: 0", b"Content-Length: 5", b"Content-Length: +5",
    b"Content-Length: 5, 5",
    b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Content-Length: 0x5", b"content-length: 79",
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked, identity", b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked", b" Transfer-Encoding: chunked",
    b"Expect: 100-continue", b"Expect: 100-\xff",
    b"Connection: close", b"Connection: keep-alive, Upgrade", b"Upgrade: websocket", b"Upgrade: h2c", b"X: \0",
    b"X: a\rb",
    b"X: " + b"y" * 9000, b": empty", b"no colon", b"Content-Type: application/x-www-form-urlencoded",
    b"Content-Type: multipart/form-data; boundary=" + b"b" * 300, b"Content-Encoding: gzip", b"Range: bytes=0-0,-1",
    b"Authorization: Bearer " + b"\xff" * 20, b"Authorization: Basic !!!", b"Cookie: =;=;", b"Sec-WebSocket-Key: x",
)
MANY = [b"X%d: " % at + b"y" * 8000 for at in range(130)]  # a megabyte, in headers that are each short enough
LINES = (
    b"GET " + STRANGER + b" HTTP/1.1", b"POST /agc/api.php HTTP/1.1", b"GET /api/v1/agents HTTP/1.1",
    b"GET / HTTP/0.9",
    b"GET /metrics HTTP/1.1", b"GET /healthz HTTP/1.0", b"GET http://x/healthz HTTP/1.1", b"CONNECT x:1 HTTP/1.1",
    b"OPTIONS * HTTP/1.1",
    b"PRI * HTTP/2.0", b"GET  /healthz  HTTP/1.1", b"GET /\xff HTTP/1.1", b"GET /%00 HTTP/1.1",
    b"GET //x/../.. HTTP/1.1",
    b"GET /healthz", b"\x16\x03\x01\x02\x00", b"POST /api/v1/agents/1000/pause HTTP/1.1",
    b"GET /api/v1/events HTTP/1.1",
    b"HEAD /agc/api.php HTTP/1.1", b"GET /healthz?" + b"x" * 9000 + b" HTTP/1.1",
)
BODIES = (
    b"", b"0\r\n\r\n", b"5\r\nabcde\r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b"-1\r\n",
    b"5;x=" + b"y" * 300 + b"\r\nabcde\r\n0\r\n\r\n",
    b"0\r\nTrailer: x\r\n\r\n", b"g\r\n", BODY, b"4f\r\n" + BODY + b"\r\n0\r\n\r\n", b"5\nabcde\n0\n\n",
    b"0_5\r\nabcde\r\n",
    b"--b\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\n6666\r\n--b--\r\n",
)
# fmt: on


class Visit(NamedTuple):
    """Pieces, one after the other; `named` is how often an authorized client requested an agent's pause."""

    pieces: list[bytes]
    named: int
    shut: bool


@st.composite
def one_request(draw: st.DrawFn) -> bytes:
    end = draw(st.sampled_from([b"\r\n"] * 6 + [b"\n", b"\r"]))
    headers = draw(st.lists(st.sampled_from(HEADERS), max_size=5))
    headers += draw(st.sampled_from([[], [], [], MANY]))
    return end.join([draw(st.sampled_from(LINES)), b"Host: x", *headers, b"", b""]) + draw(st.sampled_from(BODIES))


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    whole = b"".join(draw(st.lists(one_request(), min_size=1, max_size=3)))
    if draw(st.booleans()):
        whole = draw(hostile.damaged(st.just(whole)))
    named = draw(st.sampled_from([0, 0, 0, 1]))
    whole += (b"\r\n\r\nGET " + PAUSES + b" HTTP/1.1\r\nHost: x\r\n\r\n") * named
    pieces = cut(draw, whole)
    return Visit(pieces, named, draw(st.sampled_from([True] * 5 + [False])))


class _Site:
    def __init__(self, door: Listening, board: FakeBoard, log: quiet_log.Log) -> None:
        self._door, self._board, self._log = door, board, log

    def attacked(self, visit: Visit) -> None:
        self._board.asked.clear()
        came = self._door.do(self._visit(visit))
        for status in re.findall(rb"(?:^|\n)HTTP/[0-9.]+ ([0-9]{3})", came):
            assert int(status) < 500, came
        assert b"Traceback" not in came
        self._log.is_quiet()
        lost, self._door.lost = self._door.lost, []
        assert not lost, lost
        asked = [command.kind for command, _, _ in self._board.asked]
        assert asked == [Kind.PAUSE] * len(asked) and len(asked) <= visit.named, asked
        assert b"200 OK" in self._door.do(self._visit(Visit([b"GET /healthz HTTP/1.0\r\n\r\n"], 0, shut=False), None))

    async def _visit(self, visit: Visit, patience: float | None = PATIENCE) -> bytes:
        connection = await asyncio.open_connection("127.0.0.1", self._door.port)
        return await exchanged(connection, visit.pieces, shut=visit.shut, patience=patience)


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as run, quiet_log.kept() as log:
        own = settings.load({"WARMLINE_RUN": run, "WARMLINE_DB": empty_database(), "WARMLINE_API_RATE": "0"})
        board = FakeBoard(world())
        with listening(own_app(board, ApiUsers(verify), own, no_orphans)) as door:
            yield _Site(door, board, log).attacked


DOOR = Door("raw HTTP", visits(), opened, quick=4)
