"""FastAGI: the scripts' decisions over a connection, and faults that Asterisk can cause."""

import asyncio
import re
import socket
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ari_app import fastagi
from ari_app.process.passed_sockets import CannotListen
from lab import ports
from tests.agi.other_end import ENVIRONMENT, split
from tests.agi.test_scripts import script
from tests.wording.said import refused
from warmline.agi import AGI
from warmline.store.agi import routing_facts
from warmline.store.agi.routing_facts import KeptDatabase

WAIT_SECONDS = 10.0  # seconds; only a failing test takes them
SHORT_TIMEOUT_SECONDS = 2.0  # seconds of a request that takes too long; the other requests end sooner
OK = "200 result=1"


def say(agi: AGI, text: str) -> None:
    agi.set_variable("WARMLINE_ROUTE", text)


def fail(agi: AGI) -> None:
    raise ZeroDivisionError("a bug")


DECISIONS: Mapping[str, fastagi.Decision] = {"say": (say, ("TEXT",)), "fail": (fail, ())}


class Asterisk:
    """Asterisk's end of one request."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def send(self, text: str) -> None:
        self.writer.write(text.encode())

    def asks(self, script: str, *arguments: str) -> None:
        """Send Asterisk's first lines."""
        argument_lines = "".join(f"agi_arg_{number}: {text}\n" for number, text in enumerate(arguments, 1))
        self.send(f"agi_network: yes\nagi_network_script: {script}\n{ENVIRONMENT}{argument_lines}\n")

    async def command(self) -> list[str]:
        """Return the next command in words; none when the connection ends."""
        try:
            line = await asyncio.wait_for(self.reader.readline(), WAIT_SECONDS)
        except ConnectionResetError:  # it was closed with unread data
            return []
        return split(line.decode().removesuffix("\n")) if line else []

    async def all_commands(self, reply: str = OK) -> list[list[str]]:
        """Reply to each command until the connection ends."""
        commands = []
        while words := await self.command():
            commands.append(words)
            self.send(reply + "\n")
        return commands


