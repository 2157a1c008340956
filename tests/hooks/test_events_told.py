"""The hooks after_call and on_event: told after the commit, at most once, and never waited for."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from ari_app.link.messages import Changes, StateEnds
from ari_app.live.committed_turns import JournalRow
from ari_app.workers import own_hook_events, own_hook_progress
from ari_app.workers.journal_follower import JournalFollower
from ari_app.workers.own_hook_events import HookEvents
from tests.hooks.folder import Hooks, hooks_in, until
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.hooks import hook_log
from warmline.store.configuration import config
from warmline.store.events import journal_events
from warmline.system.settings import DEFAULTS, Settings

HEAD = "import json, os, time\n\n\n"


class Told:
    """A call centre whose journal the hooks follow, and what they wrote."""

    def __init__(self, lab: RecordedDriver, hooks: Hooks, known: Settings) -> None:
        self.lab, self.hooks, self._known = lab, hooks, known
        self.journal = JournalFollower()
        self.out = hooks.folder.parent / "out"

    def write(self, hook: str, body: str) -> None:
        note = f"def note(text):\n    open({str(self.out)!r}, 'a').write(text + '\\n')\n\n\n"
        self.hooks.write(f"{hook}.py", f"{HEAD}{note}def {hook}(one):\n    {body}\n")

    def lines(self) -> list[str]:
        return self.out.read_text().splitlines() if self.out.exists() else []

    async def act(self, does: Callable[[], object]) -> None:
        """Let something happen in the call centre, and ring as a commit does."""
        does()
        self.journal.committed.ring()
        await asyncio.sleep(0)

    async def begin(self) -> None:
        """Start the worker."""
        self.events = HookEvents(self._known, self.journal)
        self._following = asyncio.create_task(self.events.run())
        await self.events.begun.wait()

    async def end(self) -> None:
        """End the worker."""
        self._following.cancel()
        await asyncio.wait([self._following])

    async def until(self, holds: Callable[[], object]) -> None:
        await asyncio.to_thread(until, holds)


@asynccontextmanager
async def told_about(tmp_path: Path, demo: Path) -> AsyncIterator[Told]:
    path = Path(shutil.copy(demo, tmp_path / "warmline.db"))
    with hooks_in(tmp_path) as hooks, closing(RecordedDriver(path)) as lab:
        known = DEFAULTS | {"db": str(path), "run": str(Path(hooks.path).parent), "hooks": str(hooks.folder)}
        told = Told(lab, hooks, Settings(**known))
        await told.begin()
        lab.log_in("1000")
        try:
            yield told
        finally:
            await told.end()


def run(tmp_path: Path, demo: Path, scenario: Callable[[Told], Any]) -> None:
    async def main() -> None:
        async with told_about(tmp_path, demo) as told:
            await asyncio.wait_for(scenario(told), 60)

    asyncio.run(main())


def test_events_are_told_in_order_and_once(tmp_path: Path, demo_database: Path) -> None:
    async def scenario(told: Told) -> None:
        told.write("on_event", 'note(f"{one.id} {one.type}") if one.call else None')
        await told.act(lambda: told.lab.customer())
        await told.until(lambda: any("call.connected" in line for line in told.lines()))
        await told.act(lambda: told.lab.hang_up("cust"))
        await told.until(lambda: any("call.ended" in line for line in told.lines()))
        places = [tuple(map(int, line.split()[0].split("-"))) for line in told.lines()]
        assert places == sorted(set(places))
        assert told.events.lost.total() == 0

    run(tmp_path, demo_database, scenario)


def test_rows_of_the_call_process_are_told_without_the_database(
    tmp_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(told: Told) -> None:
        told.write("on_event", 'note(f"{one.id} {one.type}")')
        first = told.lab.last_row()
        told.journal.take(StateEnds(first, 1, {}))
        await told.until(lambda: any(line.startswith(f"{first}-") for line in told.lines()))
        monkeypatch.setattr(journal_events, "after", None)  # reading the database would fail
        told.lab.customer()
        with closing(sqlite3.connect(told.lab.database)) as db:
            rows = db.execute("SELECT seq, at, kind, call, agent, payload FROM journal WHERE seq > ?", (first,))
            new = [JournalRow(*row[:5], row[5].encode()) for row in rows]
        told.journal.take(Changes(2, new[-1].seq, new, [], b"", {}))
        await told.until(lambda: told.lines()[-1].startswith(f"{new[-1].seq}-"))
        assert any("call.connected" in line for line in told.lines())

    run(tmp_path, demo_database, scenario)


def test_a_worker_that_starts_again_continues_where_it_was(tmp_path: Path, demo_database: Path) -> None:
    """Hooks hear about events while it was away, and about a call whose disposition came in that time."""

    async def scenario(told: Told) -> None:
        told.write("on_event", 'note(f"{one.id} {one.type}") if one.call else None')
        told.write("after_call", 'note(f"{one.result} {one.disposition}")')
        await told.act(lambda: told.lab.customer())
        await told.act(lambda: told.lab.hang_up("cust"))
        await told.until(lambda: any("call.ended" in line for line in told.lines()))
        await told.end()
        told.lab.ask(Kind.STATUS, status="SALE")
        await told.begin()
        await told.until(lambda: any("disposition.entered" in line for line in told.lines()))
        await told.until(lambda: "talked SALE" in told.lines())
        events = [line for line in told.lines() if line != "talked SALE"]
        assert len(events) == len(set(events)) == len(told.lines()) - 1

    run(tmp_path, demo_database, scenario)


def test_rows_of_long_ago_are_not_told(
    tmp_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(own_hook_progress, "MISSED_MAX", 0)

    async def scenario(told: Told) -> None:
        told.write("on_event", 'note(f"{one.id} {one.type}")')
        await told.act(lambda: told.lab.customer())
        await told.until(lambda: any("call.connected" in line for line in told.lines()))
        await told.end()
        said = told.lines()
        told.lab.hang_up("cust")
        await told.begin()
        assert told.lines() == said and "hooks are not told about rows" in caplog.text

    run(tmp_path, demo_database, scenario)


def test_a_call_is_told_with_its_disposition(tmp_path: Path, demo_database: Path) -> None:
    async def scenario(told: Told) -> None:
        config.set_options(told.lab.database, "list", "999", {"custom_fields": "plan"}, who="test")
        facts = "{one.result} {one.disposition} {one.agent} {one.ingroup} {one.direction} {one.custom_fields}"
        told.write("after_call", f'note(f"{facts}")')
        await told.act(lambda: told.lab.customer())
        await told.act(lambda: told.lab.hang_up("cust"))
        await told.act(lambda: told.lab.ask(Kind.STATUS, status="SALE"))
        await told.until(told.lines)
        assert told.lines() == ["talked SALE 1000 SALESLINE in {'plan': ''}"]

    run(tmp_path, demo_database, scenario)


def test_a_call_is_told_when_its_disposition_can_no_longer_be_taken_back(tmp_path: Path, demo_database: Path) -> None:
    async def scenario(told: Told) -> None:
        told.write("after_call", 'note(f"{one.result} {one.disposition}")')
        told.write("on_event", 'note(one.type) if one.type.startswith("disp") or one.type == "agent.ready" else None')
        await told.act(lambda: told.lab.customer())
        await told.act(lambda: told.lab.hang_up("cust"))
        await told.act(lambda: told.lab.ask(Kind.STATUS, status="SALE", undo=True))
        await told.act(lambda: told.lab.ask(Kind.UNDO_DISPOSITION))
        await told.act(lambda: told.lab.ask(Kind.STATUS, status="NI", undo=True))
        await told.until(lambda: told.lines().count("agent.ready") == 3)
        assert {*told.lines()} == {"agent.ready"}, "the login and two codes"
        await told.act(lambda: told.lab.wait(10))
        await told.until(lambda: len(told.lines()) == 5)
        assert sorted(told.lines()[3:]) == ["disposition.entered", "talked NI"]

    run(tmp_path, demo_database, scenario)


def test_a_call_without_an_agent_is_told_at_its_end(tmp_path: Path, demo_database: Path) -> None:
    async def scenario(told: Told) -> None:
        told.write("after_call", 'note(f"{one.result} {one.caller.number} {one.agent!r}")')
        await told.act(lambda: told.lab.ask(Kind.PAUSE))
        await told.act(lambda: told.lab.customer())
        await told.act(lambda: told.lab.hang_up("cust"))
        await told.until(told.lines)
        assert told.lines() == ["abandoned 3125550100 ''"]

    run(tmp_path, demo_database, scenario)


def test_a_disposition_that_does_not_come_is_not_waited_for_without_end(
    tmp_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_hook_events, "DISPOSITION_WITHIN", 0.5)
    monkeypatch.setattr(own_hook_events, "RETRY", 0.2)

    async def scenario(told: Told) -> None:
        told.write("after_call", 'note(f"{one.result} {one.disposition!r}")')
        await told.act(lambda: told.lab.customer())
        await told.act(lambda: told.lab.hang_up("cust"))
        await told.until(told.lines)
        assert told.lines() == ["talked ''"]

    run(tmp_path, demo_database, scenario)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("raise ValueError('no CRM')", "raised ValueError: no CRM"),
        ("time.sleep(60)", "no answer within 300 ms"),
        ("os._exit(1)", "the process ended without an answer, exit code 1"),
    ],
)
def test_an_event_that_a_hook_missed_is_counted_and_logged(
    tmp_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch, body: str, why: str
) -> None:
    if "sleep" in body:
        monkeypatch.setattr(own_hook_events, "WITHIN", 0.3)

    async def scenario(told: Told) -> None:
        told.write("on_event", body)
        await told.act(lambda: told.lab.customer())
        await told.until(lambda: told.events.lost["on_event"])
        await told.until(lambda: hook_log.last(str(told.hooks.log), 10))
        row = hook_log.last(str(told.hooks.log), 10)[0]
        assert (row["hook"], row["ok"]) == ("on_event", False) and row["why"].startswith(why)

    run(tmp_path, demo_database, scenario)


def test_a_slow_hook_loses_events_above_its_queue(
    tmp_path: Path, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_hook_events, "QUEUED_MAX", 3)

    async def scenario(told: Told) -> None:
        told.write("on_event", "time.sleep(60)")
        told.write("after_call", "note(one.result)")
        await told.act(lambda: told.lab.ask(Kind.PAUSE))
        for _ in range(3):
            await told.act(lambda: told.lab.customer())
            await told.act(lambda: told.lab.hang_up("cust"))
        await told.until(lambda: len(told.lines()) == 3)
        assert told.events.lost["on_event"] > 3 and told.events.lost["after_call"] == 0
        rows = await asyncio.to_thread(
            until, lambda: hook_log.last(hook_log.path(str(Path(told.hooks.path).parent)), 10)
        )
        assert rows[0]["hook"] == "on_event" and rows[0]["why"].endswith("3 wait already")

    run(tmp_path, demo_database, scenario)


def test_one_function_that_fails_does_not_keep_others_from_running(tmp_path: Path, demo_database: Path) -> None:
    async def scenario(told: Told) -> None:
        told.hooks.write("a.py", "def after_call(call):\n    raise ValueError('no CRM')\n")
        told.write("after_call", "note(one.result)")
        await told.act(lambda: told.lab.ask(Kind.PAUSE))
        await told.act(lambda: told.lab.customer())
        await told.act(lambda: told.lab.hang_up("cust"))
        await told.until(told.lines)
        await told.until(lambda: told.events.lost["after_call"] == 1)
        assert told.lines() == ["abandoned"]

    run(tmp_path, demo_database, scenario)


def test_without_a_worker_the_events_are_lost_and_nothing_else(tmp_path: Path, demo_database: Path) -> None:
    path = Path(shutil.copy(demo_database, tmp_path / "warmline.db"))

    async def scenario() -> int:
        journal = JournalFollower()
        events = HookEvents(Settings(**(DEFAULTS | {"db": str(path), "run": str(tmp_path), "hooks": "x"})), journal)
        following = asyncio.create_task(events.run())
        with closing(RecordedDriver(path)) as lab:
            await events.begun.wait()
            lab.log_in("1000")
            journal.committed.ring()
            await asyncio.to_thread(until, lambda: events.lost["on_event"])
        following.cancel()
        await asyncio.wait([following])
        return events.lost["on_event"]

    assert asyncio.run(scenario()) > 0
