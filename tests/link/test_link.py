"""The socket between call process and API process: commands, the live state, restarts, and strangers."""

import asyncio
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import Raw

from ari_app.link import call_client
from ari_app.link.call_client import CallLink, OtherVersionError
from ari_app.link.call_control import CallProcessAway
from ari_app.link.call_requests import CallRequests
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.frames import FrameError
from ari_app.link.idempotency import KeyReusedError
from ari_app.link.messages import Refusal, Request, Welcome
from ari_app.process.dial_stop_requests import DialStopClient, DialStopRefused, DialStopUnwritable
from tests.link.link_stage import LinkStage, on_a_link, order, raw
from tests.link.sent_requests import form, sent
from tests.wording.said import refused
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Command, Kind
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.model.receipt import Outcome
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.system import dial_stop_file

PAUSE = make_command(Kind.PAUSE, "1000")
HELLO = Hello(VERSION, "test")


def test_a_read_after_a_command_sees_its_receipt(tmp_path: Path) -> None:
    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            for number in range(20):
                reply = await calls.give(order(PAUSE))
                receipt = calls.receipt(reply.receipt)
                assert receipt and receipt.outcome is Outcome.REFUSED and receipt.by == "token:ada", number
                assert reply.refused and reply.why == receipt.cause
                assert await calls.outcome(reply.receipt, 1.0) == receipt

    on_a_link(tmp_path, talk)


def test_also_while_the_disk_is_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ari_app.switchboard.turn_commit.COMMIT_WITHIN", 0.01)

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            with closing(connect(tmp_path / "warmline.db")) as other:
                other.execute("BEGIN IMMEDIATE")  # no other program can write now
                reply = await calls.give(order(PAUSE))
                assert calls.receipt(reply.receipt)
                other.execute("ROLLBACK")
            while stage.board.late_commits == 0:
                await stage.board.turned()

    on_a_link(tmp_path, talk)


def test_a_key_is_given_once_and_another_command_with_it_is_refused(tmp_path: Path) -> None:
    one = replace(order(PAUSE, "key"), request="one")

    def impossible(command: Command) -> Command:
        raise LookupError

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls, stage.remote() as others:
            with pytest.raises(LookupError):
                await calls.give(one, impossible)
            first, second = await asyncio.gather(calls.give(one), others.give(one))
            assert first == second == await calls.give(one, impossible)
            with pytest.raises(KeyReusedError):
                await others.give(replace(one, request="two"))
        assert len(stage.board._receipts._ended) == 1

    on_a_link(tmp_path, talk)


def test_the_emergency_stop_is_a_file_of_the_call_process(tmp_path: Path) -> None:
    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            options = {"scopes": "agents:supervise,config:write", "token": "d" * 43}
            config.create(tmp_path / "warmline.db", "api-token", "dialler", options, who="test")
            ben = DialStopClient("user:ben", "d" * 43, may_lift=True)
            assert [await calls.change_dial_stop(True, "", ben) for _ in range(2)] == [True, False]
            assert dial_stop_file.is_set(tmp_path)
            assert await calls.change_dial_stop(False, "right", ben) and not dial_stop_file.is_set(tmp_path)
            (tmp_path / dial_stop_file.NAME).mkdir()
            with pytest.raises(DialStopUnwritable, match="no-dial cannot be changed: Is a directory; on the machine"):
                await calls.change_dial_stop(False, "right", ben)

    on_a_link(tmp_path, talk)


def test_a_hostile_api_process_lifts_no_stop_in_the_name_of_a_manager(tmp_path: Path) -> None:
    """The call process believes the token only, and neither a name nor a right that the other process claims."""

    async def talk(stage: LinkStage) -> None:
        dial_stop_file.stop(tmp_path, "user:ben")
        known = {"dialler": "agents:supervise", "reader": "calls:read,config:write"}
        for name, scopes in known.items():
            options = {"scopes": scopes, "token": name[0] * 43}
            config.create(tmp_path / "warmline.db", "api-token", name, options, who="test")
        async with stage.remote() as calls:
            for token, code in (("r" * 43, "not_allowed"), ("x" * 43, "not_allowed"), ("d" * 43, "of_another")):
                with refused(DialStopRefused, f"dial_stop_{code}"):
                    await calls.change_dial_stop(False, "mine", DialStopClient("user:mia", token, may_lift=True))
        assert dial_stop_file.is_set(tmp_path)

    on_a_link(tmp_path, talk)


