"""The socket of the call process: messages that are damaged, foreign or repeated, on many connections."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st

from ari_app.link.call_requests import CallRequests
from ari_app.link.call_server import CONNECTIONS
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.frames import LARGEST
from ari_app.link.idempotency import CommandRequest
from ari_app.link.messages import FromCalls, Heartbeat, Request, StateBegins, Welcome
from ari_app.link.phone_requests import PhoneTokens, TurnServer
from ari_app.link.requests import RequestForm, forms
from ari_app.link.work_requests import WorkRequests
from ari_app.records.agent_api_tickets import TicketMaker
from ari_app.records.privileged_writes import TokenWriter
from ari_app.records.record_writes import RecordWriter
from ari_app.records.recording_audio import AudioSource
from ari_app.records.session_writes import SessionMaker
from tests.fuzz import hostile, quiet_log, typed_values
from tests.fuzz.call_process import ROLES, CallProcess, connected, records
from tests.fuzz.entry_point import Attack, Door
from tests.fuzz.json_api import demo_database
from tests.fuzz.pieces import cut
from tests.link.sent_requests import sent
from warmline.core.messages.command_shapes import SHAPES, new, used
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.store.journal import hash_chain
from warmline.store.maintenance import backup_and_vacuum
from warmline.system.socket_messages.frame import LENGTH, frame

CLOSED = 10.0  # seconds until the connections of an attack are closed, on any machine
PATIENCE = 0.02  # seconds; a connection that is still open then waits for more data, as it may
FLOOD = CONNECTIONS + 3
NUMBERS = ("8500", "9001234", "+9001", "777", "PJSIP/1&Local/2@x", "8500\n9001", "00900123")
KINDS = st.sampled_from([kind.value for kind in SHAPES])
GIVE = CallRequests.give.__qualname__
LARGE_PAUSE = {"kind": "PAUSE", "agent": "1000", "pause_code": "x" * 200_000}
HELLO = Hello(VERSION, "api", follows=True)
TOKEN, PASSWORD = "t" * 43, "opensesame7"
# Texts that name something: entities, options, fields of a lead, a user, and a token with all scopes.
WORDS = (
    *("1000", "TESTCAMP", "SALESLINE", "999", "8005551234", "campaign", "agent", "user", "setting", "warmline"),
    *("dial_timeout", "30", "pin", "phone_number", "first_name", "anna", PASSWORD, TOKEN, TOKEN, TOKEN),
)

PROTOCOLS = (
    CallRequests,
    PhoneTokens,
    TurnServer,
    RecordWriter,
    AudioSource,
    TokenWriter,
    SessionMaker,
    TicketMaker,
    WorkRequests,
)

# A session of an API process, message by message, as a captured one would be.
SESSION = (
    HELLO,
    sent(1, CallRequests.give, used(new(Kind.PAUSE, "1000")), "ada", "api/v1", "key-1", "", "said", TOKEN),
    sent(2, CallRequests.give, used(new(Kind.RESUME, "1000")), "ada", "api/v1", "key-2", "", "said", TOKEN),
    sent(3, CallRequests.give, {"kind": "DIAL", "agent": "1000", "number": "8500"}, "ada", "agc", "", "", "", TOKEN),
    sent(4, CallRequests.earlier, "ada", "api/v1", "key-1", "", "said", TOKEN),
    sent(5, CallRequests.give, {"kind": "SEND_DTMF", "agent": "1000"}, "ada", "api/v1", "", "123#", "", TOKEN),
    sent(6, CallRequests.orphans),
    sent(7, CallRequests.conversation, "PJSIP/1000-00000001"),
    sent(8, CallRequests.figures),
)


class Visit(NamedTuple):
    """Pieces that are sent one after the other, at the socket of a role, by this number of connections at once."""

    role: str
    pieces: list[bytes]
    end: str  # shut: no more data; reset: cut; open: neither
    times: int


def packed(value: Any) -> bytes:
    """Return msgpack, with invalid parts: text that is no UTF-8, and numbers as text if they have more than 64 bits."""
    return msgspec.msgpack.encode(_packable(value))


def _packable(value: Any) -> Any:
    match value:
        case str():
            return msgspec.Raw(_text(value.encode("utf-8", "surrogatepass")))
        case bool() | None | float() | bytes():
            return value
        case int():
            return value if -(2**63) <= value < 2**64 else f"{value}"
        case dict():
            return {as_name(name): _packable(inner) for name, inner in value.items()}
        case _:
            return [_packable(inner) for inner in value]


def as_name(name: str) -> str:
    """Return a text that UTF-8 can encode."""
    return name.encode("utf-8", "replace").decode()


def _text(text: bytes) -> bytes:
    return b"\xdb" + len(text).to_bytes(4, "big") + text


def framed(body: bytes) -> bytes:
    """Return a frame, whatever its body is."""
    return len(body).to_bytes(LENGTH, "big") + body


def _plain(message: Hello | Request) -> object:
    """Return a message as builtins; the arguments of a request too."""
    if isinstance(message, Hello):
        return msgspec.to_builtins(message)
    return ["Request", message.id, message.method, msgspec.msgpack.decode(message.arguments)]


def _drawn(form: RequestForm) -> st.SearchStrategy[list[Any]]:
    number = st.sampled_from(typed_values.NUMBERS)
    return st.tuples(st.just("Request"), number, st.just(form.name), typed_values.of_type(form.arguments, WORDS)).map(
        list
    )


plain = st.sampled_from(SESSION).map(_plain)
requests = {form.name: _drawn(form) for one in PROTOCOLS for form in forms(one).values()}
commands = st.fixed_dictionaries(
    {"kind": KINDS, "agent": st.sampled_from(["1000", "1001", ""])},
    optional={"number": st.sampled_from(NUMBERS), "dial_override": st.booleans(), "ingroup": hostile.texts},
)
given = st.builds(
    lambda number, command, key: [
        "Request",
        number,
        "CallRequests.give",
        [command, "ada", "api/v1", key, "", "", TOKEN],
    ],
    st.sampled_from([1, 1, 2, -1, 2**63]),
    commands,
    st.sampled_from(["", "key-1", "k" * 300]),
)
mutated = hostile.spoilt(st.one_of(plain, *requests.values(), given), times=3)
hellos = st.builds(
    Hello,
    st.sampled_from([VERSION] * 4 + [0, VERSION + 1, -1, 2**40]),
    hostile.texts.map(as_name),
    st.booleans(),
    st.sampled_from(["", "0" * 16, "x"]),
    st.sampled_from([0, -1, 1, 2**62, -(2**62)]),
).map(frame)
raw = st.one_of(
    mutated.map(packed).map(framed),
    given.map(packed).map(framed),
    st.one_of(*requests.values()).map(packed).map(framed),
    st.sampled_from(SESSION).map(frame),
    st.sampled_from([Welcome(VERSION, "x"), Heartbeat(connected=True, lost_at=0), StateBegins(b"{}")]).map(frame),
    hostile.json_values.map(packed).map(framed),
    st.binary(max_size=60).map(framed),
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"\0\0\0\0",
            b"\xff\xff\xff\xff",
            (LARGEST + 1).to_bytes(LENGTH, "big"),
            LARGEST.to_bytes(LENGTH, "big") + b"x",
            framed(b"\x91" * 5000),
            framed(b"\x81\xa1a" * 3000),
            framed(b"\xdd\xff\xff\xff\xff"),
            framed(b"\xdb\xff\xff\xff\xffx"),
            frame(sent(1, CallRequests.figures)) * 600,
            framed(packed(["Request", 1, "CallRequests.give", [LARGE_PAUSE, *"abcde", TOKEN]])),
        ]
    ),
)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    first = draw(st.one_of(hellos, hellos, hellos, raw, st.just(frame(HELLO))))
    whole = first + b"".join(draw(st.lists(raw, max_size=4)))
    if draw(st.integers(0, 3)) == 0:
        whole = draw(hostile.damaged(st.just(whole)))
    pieces = cut(draw, whole)
    end = draw(st.sampled_from(["shut"] * 8 + ["reset"] * 3 + ["open"]))
    return Visit(draw(st.sampled_from(ROLES)), pieces, end, draw(st.sampled_from([1] * 20 + [3, FLOOD])))


class _Socket:
    def __init__(self, process: CallProcess, log: quiet_log.Log) -> None:
        self._process, self._log = process, log
        self._good, self._keeping = process.do(connected(process.path("api")))
        self._tasks = asyncio.all_tasks(process.loop)
        self._asked = 0

    def attacked(self, visit: Visit) -> None:
        self._process.do(self._all(visit))
        self._process.check()
        self._log.is_quiet()
        assert not self._keeping.done(), self._keeping

    async def end(self) -> None:
        """Disconnect the good client."""
        self._keeping.cancel()
        await asyncio.wait([self._keeping])

    async def _all(self, visit: Visit) -> None:
        commands = len(self._process.board.given)
        for came in await asyncio.gather(*(self._one(visit) for _ in range(visit.times))):
            _read(came)
        await self._is_served()
        if others := asyncio.all_tasks() - self._tasks - {asyncio.current_task()}:  # of connections that end
            _, late = await asyncio.wait(others, timeout=CLOSED)
            assert not late, late
        await self._is_served()  # after the last command of the visit
        assert records(self._good.world) == records(self._process.driver.world)
        given = len(self._process.board.given) - commands - 2
        assert visit.role == "api" or not given, "this role may give no command"

    async def _is_served(self) -> None:
        """Check that the good client gets an answer, and then has its receipt."""
        self._asked += 1
        command = new(Kind.RESUME if self._asked % 2 else Kind.PAUSE, "1000")
        reply = await self._good.give(CommandRequest(command, "ada", "good", f"good-{self._asked}", token=TOKEN))
        assert self._good.receipt(reply.receipt)

    async def _one(self, visit: Visit) -> bytes:
        """Return what the call process sent, until it closed the connection or waits for more."""
        reader, writer = await asyncio.open_unix_connection(self._process.path(visit.role))
        came = b""
        try:
            with suppress(OSError, RuntimeError):  # the call process may have closed it already
                for piece in visit.pieces:
                    writer.write(piece)
                    await asyncio.sleep(0)  # a turn between two pieces, so that they arrive separately
                if visit.end == "reset":
                    return b""
                if visit.end == "shut":
                    writer.write_eof()
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(PATIENCE if visit.end == "open" else CLOSED):
                    while piece := await reader.read(65536):
                        came += piece
        finally:
            writer.transport.abort()
        return came


def _read(came: bytes) -> None:
    """Check that each whole frame is a message of the call process. Raises AssertionError, msgspec.DecodeError."""
    while len(came) >= LENGTH + (size := int.from_bytes(came[:LENGTH], "big")):
        msgspec.msgpack.decode(came[LENGTH : LENGTH + size], type=FromCalls)
        came = came[LENGTH + size :]
        if not came:
            break


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as run, quiet_log.kept() as log:
        database = Path(run, "warmline.db")
        database.write_bytes(demo_database())
        config.create(database, "api-token", "all", {"scopes": "ALL", "token": TOKEN}, who="fuzz")
        config.create(database, "user", "anna", {"pass": PASSWORD, "role": "manager"}, who="fuzz")
        with closing(CallProcess(database)) as process:
            socket = _Socket(process, log)
            yield socket.attacked
            process.do(socket.end())
        assert backup_and_vacuum.check(database) == hash_chain.verify(database) == []


DOOR = Door("call socket", visits(), opened, quick=4)
