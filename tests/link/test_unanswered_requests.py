"""Requests whose answer is lost, or does not come: what the client is told."""

import asyncio
from pathlib import Path

import pytest

from ari_app.link import queue_requests
from ari_app.link.call_control import CallProcessAway, Orphans
from ari_app.link.messages import Answer
from ari_app.link.remote_calls import RemoteCalls
from ari_app.switchboard.switchboard import Switchboard
from tests.link.link_stage import LinkStage, on_a_link, order
from tests.wording.said import refused
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Kind
from warmline.core.queue.queue_state import QueueState

PAUSE = make_command(Kind.PAUSE, "1000")


def lost() -> CallProcessAway:
    return CallProcessAway("call_process_lost", "it went away before it answered", sent=True)


def away() -> CallProcessAway:
    return CallProcessAway("call_process_away", "it is away; nothing was sent")


@pytest.mark.parametrize("second", [TimeoutError(), away(), lost()])
def test_a_command_that_was_lost_and_cannot_be_repeated_may_have_been_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: Exception
) -> None:
    calls, problems = RemoteCalls(str(tmp_path / "none"), "api"), [lost(), second]

    async def ask(request: object, within: float) -> Answer:
        raise problems.pop(0)

    monkeypatch.setattr(calls.link, "ask", ask)
    with pytest.raises(CallProcessAway, match=r"may have been given the command; repeat .* with the same key") as why:
        asyncio.run(calls.give(order(PAUSE, "key")))
    assert why.value.sent and not problems


@pytest.mark.parametrize(("key", "first"), [("", lost()), ("", away()), ("key", away())])
def test_only_a_command_with_a_key_that_was_sent_is_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, first: CallProcessAway
) -> None:
    calls, problems = RemoteCalls(str(tmp_path / "none"), "api"), [first]

    async def ask(request: object, within: float) -> Answer:
        raise problems.pop(0)

    monkeypatch.setattr(calls.link, "ask", ask)
    with pytest.raises(CallProcessAway) as why:
        asyncio.run(calls.give(order(PAUSE, key)))
    assert why.value is first


def test_a_read_of_asterisk_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stuck(*_: str) -> Orphans:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr("ari_app.link.remote_calls.ASTERISK_WITHIN", 0.02)
    monkeypatch.setattr("tests.link.link_stage._orphans", stuck)
    monkeypatch.setattr("tests.link.link_stage._conversation", stuck)

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            for asked in (calls.orphans(), calls.conversation("SIP/1")):
                with refused(CallProcessAway, "call_process_late", limit=0.02):
                    await asked
            assert (await calls.give(order(PAUSE))).receipt

    on_a_link(tmp_path, talk)


def test_a_question_about_queues_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stuck(_: Switchboard, ingroups: list[str]) -> list[QueueState]:
        await asyncio.Event().wait()
        raise AssertionError(ingroups)

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            assert await calls.queues(["SALESLINE", "GONE"]) == [
                QueueState("SALESLINE", 0, 0, 0, 0, None),
                QueueState("GONE", 0, 0, 0, 0, None),
            ]
        monkeypatch.setattr(Switchboard, "queues", stuck)
        await stage.stop()
        stage.start()
        async with stage.remote() as calls:
            with refused(CallProcessAway, "queues_late", limit=0.05):
                await calls.queues(["SALESLINE"])

    monkeypatch.setattr(queue_requests, "WITHIN", 0.05)
    on_a_link(tmp_path, talk)