class FastAgiDoor:
    """Run a server of these decisions on its own port."""

    def __init__(self, port: int, server: fastagi.FastAgiServer) -> None:
        self.port, self.server = port, server

    @asynccontextmanager
    async def asterisk(self, host: str = "127.0.0.1") -> AsyncIterator[Asterisk]:
        """Connect as Asterisk does, from this address."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(host, 0))
        try:
            yield Asterisk(reader, writer)
        finally:
            writer.close()

    async def talk(self, script: str, *arguments: str, reply: str = OK) -> list[list[str]]:
        """Return all commands of a request."""
        async with self.asterisk() as asterisk:
            asterisk.asks(script, *arguments)
            return await asterisk.all_commands(reply)


@asynccontextmanager
async def running_server(decisions: Mapping[str, fastagi.Decision] = DECISIONS) -> AsyncIterator[FastAgiDoor]:
    block, keeper = ports.reserve()
    with keeper:
        server = fastagi.FastAgiServer(f"127.0.0.1:{block.api}", decisions)
        server_task = asyncio.create_task(server.run())
        try:
            yield FastAgiDoor(block.api, server)
        finally:
            server_task.cancel()
            await asyncio.wait([server_task])
            await server.close()


def reason(commands: list[list[str]]) -> str:
    """Return why there is no route."""
    (text,) = (words[3] for words in commands if words[:3] == ["SET", "VARIABLE", "WARMLINE_REASON"])
    return text


def without_ids(commands: list[list[str]]) -> str:
    """The same without the times in some reasons, because the two decisions are not simultaneous."""
    text = re.sub("WARMLINE_CALL=[0-9A-Z]{26}", "WARMLINE_CALL=ID", str(commands))
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME", text)


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("route_did", "8005550100"),
        ("route_did", "+8005550102"),
        ("route_did", "8005550110"),
        ("route_did", "8005550113"),
        ("route_did", "8005550122"),
        ("route_did", "8009999999"),
        ("route_did", "800%0A%22"),
        ("enter_ingroup", "SALESLINE"),
        ("enter_ingroup", "NOWHERE"),
        ("enter_agentdirect", "1000"),
        ("enter_agentdirect", "4711"),
    ],
)
def test_fastagi_sends_the_same_commands_as_the_script(database: Path, name: str, argument: str) -> None:
    async def scenario() -> list[list[str]]:
        with closing(KeptDatabase(str(database))) as connection:
            async with running_server(fastagi.scripts(connection)) as server:
                first_commands = await server.talk(name, argument)
                second_commands = await server.talk(name, argument)
        assert without_ids(first_commands) == without_ids(second_commands) != str(first_commands)
        return second_commands

    assert without_ids(asyncio.run(scenario())) == without_ids(script(name, argument, WARMLINE_DB=str(database)))


def test_a_locked_database_delays_no_other_connection(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing_facts, "BUSY", 1.0)
    monkeypatch.setattr(fastagi, "LIMIT", 30.0)  # which comes after it on a slow machine too

    async def scenario() -> None:
        with (
            closing(KeptDatabase(str(database))) as connection,
            closing(sqlite3.connect(database, isolation_level=None)) as holder,
        ):
            async with running_server({**fastagi.scripts(connection), **DECISIONS}) as server:
                holder.execute("PRAGMA locking_mode=EXCLUSIVE")
                holder.execute("BEGIN EXCLUSIVE")
                locked_task = asyncio.create_task(server.talk("route_did", "8005550100"))
                await server.talk("say", "meanwhile")
                assert not locked_task.done()
                assert "database is locked" in reason(await locked_task)
                holder.execute("COMMIT")
                holder.execute("PRAGMA locking_mode=NORMAL")
                holder.execute("SELECT 1 FROM did").fetchone()
                assert "WARMLINE_ROUTE=ingroup" in str(await server.talk("route_did", "8005550100"))

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("script", "arguments", "expected_reason"),
    [
        ("say", (), "the dialplan gave say 0 arguments; use AGI(say,TEXT)"),
        ("say", ("1", "2"), "the dialplan gave say 2 arguments; use AGI(say,TEXT)"),
        ("nothing", (), "FastAGI has no 'nothing'; there are: say, fail"),
        ("../say", ("1",), "FastAGI has no '../say'; there are: say, fail"),
        ("fail", (), "test_fastagi.py line 37: ZeroDivisionError: a bug"),
    ],
)
def test_a_failed_decision_gives_its_reason(script: str, arguments: tuple[str, ...], expected_reason: str) -> None:
    async def scenario() -> None:
        async with running_server() as server:
            assert reason(await server.talk(script, *arguments)) == expected_reason

    asyncio.run(scenario())


def test_lines_of_a_caller_do_not_name_the_script() -> None:
    async def scenario() -> None:
        async with running_server() as server, server.asterisk() as asterisk:
            environment = "agi_callerid: 1\nagi_network_script: fail\n"
            asterisk.send(f"agi_network_script: say\n{environment}agi_arg_1: as asked\n\n")
            assert await asterisk.all_commands() == [["SET", "VARIABLE", "WARMLINE_ROUTE", "as asked"]]

    asyncio.run(scenario())


@pytest.mark.parametrize("text", ["", "agi_network: yes\nagi_netw", "agi_network_script: say\nagi_arg_1: x\n"])
@pytest.mark.parametrize("is_closed", [True, False])
def test_an_incomplete_request_is_cut_off(text: str, is_closed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastagi, "LIMIT", SHORT_TIMEOUT_SECONDS)

    async def scenario() -> None:
        async with running_server() as server, server.asterisk() as asterisk:
            asterisk.send(text)
            if is_closed:
                asterisk.writer.write_eof()
            assert await server.talk("say", "meanwhile")
            assert await asterisk.command() == []

    asyncio.run(scenario())


def test_an_asterisk_that_does_not_reply_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastagi, "LIMIT", SHORT_TIMEOUT_SECONDS)

    async def scenario() -> None:
        async with running_server() as server, server.asterisk() as asterisk:
            asterisk.asks("say", "x")
            assert (await asterisk.command())[0] == "SET"
            assert await asterisk.command() == []
            monkeypatch.undo()
            assert await server.talk("say", "afterwards")

    asyncio.run(scenario())


@pytest.mark.parametrize("reply", ["HANGUP", "511 dead", "HANGUP\n511 dead", "520-usage\n520 end", "200 result=-1"])
def test_a_caller_who_has_gone_ends_the_request(reply: str) -> None:
    async def scenario() -> None:
        async with running_server() as server, server.asterisk() as asterisk:
            asterisk.asks("say", "x")
            await asterisk.command()
            asterisk.send(reply + "\n")
            asterisk.writer.write_eof()
            while words := await asterisk.command():
                assert "WARMLINE_ROUTE" not in words
            assert await server.talk("say", "the next one")

    asyncio.run(scenario())


def test_more_requests_than_may_be_open_are_left_to_the_dialplan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastagi, "OPEN_MAX", 2)

    async def scenario() -> None:
        async with (
            running_server() as server,
            server.asterisk() as first_commands,
            server.asterisk() as second_connection,
        ):
            for connection in (first_commands, second_connection):
                connection.asks("say", "one")
                assert await connection.command()
            assert await server.talk("say", "three") == []

    asyncio.run(scenario())


@pytest.mark.parametrize("flood_host", ["127.0.0.2", "127.0.0.1"])
def test_idle_connections_make_room_for_a_request(flood_host: str) -> None:
    async def scenario() -> None:
        async with running_server() as server, AsyncExitStack() as flood:
            for _ in range(200):
                await flood.enter_async_context(server.asterisk(flood_host))
            began = time.monotonic()
            assert await server.talk("say", "of Asterisk")
            await server.server.turned()
            assert time.monotonic() - began < fastagi.LIMIT, "it waits for no time limit"

    asyncio.run(scenario())


def test_an_address_with_many_unfinished_requests_makes_room_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastagi, "OPEN_MAX", 3)

    async def scenario() -> None:
        async with running_server() as server, AsyncExitStack() as flood:
            first_commands, *other_connections = [
                await flood.enter_async_context(server.asterisk("127.0.0.2")) for _ in range(3)
            ]
            for connection in (first_commands, *other_connections):
                connection.asks("say", "hold")
                assert await connection.command()
            assert await server.talk("say", "of Asterisk")
            assert await first_commands.command() == []
            for connection in other_connections:
                connection.send(OK + "\n")
                await connection.all_commands()

    asyncio.run(scenario())


def test_a_slow_decision_delays_no_loop_and_no_dialplan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastagi, "LIMIT", SHORT_TIMEOUT_SECONDS)
    go_on = threading.Event()

    def slow(agi: AGI) -> None:
        go_on.wait(WAIT_SECONDS)
        agi.set_variable("WARMLINE_ROUTE", "too late")

    async def scenario() -> None:
        async with running_server({**DECISIONS, "slow": (slow, ())}) as server, server.asterisk() as asterisk:
            asterisk.asks("slow")
            assert await server.talk("say", "meanwhile")
            assert await asterisk.command() == []
            go_on.set()
            monkeypatch.undo()
            assert await server.talk("say", "afterwards")

    asyncio.run(scenario())


@pytest.mark.parametrize("address", ["0.0.0.0:4573", "[::]:4573", "192.0.2.1:4573", "pbx.example.org:4573"])
def test_other_machines_cannot_ask(address: str) -> None:
    with refused(CannotListen, "setting_fastagi_not_local", value=address):
        fastagi.FastAgiServer(address, DECISIONS)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        with refused(CannotListen, "fastagi_not_listening", where=address):
            fastagi.FastAgiServer(address, DECISIONS)


LINES = st.sampled_from([b"agi_network_script: say", b"agi_arg_1: x", b"", b"200 result=1", b"HANGUP", b"agi_x: \xff"])


@settings(max_examples=10)
@given(st.lists(LINES | st.binary(max_size=60), max_size=8), st.lists(st.integers(0, 200), max_size=3), st.booleans())
def test_any_bytes_in_any_pieces_leave_the_next_request_its_answer(
    lines: list[bytes], cuts: list[int], is_reset: bool
) -> None:
    sent, cuts = b"\n".join(lines), [0, *sorted(cuts)]

    async def scenario() -> None:
        async with running_server() as server, server.asterisk() as asterisk:
            for start, end in zip(cuts, [*cuts[1:], len(sent)], strict=True):
                asterisk.writer.write(sent[start:end])
                await asyncio.sleep(0)  # so that the pieces arrive separately
            asterisk.writer.transport.abort() if is_reset else asterisk.writer.write_eof()
            assert await server.talk("say", "afterwards") == [["SET", "VARIABLE", "WARMLINE_ROUTE", "afterwards"]]

    asyncio.run(scenario())
