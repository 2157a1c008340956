"""The API process's end of the socket: a call process that sends damaged, foreign and repeated messages."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import msgspec
from hypothesis import strategies as st
from msgspec import Raw

from ari_app.link import call_client, call_server, remote_calls, unix_sockets
from ari_app.link.call_client import CallProcessAway
from ari_app.link.call_control import CommandReply
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.frames import LARGEST, LARGEST_BACK, FrameReader
from ari_app.link.idempotency import CommandRequest
from ari_app.link.messages import (
    Answer,
    Changes,
    Heartbeat,
    LiveRecord,
    Raised,
    Refusal,
    Request,
    Returned,
    StateBegins,
    StateEnds,
    StatePart,
    ToCalls,
    Welcome,
)
from ari_app.link.remote_calls import RemoteCalls
from ari_app.live.event_feed import EventFilter
from ari_app.live.hub import Hub
from ari_app.live.live_copy import OVERVIEW
from tests.fuzz import hostile, quiet_log
from tests.fuzz.call_process import CallProcess, records
from tests.fuzz.call_socket import as_name, framed, packed
from tests.fuzz.entry_point import Attack, Door
from tests.fuzz.json_api import demo_database
from tests.fuzz.pieces import cut
from warmline.core.messages.command_shapes import new
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.system.socket_messages.frame import LENGTH, frame
from warmline.text.coded_error import CodedError

AGAIN, SILENT, HEARTBEAT = 0.001, 0.2, 0.02  # seconds, instead of those of a real connection
ERRORS = ("", "KeyReusedError", "StoreError", "CommandInvalid", "CommandTimeout", "?")
REPLY = Raw(msgspec.msgpack.encode(CommandReply("R", "")))
TOKEN = "t" * 43
ANSWERED = 0.1  # seconds for the answer to a command
SERVED = 10.0  # seconds until the good call process is followed, on any machine


PAUSE, RESUME = new(Kind.PAUSE, "1000"), new(Kind.RESUME, "1000")


class Hostile(NamedTuple):
    """The pieces that a hostile call process sends, its answers to requests, and whether it then closes the connection.

    An answer has the id 0, in place of the request's.
    """

    pieces: list[bytes]
    answers: list[Answer]
    closes: bool


def _session() -> list[bytes]:
    """Return the messages of a real call process to a follower, during a call."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "warmline.db")
        database.write_bytes(demo_database())
        with closing(CallProcess(database)) as process:
            sent: list[bytes] = []
            assert process.driver.source
            process.driver.customer()
            leave = process.driver.source.follow(sent.append)
            process.driver.hang_up("cust")
            process.driver.ask(Kind.STATUS, status="SALE")
            leave()
    welcome = [frame(Welcome(VERSION, "beginning"))]
    return [*welcome, *sent, frame(Heartbeat(connected=True, lost_at=0)), frame(Returned(1, REPLY))]


def _values(text: bytes) -> object:
    """Return a message as JSON values; the JSON in it as text."""
    return _as_text(msgspec.msgpack.decode(text[LENGTH:]))


def _as_text(value: object) -> object:
    match value:
        case bytes():
            return value.decode()
        case list():
            return [_as_text(one) for one in value]
        case dict():
            return {name: _as_text(one) for name, one in value.items()}
    return value


SESSION = _session()
ODD_RECORDS = st.builds(
    LiveRecord,
    st.sampled_from(["call", "leg", "session", "receipt", "recording", "wait", "journal", ""]),
    st.sampled_from(["1", "", "x" * 300]),
    st.booleans(),
    st.one_of(st.just(b""), st.just(b"{}"), st.just(b'{"id":"1"}'), st.binary(max_size=20), st.just(b"[" * 5000)),
)
ODD_NUMBERS = st.sampled_from([0, 1, -1, 2**62, -(2**62)])
odd = st.one_of(
    st.builds(StateBegins, st.sampled_from([b"{}", b"", b"[]", b'{"campaigns":7}', b"{" * 5000])),
    st.builds(StatePart, st.lists(ODD_RECORDS, max_size=3)),
    st.builds(StateEnds, ODD_NUMBERS, ODD_NUMBERS, st.just({"SALESLINE": -1})),
    st.builds(
        Changes, ODD_NUMBERS, ODD_NUMBERS, st.just([]), st.lists(ODD_RECORDS, max_size=3), st.just(b""), st.just({})
    ),
    st.sampled_from(
        [
            Welcome(VERSION, "again"),
            Refusal("no place"),
            Hello(VERSION, "calls"),
            Returned(1, Raw(b"\xa1x")),
            Raised(1, "StoreError", "code", "{why} {0}"),
            Raised(1, "?", "", ""),
        ]
    ),
).map(frame)
mutated = hostile.spoilt(st.sampled_from(SESSION).map(_values), times=3).map(packed).map(framed)
raw = st.one_of(
    odd,
    odd,
    mutated,
    mutated,
    st.sampled_from(SESSION),
    st.binary(max_size=60).map(framed),
    st.sampled_from(
        [b"\0\0\0\0", b"\xff\xff\xff\xff", (LARGEST_BACK + 1).to_bytes(LENGTH, "big"), framed(b"\x91" * 5000)]
    ),
)


