"""Work for the worker process, through a real socket: none is lost and none is done twice, whichever process ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ari_app.link.call_client import CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.messages import Answer, Request
from ari_app.link.work_requests import Work
from ari_app.workers.work_client import WorkClient
from tests.link.work_stage import LIMIT, Calls, until
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.webhook_messages import SendWebhook, WebhookTried
from warmline.core.model.webhook import Webhook, WebhookTrigger

WEBHOOK = Webhook(
    id="W1",
    hook=WebhookTrigger.DISPO,
    url="http://crm.example.com/",
    call="C1",
    agent="1000",
    facts=(("user", "1000"),),
    queued=1,
    due=1,
    tries=((2, 503, "HTTP 503"),),
)
ALL = [WEBHOOK, MeasureRecording("R"), ConvertRecording("R", "mp3")]


class Worker:
    """A worker process that has not done its work yet."""

    def __init__(self, path: str) -> None:
        self._link = CallLink(path, "workers")
        self.client = WorkClient(self._link)
        self.taken: list[Work] = []
        self.changed = asyncio.Event()

    def take(self, work: Work) -> None:
        self.taken.append(work)
        self.changed.set()

    @asynccontextmanager
    async def running(self) -> "AsyncIterator[Worker]":
        parts = (self._link.run(), self.client.take_all(self.take), self.client.finish_all())
        tasks = [asyncio.create_task(part) for part in parts]
        try:
            yield self
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await asyncio.wait_for(scenario(), 6 * LIMIT)

    asyncio.run(main())


@pytest.fixture
def path(short_path: Path) -> str:
    return str(short_path / "calls-workers")


def test_work_comes_whole_and_its_results_go_back(path: str) -> None:
    async def scenario() -> None:
        async with Calls(path, ALL).running() as calls, Worker(path).running() as worker:
            await until(worker.changed, lambda: len(worker.taken) == 3)
            assert worker.taken == ALL
            results = [
                WebhookTried("W1", 503, "HTTP 503", final=True),
                RecordingMeasured("R", "/R.wav", 1, 2, "00", mended=True),
                RecordingConverted("R", "/R.mp3", 1, "00"),
            ]
            for result in results:
                worker.client.done(result)
            await worker.client.finished()
            assert calls.events == results and len(calls.queue) == 0
            calls.queue.ask(MeasureRecording("S"))
            await until(worker.changed, lambda: len(worker.taken) == 4)
            assert worker.taken[3] == MeasureRecording("S")

    run(scenario)


def test_a_new_worker_process_gets_the_unfinished_work(path: str) -> None:
    async def scenario() -> None:
        async with Calls(path, ALL).running() as calls:
            async with Worker(path).running() as first:
                await until(first.changed, lambda: len(first.taken) == 3)
                first.client.done(WebhookTried("W1", 200))
                await first.client.finished()
            calls.queue.ask(MeasureRecording("S"))
            async with Worker(path).running() as second:
                await until(second.changed, lambda: len(second.taken) == 3)
                assert second.taken == [MeasureRecording("R"), MeasureRecording("S"), ConvertRecording("R", "mp3")]

    run(scenario)


def test_a_new_call_process_gets_results_before_it_gives_their_work_again(path: str) -> None:
    async def scenario() -> None:
        async with Worker(path).running() as worker:
            async with Calls(path, ALL).running() as first:
                first.late = asyncio.get_running_loop().create_future()  # its disk hangs
                await until(worker.changed, lambda: len(worker.taken) == 3)
                worker.client.done(WebhookTried("W1", 200))
                await until(first.changed, lambda: first.events)
            async with Calls(path, ALL).running() as second:
                await until(second.changed, lambda: second.events)
                assert second.events == [WebhookTried("W1", 200)]
                await worker.client.finished()
                second.queue.ask(MeasureRecording("S"))
                await until(worker.changed, lambda: MeasureRecording("S") in worker.taken)
        assert worker.taken.count(WEBHOOK) == 1

    run(scenario)


def test_a_result_counts_although_its_worker_dies_at_once(path: str) -> None:
    """Its work is not handed out again, even if the disk is late."""

    async def scenario() -> None:
        async with Calls(path, ALL).running() as calls:
            calls.late = asyncio.get_running_loop().create_future()
            async with Worker(path).running() as first:
                await until(first.changed, lambda: len(first.taken) == 3)
                first.client.done(RecordingMeasured("R", "/R.wav", 1, 2, "00"))
                await until(calls.changed, lambda: calls.events)
            async with Worker(path).running() as second:
                await until(second.changed, lambda: len(second.taken) == 2)
                assert second.taken == [WEBHOOK, ConvertRecording("R", "mp3")]

    run(scenario)


def test_a_webhook_that_is_over_is_not_sent(path: str) -> None:
    async def scenario() -> None:
        calls = Calls(path, ALL)
        calls.queue.ask(SendWebhook("over"))
        assert len(calls.queue) == 3

    run(scenario)


@pytest.mark.parametrize("error", [lambda: CallProcessAway("call_process_away", "away"), TimeoutError])
def test_other_tasks_run_between_two_requests_to_a_call_process_that_is_away(error: Callable[[], Exception]) -> None:
    class EndedLink(CallLink):
        asked = 0

        async def ask(self, request: Callable[[int], Request], within: float) -> Answer:
            self.asked += 1
            assert self.asked < 10, "the loop makes no turn"
            raise error()

    async def scenario() -> None:
        client = WorkClient(link := EndedLink("nowhere", "workers"))
        client.done(WebhookTried("W1", 200))
        tasks = [asyncio.create_task(client.finish_all()), asyncio.create_task(client.take_all(print))]
        for _ in range(3):
            await asyncio.sleep(0)
        assert link.asked == 2 and not any(task.done() for task in tasks)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)

    run(scenario)
