"""Bytes to the command line's socket: messages with any content, cut, damaged, out of order, or of no kind at all."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from unittest import mock
from urllib.parse import quote_from_bytes

import msgspec
from hypothesis import strategies as st

from ari_app.http.local import local_server
from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.routes import API
from ari_app.http.server.password_check import ApiUsers
from ari_app.link import unix_sockets
from ari_app.link.unix_sockets import PeerCredentials
from tests.fuzz import hostile, quiet_log
from tests.fuzz.entry_point import Attack, Door
from tests.fuzz.listening import Listening, listening
from tests.fuzz.pieces import cut, exchanged
from tests.http.agent_api import FakeBoard, empty_database, no_orphans, verify, world
from tests.http.json_site import serve_local
from tests.http.own_app import own_app
from warmline.system import settings
from warmline.system.link_sockets import LOCAL
from warmline.system.socket_messages.frame import frame
from warmline.system.socket_messages.local_messages import VERSION, LocalHello, LocalRequest, ToClient

PATIENCE = 0.1  # seconds; a connection that is still open then waits for more data, as it may
STRANGER = 4711
LENGTHS = (0, 1, 1024, 1025, 262_144, 262_145, 2**31, 2**32 - 1)
MESSAGES = msgspec.msgpack.Decoder(ToClient)


def _packed(value: object) -> bytes:
    try:
        return msgspec.msgpack.encode(value)
    except (UnicodeEncodeError, OverflowError, RecursionError):  # JSON can hold more
        return hostile.written(value)


NAMED = {
    "user": "1000",
    "id": "C1",
    "comment": "1",
    "lead_id": "1",
    "kind": "campaign",
    "name": "TESTCAMP",
    "revision": "1",
}
texts = hostile.texts.map(lambda text: text[:200].encode("utf-8", "replace").decode())
paths = st.one_of(
    st.sampled_from([route.path.strip("/").format(**NAMED) for route in ROUTES]),
    st.builds(lambda text: f"agents/{quote_from_bytes(hostile.as_bytes(text))}", hostile.texts),
    texts,
)
queries = st.dictionaries(st.sampled_from(["limit", "after", "agent", "call", "follow", "x"]), texts, max_size=3)
bodies = st.one_of(
    st.just(b""), st.binary(max_size=100), hostile.json_values.map(hostile.written), st.just(b"{}" + b" " * 70_000)
)
hellos = st.builds(LocalHello, st.sampled_from([VERSION] * 9 + [0, 2**63 - 1]), texts, texts)
asked = st.builds(LocalRequest, st.sampled_from(["GET", "POST", "GET", "POST", "HEAD", "é"]), paths, queries, bodies)
nonsense = st.one_of(
    st.binary(max_size=50),
    st.sampled_from(LENGTHS).map(lambda length: length.to_bytes(4, "big")),
    hostile.json_values.map(_packed).map(lambda body: len(body).to_bytes(4, "big") + body),
    st.sampled_from([b"\x91", b"\x81\xa0", b"\xdd\xff\xff\xff\xff"]).map(lambda part: b"\0\0\x10\0" + part * 4096),
)


class Visit(NamedTuple):
    """A connection: its user, and the pieces that it sends; `shut` if it says that it sends no more."""

    user: int
    pieces: list[bytes]
    shut: bool


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    begin = draw(st.one_of(hellos.map(frame), hellos.map(frame), hellos.map(frame), nonsense))
    parts = draw(st.lists(st.one_of(asked.map(frame), asked.map(frame), nonsense), max_size=4))
    whole = begin + b"".join(parts)
    if draw(st.integers(0, 3)) == 0:
        whole = draw(hostile.damaged(st.just(whole)))
    pieces = cut(draw, whole)
    return Visit(draw(st.sampled_from([os.geteuid(), STRANGER])), pieces, draw(st.booleans()))


class _Site:
    def __init__(self, path: str, door: Listening, board: FakeBoard, log: quiet_log.Log) -> None:
        self._path, self._door, self._board, self._log = path, door, board, log
        self.user = os.geteuid()

    def peer(self, _connection: object) -> PeerCredentials:
        return PeerCredentials(1, self.user, 1)

    def attacked(self, visit: Visit) -> None:
        self._board.asked.clear()
        self.user = visit.user
        self._told(self._door.do(self._visit(visit, PATIENCE)))
        self._log.is_quiet()
        lost, self._door.lost = self._door.lost, []
        assert not lost, lost
        assert not self._board.asked or visit.user != STRANGER, self._board.asked
        self.user = os.geteuid()
        whole = frame(LocalHello(VERSION, "", "")) + frame(LocalRequest("GET", "agents", {}, b""))
        assert self._told(self._door.do(self._visit(Visit(self.user, [whole], shut=True), None)))[-1] == 200

    def _told(self, came: bytes) -> list[int]:
        """Return the statuses of the answers; every answer is a message."""
        found = []
        while len(came) >= 4 and len(came) >= 4 + (size := int.from_bytes(came[:4], "big")):
            message = MESSAGES.decode(came[4 : 4 + size])
            came = came[4 + size :]
            assert b"Traceback" not in msgspec.msgpack.encode(message)
            if status := getattr(message, "status", 0):
                assert 200 <= status < 500 or status == 503, message
                found.append(status)
        return found

    async def _visit(self, visit: Visit, patience: float | None) -> bytes:
        connection = await asyncio.open_unix_connection(self._path)
        return await exchanged(connection, visit.pieces, shut=visit.shut, patience=patience)


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as run, quiet_log.kept() as log:
        own = settings.load({"WARMLINE_RUN": run, "WARMLINE_DB": empty_database(), "WARMLINE_API_RATE": "0"})
        board = FakeBoard(world())
        app = own_app(board, ApiUsers(verify), own, no_orphans)
        with listening(app) as door, mock.patch.object(local_server, "SLOWED_BY", 0.0):
            site = _Site(LOCAL.path(run), door, board, log)
            with mock.patch.object(unix_sockets, "peer", site.peer):

                async def serving() -> asyncio.Task[None]:
                    return serve_local(app[API], own.run, asyncio.get_running_loop())

                task = door.do(serving())
                yield site.attacked
                task.cancel()
                door.do(asyncio.wait({task}))


DOOR = Door("command line's socket", visits(), opened, quick=5)
