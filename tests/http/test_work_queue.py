"""Work for the workers: handed out again until its result comes, and never without need."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from shutil import copy

import pytest

from ari_app.calls.work_queue import WorkQueue
from ari_app.link.work import Work
from simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.model.actions import ConvertRecording, MeasureRecording, SendWebhook
from warmline.core.model.events import Event, RecordingConverted, RecordingMeasured, WebhookTried
from warmline.core.model.webhook import Webhook, WebhookTrigger

WEBHOOK = Webhook(
    id="W1", hook=WebhookTrigger.DISPO, url="http://crm.example.com/", call="C1", agent="1000", queued=1, due=1
)


class Queue:
    """A queue, and what it posted."""

    def __init__(self, lab: RecordedDriver) -> None:
        self.posted: list[Event] = []
        self.queue = WorkQueue(lambda: lab.world, self.posted.append)
        lab.world.webhooks["W1"] = WEBHOOK
        for action in (SendWebhook("W1"), MeasureRecording("R"), ConvertRecording("R", "mp3")):
            self.queue.ask(action)


@pytest.fixture
def asked(demo_database: Path, tmp_path: Path) -> Iterator[Queue]:
    with closing(RecordedDriver(Path(copy(demo_database, tmp_path)))) as lab:
        yield Queue(lab)


def test_work_waits_for_workers_and_goes_to_the_next_ones_until_it_is_done(asked: Queue) -> None:
    first: list[Work] = []
    with asked.queue.handed_to(first.append):
        assert first == [WEBHOOK, MeasureRecording("R"), ConvertRecording("R", "mp3")]
        asked.queue.done(RecordingMeasured("R", "/R.wav", 1, 1, "00"))
        asked.queue.ask(MeasureRecording("S"))
        assert first[3:] == [MeasureRecording("S")]
    asked.queue.ask(MeasureRecording("T"))
    second: list[Work] = []
    with asked.queue.handed_to(second.append):
        assert second == [WEBHOOK, ConvertRecording("R", "mp3"), MeasureRecording("S"), MeasureRecording("T")]
    assert len(first) == 4


def test_a_result_is_posted_also_when_it_is_late_or_comes_twice(asked: Queue) -> None:
    results = [WebhookTried("W1", 200), RecordingConverted("R", "/R.mp3", 1, "00"), WebhookTried("W1", 200)]
    for result in results:
        asked.queue.done(result)
    assert asked.posted == results
    assert len(asked.queue) == 1  # the measurement


def test_the_workers_that_came_last_get_the_work(asked: Queue) -> None:
    first: list[Work] = []
    second: list[Work] = []
    with ExitStack() as newer:
        with asked.queue.handed_to(first.append):
            newer.enter_context(asked.queue.handed_to(second.append))
            asked.queue.ask(MeasureRecording("S"))
        asked.queue.ask(MeasureRecording("T"))
        assert second[3:] == [MeasureRecording("S"), MeasureRecording("T")]
        assert len(first) == 3


def test_a_webhook_that_is_over_is_not_sent(asked: Queue) -> None:
    asked.queue.ask(SendWebhook("over"))
    assert len(asked.queue) == 3