values = st.one_of(
    st.builds(lambda receipt, why: [receipt, why, False], hostile.texts.map(as_name), st.just("why")),
    st.fixed_dictionaries({"receipt": hostile.texts.map(as_name), "is_unrecorded": st.booleans()}),
    hostile.json_values,
    st.none(),
)
answers: st.SearchStrategy[Answer] = st.one_of(
    st.builds(lambda value: Returned(0, Raw(packed(value))), values),
    st.builds(Raised, st.just(0), st.sampled_from(ERRORS), st.sampled_from(["", "code"]), st.just("{why} {0}")),
)


@st.composite
def attacks(draw: st.DrawFn) -> Hostile:
    whole = draw(st.sampled_from([SESSION[:1], SESSION[:4], SESSION, []]))
    frames = [*whole, *draw(st.lists(raw, max_size=4))]
    if draw(st.booleans()):
        frames = list(draw(st.permutations(frames)))
    sent = b"".join(frames)
    if draw(st.integers(0, 3)) == 0:
        sent = draw(hostile.damaged(st.just(sent)))
    pieces = cut(draw, sent)
    return Hostile(pieces, draw(st.lists(answers, max_size=2)), draw(st.sampled_from([True, True, False])))


class _Client:
    """An API process's end. Its next connection is to a hostile call process, each later one to the good one."""

    def __init__(self, process: CallProcess, log: quiet_log.Log) -> None:
        self._process, self._log = process, log
        self._next: Hostile | None = None
        self._good = asyncio.Event()  # a connection to the good call process has begun
        self._open: set[asyncio.StreamWriter] = set()
        path = str(process.folder / "calls-between")
        listener = unix_sockets.bind(path, 0o600)
        self._between = process.do(asyncio.start_unix_server(self._connected, sock=listener))
        self._calls = RemoteCalls(path, "api")
        self._hub = Hub(self._calls.turns)
        self._keeping = process.loop.create_task(self._calls.link.run())
        process.do(self._calls.link.up())
        self._asked = 0

    def attacked(self, given: Hostile) -> None:
        with self._hub.followed(OVERVIEW), self._hub.events.followed(EventFilter()):
            self._process.do(self._one(given))
        self._process.check()
        self._log.is_quiet()

    async def end(self) -> None:
        """End both ends."""
        self._keeping.cancel()
        self._between.close()
        await asyncio.wait([self._keeping])
        self._cut()

    async def _one(self, given: Hostile) -> None:
        self._next = given
        self._good.clear()
        self._cut()
        async with asyncio.timeout(SERVED):
            while not self._good.is_set():
                with suppress(CallProcessAway, TimeoutError, CodedError):
                    await self._calls.give(CommandRequest(PAUSE, "ada", "fuzz", token=TOKEN))
                assert not self._keeping.done(), self._keeping
            self._asked += 1
            reply = await self._good_reply()
        assert self._calls.receipt(reply.receipt)
        assert records(self._calls.world) == records(self._process.driver.world)
        assert {one.user for one in self._hub.copy.whole(OVERVIEW).agents} == set(self._process.driver.world.sessions)

    async def _good_reply(self) -> CommandReply:
        """Return the answer of the good call process; on a busy machine, a heartbeat may be late."""
        command = RESUME if self._asked % 2 else PAUSE
        while True:
            with suppress(CallProcessAway):
                order = CommandRequest(command, "ada", "good", f"good-{self._asked}", token=TOKEN)
                return await self._calls.give(order)

    def _cut(self) -> None:
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        hostile_one, self._next = self._next, None
        if hostile_one is None:
            self._good.set()
            await self._pass_on(reader, writer)
            return
        with suppress(OSError):
            for piece in hostile_one.pieces:
                writer.write(piece)
                await asyncio.sleep(0)  # a turn between two pieces, so that they arrive separately
            requests = FrameReader[ToCalls](reader, ToCalls, LARGEST)
            for answer in hostile_one.answers:
                while not isinstance(request := await requests.next(), Request | None):
                    pass
                if request is None:
                    break
                writer.write(frame(msgspec.structs.replace(answer, id=request.id)))
            await (writer.drain() if hostile_one.closes else reader.read())
        writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Connect the client with the good call process, until one of them ends."""
        far_reader, far = await asyncio.open_unix_connection(self._process.path("api"))
        self._open.add(far)
        await asyncio.gather(_pump(reader, far), _pump(far_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(65536):
            writer.write(piece)
    writer.close()


@contextmanager
def opened() -> Iterator[Attack]:
    with (
        tempfile.TemporaryDirectory() as run,
        patch.multiple(call_client, AGAIN=AGAIN, SILENT=SILENT),
        patch.object(call_server, "HEARTBEAT_EVERY", HEARTBEAT),
        patch.object(remote_calls, "ANSWER_WITHIN", ANSWERED - remote_calls.MARGIN),
        quiet_log.kept() as log,
    ):
        database = Path(run, "warmline.db")
        database.write_bytes(demo_database())
        config.create(database, "api-token", "all", {"scopes": "ALL", "token": TOKEN}, who="fuzz")
        with closing(CallProcess(database)) as process:
            client = _Client(process, log)
            yield client.attacked
            process.do(client.end())


DOOR = Door("call socket, client", attacks(), opened, quick=4)
