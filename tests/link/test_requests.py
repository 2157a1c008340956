"""Requests between the processes: each method of a Protocol arrives as it was called, and so do its errors."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pytest
from hypothesis import Phase, find, settings
from msgspec import Raw

from ari_app.link.call_client import CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.call_requests import CallRequests
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.messages import Raised, Refusal, Request, Returned, Welcome
from ari_app.link.phone_requests import PhoneTokens, TurnServer
from ari_app.link.requests import Handler, Line, RequestFailed, RequestForm, forms, remote, request, served
from ari_app.link.work_requests import WorkRequests
from ari_app.records.agent_api_tickets import TicketMaker
from ari_app.records.privileged_writes import TokenWriter
from ari_app.records.record_writes import RecordWriter
from ari_app.records.recording_audio import AudioSource
from ari_app.records.session_writes import SessionMaker
from tests.link import typed_values
from tests.link.sent_requests import form, sent
from tests.link.test_call_server import GivenFeed, ServerStage, serving
from tests.rows import check_rows
from tests.wording.said import refused
from warmline.options.values.entity import OptionError
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.login_refusals import LoginDelayed, LoginRefused
from warmline.text.coded_error import CodedError

PROTOCOLS = (
    *(CallRequests, PhoneTokens, TurnServer, RecordWriter, AudioSource, TokenWriter, SessionMaker, TicketMaker),
    WorkRequests,
)
FORMS = [(protocol, one) for protocol in PROTOCOLS for one in forms(protocol).values()]
BAD = "a message cannot be read: "
WORDS = ("1000", "ada", "", "x{y}")


class Sums(Protocol):
    @request(NotFound, LoginDelayed, LoginRefused, StoreError)
    async def add(self, first: int, second: int = 2, *, word: Line = "") -> str:
        """Return a text with two numbers and a word."""


class Adder:
    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    async def add(self, first: int, second: int = 2, *, word: str = "") -> str:
        if self.error:
            raise self.error
        return f"{first + second} {word}"


def talked(
    folder: Path, handlers: Mapping[str, Handler], talk: Callable[[CallLink, ServerStage], Awaitable[None]]
) -> None:
    """Let a program with a link talk with a server that has these handlers."""

    async def go() -> None:
        async with asyncio.timeout(10), serving(folder, GivenFeed([]), handlers) as stage:
            link = CallLink(stage.path, "test")
            running = asyncio.create_task(link.run())
            try:
                await talk(link, stage)
            finally:
                running.cancel()
                await asyncio.wait({running})

    asyncio.run(go())


def drawn(kind: Any) -> Any:
    """Return a value of a type, as it is read from the wire."""

    def is_valid(value: object) -> bool:
        try:
            msgspec.convert(value, kind)
            return bool(msgspec.msgpack.encode(value))
        except (msgspec.ValidationError, UnicodeEncodeError, OverflowError):
            return False

    value = find(typed_values.of_type(kind, WORDS), is_valid, settings=settings(phases=[Phase.generate]))
    return msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=kind)


def test_each_request_comes_with_its_arguments_and_its_result_goes_back(tmp_path: Path) -> None:
    def check(protocol: Callable[..., object], one: RequestForm) -> None:
        arguments, result = msgspec.structs.asdict(drawn(one.arguments)), drawn(one.returns)
        came: list[object] = []

        async def method(*given: object, **named: object) -> object:
            came.extend([*given, *named.values()])
            return result

        async def talk(link: CallLink, _: ServerStage) -> None:
            assert await getattr(remote(protocol, link, 5.0), one.method)(**arguments) == result

        talked(tmp_path, {one.name: Handler(one, method)}, talk)
        assert came == list(arguments.values())

    check_rows(check, FORMS)


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (kind("some_code", "{a}", a="{b}"), kind, "some_code")
        for kind in (NotFound, LoginDelayed, LoginRefused, StoreError)
    ],
)
def test_an_error_comes_as_itself_with_its_code_and_sentence(
    tmp_path: Path, error: Exception, kind: type[CodedError], code: str
) -> None:
    async def talk(link: CallLink, _: ServerStage) -> None:
        with refused(kind, code) as raised:
            await remote(Sums, link, 5.0).add(1, word="x")
        assert type(raised.value) is kind and str(raised.value) == "{b}"

    talked(tmp_path, served(Sums)(Adder(error)), talk)


@pytest.mark.parametrize(
    ("error", "code", "why"),
    [
        (OptionError("option_odd", "{a}", a="{b}"), "option_odd", "{b}"),
        (KeyError("a secret"), "internal_error", "the call process could not answer; see its log"),
    ],
)
def test_an_error_that_a_request_does_not_have_is_a_failure_in_words(
    tmp_path: Path, error: Exception, code: str, why: str
) -> None:
    adder = Adder(error)

    async def talk(link: CallLink, _: ServerStage) -> None:
        with refused(RequestFailed, code) as raised:
            await remote(Sums, link, 5.0).add(1, word="x")
        assert str(raised.value) == why and not raised.value.__dict__["sent"]
        adder.error = None
        assert await remote(Sums, link, 5.0).add(1, word="x") == "3 x", "the connection stays"

    talked(tmp_path, served(Sums)(adder), talk)


@pytest.mark.parametrize(
    ("answer", "code", "why"),
    [
        (Raised(1, "SystemExit", "odd", "so"), "odd", "^so$"),
        (Raised(1, "Conflict", "", "{so}"), "internal_error", "^{so}$"),
        (Returned(1, Raw(b"\x07")), "answer_unreadable", "^the answer of the call process to Sums.add cannot be read"),
        (Returned(1, Raw(b"\xa1\xff")), "answer_unreadable", "restart both processes$"),
    ],
)
def test_an_answer_of_another_form_is_a_failure_in_words(answer: Raised | Returned, code: str, why: str) -> None:
    with pytest.raises(RequestFailed, match=why) as raised:
        form(Sums.add).result(answer)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (Request(1, "Adder.add", Raw(b"\x90")), "message Adder.add is not allowed here"),
        (Request(1, "x" * 1000, Raw(b"\x90")), f"message {'x' * 80} is not allowed here"),
        (Request(1, "Sums.__init__", Raw(b"\x90")), "message Sums.__init__ is not allowed here"),
        (sent(1, SessionMaker.end, "t"), "message SessionMaker.end is not allowed here"),
        (sent(1, Sums.add, "1", word="x"), BAD + "Expected `int`, got `str` - at `$[0]`"),
        (sent(1, Sums.add, 1, word="x" * 256), BAD + "Expected `str` of length <= 255 - at `$[2]`"),
        (
            Request(1, "Sums.add", Raw(b"\x90")),
            "a message cannot be read: Expected `array` of at least length 1, got 0",
        ),
        (Request(1, "Sums.add", Raw(b"\x80")), BAD + "Expected `array`, got `object`"),
        (Request(1, "Sums.add", Raw(b"\x91" * 5000 + b"\x90")), BAD),
        (Request(1, "Sums.add", Raw(b"\x94\x01\x02\xa1x\x03")), BAD),
    ],
)
def test_a_forbidden_request_ends_the_connection_and_calls_nothing(tmp_path: Path, message: Request, why: str) -> None:
    called: list[object] = []

    async def noted(*given: object, **_: object) -> str:
        called.append(given)
        return ""

    async def talk(_: CallLink, stage: ServerStage) -> None:
        client = await stage.client(Hello(VERSION, "test"), message)
        assert isinstance(await client.next(), Welcome)
        refusal = await client.next()
        assert isinstance(refusal, Refusal) and refusal.why.startswith(why)
        assert await client.next() is None and not called
        client.writer.close()

    talked(tmp_path, {"Sums.add": Handler(form(Sums.add), noted)}, talk)


def test_without_an_answer_the_caller_gets_the_error_of_its_choice(tmp_path: Path) -> None:
    came: list[Exception] = []

    def chosen(error: CallProcessAway | TimeoutError) -> Exception:
        came.append(error)
        return Conflict("chosen", "as chosen")

    async def stuck(*_: object, **__: object) -> str:
        await asyncio.Event().wait()
        return ""

    async def talk(link: CallLink, _: ServerStage) -> None:
        with refused(Conflict, "chosen"):
            await remote(Sums, link, 0.02, chosen).add(1, word="x")
        with pytest.raises(TimeoutError):
            await remote(Sums, link, 0.02).add(1, word="x")

    talked(tmp_path, {"Sums.add": Handler(form(Sums.add), stuck)}, talk)
    assert [type(one) for one in came] == [TimeoutError]
