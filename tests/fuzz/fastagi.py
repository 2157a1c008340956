"""FastAGI's listener: any data that a client sends in pieces, and the answer to the next request."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from hypothesis import strategies as st

from ari_app import fastagi
from lab import ports
from tests.agi.conftest import make_database
from tests.agi.other_end import ENVIRONMENT
from tests.fuzz import hostile, quiet_log
from tests.fuzz.agi import ANSWERS, anything
from tests.fuzz.agi_lines import judge
from tests.fuzz.entry_point import Attack, Door
from tests.fuzz.pieces import cut
from warmline.store.agi.routing_facts import KeptDatabase

LIMIT = 0.2  # seconds, instead of the 2 of a request, because many clients here send nothing
ENOUGH = 25.0  # seconds for a valid request, on any machine
FLOOD = fastagi.OPEN_MAX + 3
NAMES = (
    b"route_did",
    b"enter_ingroup",
    b"enter_agentdirect",
    b"agent_login",
    b"fallback",
    b"",
    b"route_did\0",
    b"../x",
)
GOOD = f"agi_network_script: route_did\n{ENVIRONMENT}agi_arg_1: 8005550100\n\n".encode()
REPLIES = b"200 result=1\n" * 9


class Visit(NamedTuple):
    """The pieces that are sent, one after the other; the end; and the number of simultaneous clients."""

    script: str
    pieces: list[bytes]
    end: str  # shut: no more data; reset: the connection is cut; open: neither
    times: int


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    script = draw(st.sampled_from(NAMES))
    lines = [b"agi_network: yes", b"agi_network_script: " + script, *ENVIRONMENT.encode().splitlines()]
    lines += [b"agi_arg_%d: %b" % pair for pair in enumerate(draw(st.lists(anything, max_size=3)), 1)]
    lines += draw(st.lists(anything, max_size=2))
    replies = draw(st.lists(st.sampled_from(ANSWERS), max_size=8)) if draw(st.booleans()) else [b"200 result=1"] * 9
    whole = b"\n".join([*lines, b"", *replies, b""])
    if draw(st.booleans()):
        whole = draw(hostile.damaged(st.just(whole)))
    pieces = cut(draw, whole)
    end = draw(st.sampled_from(["shut"] * 8 + ["reset"] * 3 + ["open"]))
    times = draw(st.sampled_from([1] * 30 + [3, FLOOD]))
    return Visit(script.decode(), pieces, end, times)


class _Server:
    """The listener on its own loop."""

    def __init__(self, kept: KeptDatabase, log: quiet_log.Log) -> None:
        self._log = log
        self._loop = asyncio.new_event_loop()
        self._lost: list[str] = []
        self._loop.set_exception_handler(lambda _loop, context: self._lost.append(str(context)))
        block, self._keeper = ports.reserve()
        self._port = block.api
        self._server = fastagi.FastAgiServer(f"127.0.0.1:{self._port}", fastagi.scripts(kept))
        self._serving = self._loop.create_task(self._server.run())

    def visited(self, visit: Visit) -> None:
        self._loop.run_until_complete(self._all(visit))
        self._log.is_quiet()
        lost, self._lost = self._lost, []
        assert not lost, lost
        assert not self._serving.done(), "the listener has ended"

    async def _all(self, visit: Visit) -> None:
        for said in await asyncio.gather(*(self._one(visit) for _ in range(visit.times))):
            judge(visit.script, said, b"".join(visit.pieces))
        if visit.times == 1:  # after a flood, the listener may be full for a moment
            with patch.object(fastagi, "LIMIT", ENOUGH):
                said = await self._by_asterisk()
            assert judge("route_did", said, b"")["WARMLINE_ROUTE"] == "ingroup,SALESLINE"

    async def _one(self, visit: Visit) -> bytes:
        """Return the answer until the server ends the connection, as it always does."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            for piece in visit.pieces:
                writer.write(piece)
                await asyncio.sleep(0)  # a turn between two pieces, so that they arrive separately
            if visit.end == "reset":
                writer.transport.abort()
                return b""
            with suppress(OSError):  # the server may have closed it already
                if visit.end == "shut":
                    writer.write_eof()
                return await reader.read()
            return b""
        finally:
            writer.close()

    async def _by_asterisk(self) -> bytes:
        """Return the answer to a valid request, which gets no reply before its first command."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(GOOD)
            first = await reader.readline()
            writer.write(REPLIES)
            writer.write_eof()
            return first + await reader.read()
        finally:
            writer.close()

    def close(self) -> None:
        self._serving.cancel()
        self._loop.run_until_complete(asyncio.wait([self._serving]))
        self._loop.run_until_complete(self._server.close())
        self._loop.close()
        self._keeper.close()


@contextmanager
def opened() -> Iterator[Attack]:
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(fastagi, "LIMIT", LIMIT),
        quiet_log.kept() as log,
        closing(KeptDatabase(str(make_database(Path(folder, "warmline.db"))))) as kept,
        closing(_Server(kept, log)) as server,
    ):
        yield server.visited


DOOR = Door("fastagi", visits(), opened, quick=4)
