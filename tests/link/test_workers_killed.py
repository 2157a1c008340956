"""The real worker process, killed again and again: every webhook arrives, and every recording is done once."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from lab import configure
from tests.asterisk.test_recording_measurement import write
from tests.link.work_stage import Calls, until
from tests.soak import soaking
from tests.warm_app import ForkedProgram
from tools.simulation.call_centre.webhook_receiver import receiving
from warmline.core.messages.events import Event
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.webhook_messages import WebhookTried
from warmline.core.model.webhook import Webhook, WebhookTrigger
from warmline.options.option_table import SETTING
from warmline.system.link_sockets import WORKERS

KILLS, EACH = (20, 40) if soaking() else (2, 20)  # pieces of work of each kind
WITHIN = 60.0  # seconds for a piece of work, with the start of a process on a busy machine
# The program holds its file open, as sox does, so it can write after its worker was killed.
SOX = 'for last; do :; done; exec 3> "$last"; printf ha >&3; read -t 0.02 _ <> <(:); printf lf >&3'


@pytest.fixture
def folder(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a folder with a database, recordings, and a program that converts them."""
    configure.fill(short_path / "warmline.db", [("setting", SETTING.only, {"webhook_hosts": "127.0.0.1"})])
    for number in range(EACH):
        write(short_path / f"R{number}.wav", 10)
    (short_path / "bin").mkdir()
    program = short_path / "bin/sox"
    program.write_text(f"#!/bin/bash\n{SOX}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{short_path}/bin:{os.environ['PATH']}")
    return short_path


@asynccontextmanager
async def workers(folder: Path) -> AsyncIterator[None]:
    """Run a worker process, and kill it at the end."""
    places = {"db": folder / "warmline.db", "run": folder, "recordings": folder, "spool": folder}
    environ = {f"WARMLINE_{name.upper()}": str(value) for name, value in places.items()}
    process = ForkedProgram("ari_app", folder / "workers.log", os.environ | environ, arguments=["workers"])
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait, WITHIN)


def work_of(url: str) -> tuple[list[Webhook], list[str]]:
    """Return webhooks to this address, and the names of the recordings."""
    webhooks = [
        Webhook(id=f"W{number}", hook=WebhookTrigger.DISPO, url=url, call=f"C{number}", agent="1", queued=1, due=1)
        for number in range(EACH)
    ]
    return webhooks, [f"R{number}" for number in range(EACH)]


async def done_by_killed_workers(folder: Path) -> tuple[list[Event], Counter[str], set[str]]:
    """Return the results of all work, how often each webhook came, and those that came after their results.

    The worker process is killed KILLS times, each time after some webhooks.
    """
    kills = list[tuple[set[str], int]]()  # the webhooks with a result then, and how many requests had come
    async with receiving() as receiver:

        def came(since: int = 0) -> list[str]:
            return [request.headers["Warmline-Webhook-Id"] for request in receiver.requests[since:]]

        webhooks, names = work_of(f"http://127.0.0.1:{receiver.port}/")
        work = [*webhooks, *map(MeasureRecording, names), *(ConvertRecording(name, "mp3") for name in names)]
        async with Calls(str(folder / WORKERS.name), work).running() as calls:
            for kill in range(KILLS):
                enough = len(work) * (kill + 1) // (KILLS + 2)
                async with workers(folder):
                    await until(calls.changed, lambda n=enough: len(calls.events) >= n and tried(calls.events), WITHIN)
                kills.append((tried(calls.events), len(receiver.requests)))
            async with workers(folder):
                await until(calls.changed, lambda: not len(calls.queue), WITHIN)
        return calls.events, Counter(came()), set[str]().union(*(known & {*came(since)} for known, since in kills))


def tried(events: Sequence[Event]) -> set[str]:
    """Return the webhooks that have a result."""
    return {event.webhook for event in events if isinstance(event, WebhookTried)}


@pytest.mark.fault("the worker process is killed (-9), or stopped (-STOP)")
def test_nothing_is_lost_and_nothing_done_twice(folder: Path) -> None:
    events, sent, again = asyncio.run(done_by_killed_workers(folder))
    webhooks, names = work_of("")
    assert set(sent) == {webhook.id for webhook in webhooks}
    assert not again, "only those without a result are sent again"
    assert max(sent.values()) <= 1 + KILLS
    assert len(events) == 3 * EACH
    assert {event for event in events if isinstance(event, WebhookTried)} == {WebhookTried(name, 200) for name in sent}
    assert {event.name for event in events if isinstance(event, RecordingMeasured) and event.length == 10} == {*names}
    converted = {event.name: event.path for event in events if isinstance(event, RecordingConverted)}
    assert {name: Path(path).read_text() for name, path in converted.items()} == dict.fromkeys(names, "half")
    assert not list(folder.glob("*.part"))
    assert "Traceback" not in (folder / "workers.log").read_text()
