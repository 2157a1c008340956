"""The worker process of a replaced app: it writes nothing, sends nothing, and ends."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ari_app.process import leader_fence
from ari_app.process.leader_fence import LeaderFence
from ari_app.workers import event_hooks, scheduled_reports
from ari_app.workers.event_hooks import EventHooks
from tests.link.work_stage import Calls
from tests.warm_app import ForkedProgram
from tools.simulation.call_centre.webhook_receiver import receiving
from warmline.store.agi.routing_facts import copy_of
from warmline.store.configuration import config
from warmline.store.database import lease
from warmline.store.database.database import StoreError, connect
from warmline.store.database.lease_renewal import HeldLease
from warmline.store.database.reading import keeping
from warmline.store.database.writing import writing
from warmline.store.event_hooks import hook_states
from warmline.store.postgresql import write_epoch
from warmline.store.scheduled_reports import report_mails
from warmline.system.database_address import DatabaseAddress
from warmline.system.link_sockets import WORKERS
from warmline.system.settings import load

ADD = "INSERT INTO dnc VALUES (?, '', 1, 'test', '')"
LONG = 3600.0  # seconds
NOW = 1_795_000_000_000_000  # microseconds
WITHIN = 60.0  # seconds, on a busy machine


@pytest.fixture
def held(database: DatabaseAddress) -> Iterator[HeldLease]:
    """Provide the lease of the call process, whose workers run in this process, too."""
    with closing(HeldLease(database)) as held, keeping():
        config.set_options(database, "setting", "warmline", {"webhook_hosts": "127.0.0.1"}, who="test")
        yield held


def replace(database: DatabaseAddress) -> None:
    """Let another app take the lease by force."""
    with closing(connect(database)) as other:
        lease.take(other, "other", by_force=True)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(WITHIN):
        while not holds():  # noqa: ASYNC110 - neither a database nor a log tells by itself
            await asyncio.sleep(0.01)


def wanted_tests(database: DatabaseAddress) -> list[str]:
    with closing(connect(database)) as db:
        return [name for (name,) in db.execute("SELECT test FROM event_hook_state WHERE test <> ''")]


async def ended(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def test_worker_writes_under_told_epoch(
    database: DatabaseAddress, held: HeldLease, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leader_fence, "GRACE", 0.0)
    fence = LeaderFence(database)
    with pytest.raises(StoreError, match="another app leads"), writing(database) as db:
        db.execute(ADD, ("1",))

    async def work() -> list[str]:
        ran = []

        async def part() -> None:
            ran.append("part")

        waiting = asyncio.create_task(fence.then(part()))
        await asyncio.sleep(0)
        assert ran == []
        fence.take(held.epoch)
        await waiting
        with writing(database) as db:
            db.execute(ADD, ("2",))
        replace(database)
        with pytest.raises(StoreError, match="another app leads"):
            await asyncio.wait_for(fence.watch(), WITHIN)
        return ran

    assert asyncio.run(work()) == ["part"]
    with pytest.raises(StoreError, match="another app leads"), writing(database) as db:
        db.execute(ADD, ("3",))
    write_epoch.write_under(0)
    with writing(database) as db:
        assert [tuple(row) for row in db.execute("SELECT phone_number FROM dnc")] == [("2",)]


def test_event_hook_of_replaced_app_is_silent(
    database: DatabaseAddress, held: HeldLease, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(event_hooks, "EVERY", 0.01)
    monkeypatch.setattr(event_hooks, "WITHOUT_HOOKS", 0.01)

    async def told() -> int:
        async with receiving() as receiver:
            url = f"http://127.0.0.1:{receiver.port}/"
            config.create(database, "event-hook", "crm", {"url": url}, who="test")
            running = asyncio.create_task(EventHooks(database).run())
            hook_states.want_test(database, "crm", "first")
            await until(lambda: not wanted_tests(database))
            replace(database)
            with psycopg.connect(database.whole) as db:  # an administrator asks for another test
                db.execute("UPDATE event_hook_state SET test = 'second'")
            await until(lambda: "the test of event hook crm cannot be written" in caplog.text)
            await ended(running)
            return len(receiver.requests)

    assert asyncio.run(told()) == 1


def test_report_of_replaced_app_is_not_sent(
    database: DatabaseAddress,
    held: HeldLease,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The report is due before the other app leads, and was to be sent after."""
    got = tmp_path / "got"
    (program := tmp_path / "sendmail").write_text(f"#!/bin/sh\ncat > {got}\n")
    program.chmod(0o755)
    settings = load(environ={})._replace(db=database, mail_server=str(program))
    config.create(database, "scheduled-report", "morning", {"mail_to": "boss@example.com"}, who="test")
    due = report_mails.due(database, NOW)
    assert [one.report for one in due] == ["morning"]
    replace(database)
    monkeypatch.setattr(report_mails, "due", lambda *_: due)

    async def look() -> None:
        running = asyncio.create_task(scheduled_reports.keep_sent(settings))
        await until(lambda: "scheduled reports cannot be read" in caplog.text)
        await ended(running)

    asyncio.run(look())
    assert not got.exists()


def test_worker_process_of_replaced_app_ends(database: DatabaseAddress, held: HeldLease, short_path: Path) -> None:
    whole = database.whole
    settings = {"DB": whole, "RUN": short_path, "RECORDINGS": short_path, "SPOOL": short_path / "spool"}
    environ = os.environ | {f"WARMLINE_{name}": str(value) for name, value in settings.items()}
    copied = Path(copy_of(DatabaseAddress(whole, str(short_path / "warmline.db")))).exists

    async def run() -> int:
        log = short_path / "workers.log"
        process = ForkedProgram("ari_app", log, environ, arguments=["workers"])
        await until(lambda: log.exists() and "cannot be reached" in log.read_text())
        assert not copied()  # no part runs without the word of a call process
        async with Calls(str(short_path / WORKERS.name), []).running():
            await until(copied)
            replace(database)
            return await asyncio.to_thread(process.wait, WITHIN)

    assert asyncio.run(run()) == 1
    assert "another app leads database" in (short_path / "workers.log").read_text()
