"""The app's answers to a front: each question at once, within limits, and the next connection after a fault."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from tests.wording.said import refused
from tools.simulation.asterisk.several_servers import B, SeveralServers
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.system import server_settings
from warmline.system.settings import DEFAULTS, Settings, SettingsError
from warmline_contrib.front import front_link
from warmline_contrib.front.front_link import FrontLink, NewCall, create_coroutines

ASK = "ask 7 11 " + " ".join(text.encode().hex() for text in ("id@host", "8005550100", '+49 "30"'))
CALL = NewCall("id@host", "8005550100", '+49 "30"')
SERVER = "10.0.0.5:5060"


class FakeFront:
    """A front that takes connections; `connections` are those that have come."""

    def __init__(self) -> None:
        self.connections: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Keep a connection."""
        await self.connections.put((reader, writer))


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def linked(
    place: Callable[[NewCall], str], leads: Callable[[], bool] = lambda: True
) -> AsyncIterator[tuple[FakeFront, Connection]]:
    """Run a link to a front that is there; yield it and the first connection."""
    fake = FakeFront()
    server = await asyncio.start_server(fake.take, "127.0.0.1")
    server.sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    port = server.sockets[0].getsockname()[1]
    link = asyncio.create_task(FrontLink(f"127.0.0.1:{port}", place, tuple, leads).run())
    try:
        async with asyncio.timeout(10):
            yield fake, await fake.connections.get()
    finally:
        link.cancel()
        await asyncio.wait({link})
        server.close()
        while not fake.connections.empty():
            fake.connections.get_nowait()[1].close()


def framed(text: str) -> bytes:
    return f"{len(text)}:{text},".encode()


async def message(reader: asyncio.StreamReader) -> str:
    """Return the next answer."""
    while (text := await netstring(reader)) == "beat" or text.startswith("drains"):
        pass
    return text


async def netstring(reader: asyncio.StreamReader) -> str:
    length = int((await reader.readuntil(b":"))[:-1])
    text = (await reader.readexactly(length + 1)).decode()
    assert text[-1] == ","
    return text[:-1]


async def test_a_question_is_answered_with_the_address_of_the_server() -> None:
    asked: list[NewCall] = []

    def place(call: NewCall) -> str:
        asked.append(call)
        return SERVER

    async with linked(place) as (_, (reader, writer)):
        assert await netstring(reader) == "beat"
        for piece in framed(ASK):
            writer.write(bytes([piece]))
            await writer.drain()
        assert await message(reader) == f"7 11 sip:{SERVER}"
        writer.write(framed(ASK) + framed("ask 8 12 aa bb ") + framed("ask 9 13 aa")[:-3])
        assert await message(reader) == f"7 11 sip:{SERVER}"
        assert await message(reader) == f"8 12 sip:{SERVER}"
    assert asked[:2] == [CALL, CALL] and asked[2].caller == "" and len(asked) == 3


async def test_an_app_that_reaches_no_server_leaves_the_front_to_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_link, "BEAT_SECONDS", 0.01)
    leads = [True]
    async with linked(lambda _: SERVER, lambda: leads[0]) as (fake, (reader, writer)):
        assert await netstring(reader) == "beat"
        leads[0] = False
        await reader.read()
        writer.write(framed(ASK))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(fake.connections.get(), 0.1)
        leads[0] = True
        await fake.connections.get()


async def test_a_fault_of_the_placement_lets_the_front_decide(caplog: pytest.LogCaptureFixture) -> None:
    def place(_: NewCall) -> str:
        raise KeyError("b")

    async with linked(place) as (_, (reader, writer)):
        writer.write(framed(ASK))
        assert await message(reader) == "7 11 none"
    assert "KeyError" in caplog.text


async def test_other_messages_are_ignored() -> None:
    texts = ("", "beat", "ask", "ask x y aa bb cc", "ask 1 2 zz bb cc", "ask 1 2 aa bb cc dd", "é")
    async with linked(lambda _: SERVER) as (_, (reader, writer)):
        writer.write(b"".join(f"{len(text.encode())}:{text},".encode() for text in texts) + framed(ASK))
        assert await message(reader) == f"7 11 sip:{SERVER}"


@pytest.mark.parametrize(
    "nonsense", [b"GET / HTTP/1.1\r\n\r\n", b"99999", b"2049:", b":", b"-1:", b"3:beat,", b"\x00" * 9]
)
async def test_nonsense_ends_the_connection_and_the_next_one_works(
    nonsense: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_link, "BEAT_SECONDS", 0.01)
    async with linked(lambda _: SERVER) as (fake, (_, writer)):
        writer.write(nonsense)
        reader, again = await fake.connections.get()
        again.write(framed(ASK))
        assert await message(reader) == f"7 11 sip:{SERVER}"
        writer.close()
        again.close()


async def test_the_front_decides_about_the_questions_of_a_flood_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_link, "time", SimpleNamespace(monotonic=lambda: 1000.0))
    async with linked(lambda _: SERVER) as (_, (reader, writer)):
        writer.write(framed(ASK) * 600)
        answers = [await message(reader) for _ in range(600)]
        assert answers.count(f"7 11 sip:{SERVER}") == 500 and answers.count("7 11 none") == 100


async def test_a_front_that_does_not_read_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_link, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(front_link, "UNREAD_MAX_BYTES", 0)
    async with linked(lambda _: SERVER * 500) as (fake, (_, writer)):
        questions = framed(ASK) * 1000
        while fake.connections.empty():
            writer.write(questions)
            await asyncio.sleep(0)
            if writer.transport.is_closing():
                break
        _, again = await fake.connections.get()
        again.close()


@pytest.mark.parametrize("value", ["8448", "front:8448", "9.9.9.9:8448", "0.0.0.0:8448", "127.0.0.1:0"])
def test_a_front_is_at_a_loopback_or_private_address(value: str) -> None:
    with refused(SettingsError, "setting_front_invalid", value=value):
        FrontLink(value, lambda _: "")


async def test_without_a_front_nothing_runs_and_with_one_the_settings_give_the_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(front_link, "BEAT_SECONDS", 0.01)
    servers = server_settings.read({"b": {"ari_url": "http://127.0.0.1:1/ari", "sip": SERVER}}, "file", {}, "secrets")
    lab = SeveralServers()
    lab.feed(ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight(B, 10))))
    assert create_coroutines(Settings(**DEFAULTS, servers=servers), lambda: lab.world, lambda: True) == []
    fake = FakeFront()
    listening = await asyncio.start_server(fake.take, "127.0.0.1")
    front = f"127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    given = Settings(**DEFAULTS | {"front": front}, servers=servers)
    lab.ask(Kind.SERVER_DRAIN, agent="", server=MAIN_SERVER)
    [work] = create_coroutines(given, lambda: lab.world, lambda: True)
    running = asyncio.create_task(work)
    async with asyncio.timeout(10):
        reader, writer = await fake.connections.get()
        writer.write(framed(ASK))
        assert await message(reader) == f"7 11 sip:{SERVER}"
        lab.ask(Kind.SERVER_RESUME, agent="", server=MAIN_SERVER)
        lab.ask(Kind.SERVER_DRAIN, agent="", server=B)
        while await netstring(reader) != f"drains sip:{SERVER}":
            pass
        writer.write(framed(ASK))
        assert await message(reader) == "7 11 none", "main has no address for SIP"
    running.cancel()
    writer.close()
    listening.close()
