"""The checks of the benchmark of restarts: each must find what it looks for."""

import asyncio
import shutil
import socket
import struct
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import MISSING, fields
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from lab.description import Lab
from tests.http.json_site import JsonSite, json_site
from tools.proofs.restarts import keyed_commands as keyed
from tools.proofs.restarts.command_clients import PATIENCE, SentCommands, client
from tools.proofs.restarts.connection_watch import ANSWERED, ENDED, REFUSED, RESET, ConnectionWatch
from tools.proofs.restarts.event_followers import EventFollower
from tools.proofs.restarts.listened_call import HeardRound
from tools.proofs.restarts.live_followers import LiveFollower
from tools.proofs.restarts.restart_findings import EndFindings
from tools.proofs.restarts.restart_rounds import NOTHING, FinishedRound
from tools.proofs.restarts.restart_rows import result
from tools.proofs.restarts.stream_reader import StreamReader
from warmline.core.messages.commands import Kind
from warmline.store.database.database import connect

WELL = FinishedRound("api", "restart", 0.2, 0.3, 0.5, {ANSWERED: 50}, HeardRound(0, 0, ""), 1000, 2000)
CONTROL = WELL._replace(part=NOTHING, how=NOTHING, began=0, ended=1000)


@pytest.fixture
def site(demo_database: Path, tmp_path: Path) -> Iterator[JsonSite]:
    with json_site(Path(shutil.copy(demo_database, tmp_path)), tmp_path) as made:
        yield made


# -- commands --


def test_a_command_without_its_effect_or_with_two_is_found(site: JsonSite) -> None:
    commands = list(islice(keyed.pauses_as_json("A", "1000"), 4))
    for one in commands:
        assert site.ask("POST", one.path.removeprefix("/api/v1"), one.body, Idempotency_Key=one.key).status == 201
    db = str(site.database)
    assert keyed.wrong_effects(db, commands) == []
    lost = commands[0]._replace(key="A00009")
    assert keyed.wrong_effects(db, [*commands, lost]) == [
        f"A00009 is 0 times in {what}" for what in ("the journal", "the receipts", "the effect pause")
    ]
    twice = "UPDATE agent_interval SET pause_code = 'A00001' WHERE pause_code = 'A00002'"
    for change in (twice, "UPDATE receipt SET key = 'A00001-end' WHERE key = 'A00002-end'"):
        with closing(connect(db)) as connection, connection:
            connection.execute(change)
    assert keyed.wrong_effects(db, commands) == [
        "A00001-end is 2 times in the receipts",
        "A00002-end is 0 times in the receipts",
        "A00001 is 2 times in the effect pause",
        "A00002 is 0 times in the effect pause",
    ]


async def sent_to(answers: list[web.Response], command: keyed.KeyedCommand, patience: float, run: Path) -> SentCommands:
    """Give a command to a server with these answers, the last one for all further requests."""

    async def answer(_request: web.Request) -> web.Response:
        one = answers.pop(0) if len(answers) > 1 else answers[0]
        return web.Response(status=one.status, body=one.body)

    app, sent = web.Application(), SentCommands()
    app.router.add_post("/{path:.*}", answer)
    (run / "run").mkdir()
    (run / "run/token").write_text("secret\n")
    async with TestServer(app) as server:
        url = str(server.make_url("")).rstrip("/")
        lab = Lab(str(run), url, {}, "", "", "", [], {}, {"user": "6666"}, {}, {}, {}, 0)
        async with client(lab, sent) as one:
            await one.give(command, patience)
    return sent


PAUSE, FORM = next(keyed.pauses_as_json("A", "1000")), next(keyed.pauses_as_form("C", "1000"))


@pytest.mark.parametrize(
    ("command", "failed", "good"), [(PAUSE, (503, ""), (201, "")), (FORM, (200, "ERROR: away"), (200, "SUCCESS: done"))]
)
def test_a_command_is_repeated_until_it_succeeds(
    command: keyed.KeyedCommand, failed: tuple[int, str], good: tuple[int, str], tmp_path: Path
) -> None:
    answers = [web.Response(status=status, text=text) for status, text in (failed, failed, good)]
    sent = asyncio.run(sent_to(answers, command, PATIENCE, tmp_path))
    assert [one.tries for one in sent.done] == [3] and sent.failures.total() == 2
    assert (sent.lost, sent.wrong) == ([], [])


@pytest.mark.parametrize(
    ("command", "answer"), [(PAUSE, (500, "oh")), (PAUSE, (404, "who")), (FORM, (200, "oh")), (FORM, (503, "ERROR: x"))]
)
def test_another_answer_is_wrong(command: keyed.KeyedCommand, answer: tuple[int, str], tmp_path: Path) -> None:
    answers = [web.Response(status=answer[0], text=answer[1])]
    sent = asyncio.run(sent_to(answers, command, 0.01, tmp_path))
    assert sent.done == [] and len(sent.wrong) == 1 and answer[1] in sent.wrong[0]


def test_a_command_that_never_succeeds_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.proofs.restarts.command_clients.PATIENCE", 0.01)
    sent = asyncio.run(sent_to([web.Response(status=503)], PAUSE, 0.01, tmp_path))
    assert sent.done == [] and len(sent.lost) == 1 and "A00001" in sent.lost[0]


# -- streams --