def test_a_restart_is_waited_for_and_the_state_is_whole_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ari_app.link.call_client.WAIT", 1.0)

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            await stage.stop()
            while calls.link.is_up:
                await stage.board.turned()
            waiting = asyncio.create_task(calls.give(order(PAUSE)))
            await stage.board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE")))
            stage.start()
            assert (await waiting).receipt
            assert dict(calls.world.calls) == dict(stage.board.world.calls)
            await stage.stop()
            with pytest.raises(CallProcessAway, match="away"):
                await calls.give(order(PAUSE))
            stage.start()

    on_a_link(tmp_path, talk)


def test_another_version_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ends, and systemd starts the version that is installed."""

    async def talk(stage: LinkStage) -> None:
        async with raw(stage) as client:
            client.send(Hello(VERSION + 1, "api"))
            refusal = await client.next()
            assert isinstance(refusal, Refusal) and "restart both: first the call process" in refusal.why
            assert await client.next() is None
        monkeypatch.setattr(call_client, "VERSION", VERSION + 1)
        with pytest.raises(OtherVersionError, match="restart both"):
            await CallLink(stage.path, "api").run()

    on_a_link(tmp_path, talk)


def test_another_user_is_refused(tmp_path: Path) -> None:
    async def talk(stage: LinkStage) -> None:
        await stage.stop()
        stage.start(lambda uid: False)
        async with raw(stage) as client:
            client.send(HELLO)
            refusal = await client.next()
            assert isinstance(refusal, Refusal) and f"user {os.getuid()} may not connect" in refusal.why

    on_a_link(tmp_path, talk)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x7f\xff\xff\xff",
        b"\x00\x00\x00\x00",
        b"\x00\x00\x00\x02\xc1\xc1",
        b"\x00\x00\x20\x00" + b"\x91" * 0x2000,
        sent(1, CallRequests.orphans),
        Welcome(VERSION, ""),
    ],
)
def test_an_invalid_hello_ends_the_connection(tmp_path: Path, sent: object) -> None:
    async def talk(stage: LinkStage) -> None:
        async with raw(stage) as client:
            client.send(sent)
            assert isinstance(await client.next(), Refusal)
            assert await client.next() is None
        async with stage.remote() as calls:
            assert (await calls.give(order(PAUSE))).receipt

    on_a_link(tmp_path, talk)


def test_a_request_that_the_role_does_not_have_ends_the_connection(tmp_path: Path) -> None:
    async def talk(stage: LinkStage) -> None:
        async with raw(stage) as client:
            client.send(HELLO, Request(1, "CallRequests.unknown", Raw(b"\x90")))
            assert isinstance(await client.next(), Welcome)
            refusal = await client.next()
            assert refusal == Refusal("message CallRequests.unknown is not allowed here")

    on_a_link(tmp_path, talk)


def test_a_silent_program_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ari_app.link.call_server.HELLO_WITHIN", 0.05)

    async def talk(stage: LinkStage) -> None:
        async with raw(stage) as client:
            assert await client.next() is None

    on_a_link(tmp_path, talk)


def test_a_follower_that_reads_nothing_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ari_app.link.call_server.UNREAD_MAX", 10_000)

    async def talk(stage: LinkStage) -> None:
        async with raw(stage) as client:
            client.send(Hello(VERSION, "test", follows=True))
            assert isinstance(await client.next(), Welcome)
            client.writer.transport.pause_reading()  # type: ignore[attr-defined]
            while stage.board.records._followers:
                await stage.board.ask(PAUSE, "ada", "test")
        async with stage.remote() as calls:
            assert calls.link.is_up

    on_a_link(tmp_path, talk)


def test_a_server_that_sends_nonsense_is_left(tmp_path: Path) -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x00\x00\x00\x01\xc1")
        writer.close()

    async def go() -> None:
        path = str(tmp_path / "calls-api")
        server = await asyncio.start_unix_server(answer, path)
        async with server:
            with pytest.raises(FrameError, match="cannot be read"):
                await CallLink(path, "test")._connected()

    asyncio.run(go())


def test_a_request_on_a_connection_lost_at_its_start_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_client, "WAIT", 0.1)

    async def go() -> None:
        link = CallLink("nowhere", "test")
        asking = asyncio.create_task(link.ask(form(CallRequests.figures).request, 1.0))
        await asyncio.sleep(0)
        link._begin()
        link._lost()
        with pytest.raises(CallProcessAway, match="the call process is away"):
            await asking

    asyncio.run(go())


def test_a_request_on_a_connection_that_has_just_ended_is_not_sent(tmp_path: Path) -> None:
    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            assert calls.link._transport
            calls.link._transport.abort()
            with pytest.raises(CallProcessAway, match="the call process is away"):
                await calls.give(order(PAUSE, "key"))

    on_a_link(tmp_path, talk)