async def followed(site: JsonSite, reader: StreamReader, work: Callable[[], object]) -> None:
    """Let a reader read twice, with a break between; `work` is done during and after each time."""
    take, seen = reader.take, asyncio.Queue[str]()

    def seen_too(name: str, kind: str, data: bytes) -> None:
        take(name, kind, data)
        seen.put_nowait(name)

    with patch.object(reader, "take", seen_too):
        for _ in range(2):
            async with asyncio.TaskGroup() as reading:
                one = reading.create_task(reader.run())
                await seen.get()
                work()
                while f"{site.driver.last_row()}" not in (await seen.get()).split("-"):
                    pass
                one.cancel()
            work()


def test_events_that_are_missing_double_or_changed_are_found(site: JsonSite) -> None:
    def pause() -> None:
        site.driver.ask(Kind.PAUSE)
        site.driver.ask(Kind.RESUME)

    async def read() -> list[list[str]]:
        async with aiohttp.ClientSession(site.url, headers={"Authorization": f"Bearer {site.token}"}) as http:
            well, one = EventFollower(http), EventFollower(http, "1000")
            bad = [Missing(http), Double(http), Changed(http)]
            for reader in (well, one, *bad):
                await followed(site, reader, pause)
                assert reader.streams == 2
            return [reader.differences(str(site.database)) for reader in (well, one, *bad)]

    well, one, missing, double, changed = site.do(read())
    assert (well, one) == ([], [])
    assert ["did not get" in text for text in missing] == [True]
    assert ["2 times" in text for text in double] == [True]
    assert ["another text" in text for text in changed] == [True]


class Spoilt(EventFollower):
    """Spoils its third event."""

    taken = 0

    def take(self, name: str, kind: str, data: bytes) -> None:
        self.taken += bool(data)
        if data and self.taken == 3:
            self.spoil(name, kind, data)
        else:
            super().take(name, kind, data)

    def spoil(self, name: str, kind: str, data: bytes) -> None:
        """Do not take it."""


class Missing(Spoilt):
    """Loses it."""


class Double(Spoilt):
    """Gets it twice."""

    def spoil(self, name: str, kind: str, data: bytes) -> None:
        for _ in range(2):
            EventFollower.take(self, name, kind, data)


class Changed(Spoilt):
    """Gets another text."""

    def spoil(self, name: str, kind: str, data: bytes) -> None:
        EventFollower.take(self, name, kind, data + b" ")


def test_a_live_picture_that_is_not_the_state_is_found(site: JsonSite) -> None:
    async def read() -> tuple[list[str], list[str]]:
        async with aiohttp.ClientSession(site.url, headers={"Authorization": f"Bearer {site.token}"}) as http:
            reader = LiveFollower(http)
            await followed(site, reader, partial(site.driver.ask, Kind.PAUSE))
            well = await reader.differences()
            site.driver.ask(Kind.RESUME)
            return well, await reader.differences()

    well, outdated = site.do(read())
    assert well == [] and ["1000" in text for text in outdated] == [True]


# -- connections --


async def result_of(serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> str:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        return await watched(server.sockets[0].getsockname()[1])


async def watched(port: int) -> str:
    return await ConnectionWatch("127.0.0.1", port).result()


def test_connections_that_fail_are_told_apart() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.1 503 no\r\n\r\n")
        writer.close()

    async def end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    assert [asyncio.run(result_of(one)) for one in (answer, end, reset)] == [ANSWERED, ENDED, RESET]
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert asyncio.run(watched(closed.getsockname()[1])) == REFUSED


# -- the result --


def test_a_run_without_errors_is_met() -> None:
    kill = WELL._replace(how="kill", connections={ANSWERED: 40, RESET: 2})
    calls = WELL._replace(part="calls", oldest=4.0, began=2000, ended=3000)
    assert result([CONTROL, WELL, kill, calls], EndFindings(fell_back=[2500, 2600])).met


@pytest.mark.parametrize(
    "what", [one.name for one in fields(EndFindings) if one.default is MISSING and one.name != "fell_back"]
)
def test_anything_wrong_at_the_end_fails_the_run(what: str) -> None:
    left = EndFindings()
    getattr(left, what).append("something")
    assert not result([CONTROL, WELL], left).met


@pytest.mark.parametrize(
    "wrong",
    [
        {"connections": {ANSWERED: 50, REFUSED: 1}},
        {"connections": {ANSWERED: 50, RESET: 1}, "how": "stop"},
        {"oldest": 3.1},
        {"heard": HeardRound(0, 0, "agent not customer")},
    ],
)
def test_anything_wrong_in_a_round_fails_the_run(wrong: dict[str, Any]) -> None:
    assert not result([CONTROL, *[WELL] * 10, WELL._replace(**wrong)], EndFindings()).met


def test_a_caller_at_the_fallback_while_the_call_process_ran_fails_the_run() -> None:
    assert result([CONTROL, WELL], EndFindings(fell_back=[2000])).met
    assert not result([CONTROL, WELL], EndFindings(fell_back=[1999])).met


def test_packets_count_beside_those_of_the_control() -> None:
    ours, theirs = WELL._replace(heard=HeardRound(3, 0, "")), WELL._replace(heard=HeardRound(0, 5, ""))
    assert result([CONTROL, *[WELL] * 48, ours], EndFindings()).met is False
    assert result([CONTROL, *[WELL] * 49, ours], EndFindings()).met
    assert result([CONTROL, *[WELL] * 10, ours, theirs], EndFindings()).met
