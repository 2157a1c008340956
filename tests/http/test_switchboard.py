"""The switchboard as the HTTP servers see it: answers, receipts, notifications.

The database is real; Asterisk does nothing.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from ari_app.background import pollers
from ari_app.live import live_snapshot
from ari_app.live.committed_turns import CommittedTurns
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import TOO_MUCH, Switchboard
from tests.begun_drivers import BegunDriver
from tests.copied_database import new_database
from tests.http.agent_api import no_gap
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.agi.spool import put_note
from warmline.core.engine import engine, guarded_turns
from warmline.core.engine.engine import Input
from warmline.core.messages import actions as do
from warmline.core.messages.audio_messages import DtmfReceived
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Kind
from warmline.core.messages.dial_facts_messages import DialFacts, DialFactsFound, FindDialFacts
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.leg_messages import LegAnswered, LegArrived
from warmline.core.messages.process_messages import ConfigurationChanged, TimerFired
from warmline.core.model import ids
from warmline.core.model.call_states import AgentState
from warmline.core.rules.configuration import Ingroup, Rules
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.store.agi import spool as notes
from warmline.store.configuration import config
from warmline.store.database.database import StatementFailed, connect
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter

T = TypeVar("T")

PAUSE = make_command(Kind.PAUSE, "1000")


def on_a_board(
    folder: Path,
    talk: Callable[[Switchboard], Awaitable[T]],
    perform: Callable[[str, do.Action], None] = lambda lane, action: None,
) -> T:
    """Let `talk` talk to a running switchboard, which answers commands and performs the actions by `perform`."""

    async def go() -> T:
        path = folder / "warmline.db"
        new_database(path)
        journal = JournalWriter(path)
        journal.open()

        def answer_and_perform(lane: str, action: do.Action) -> None:
            perform(lane, action)
            if isinstance(action, do.Reply):
                board.tell(action)

        world = World(rules=Rules(ingroups={"SALESLINE": Ingroup(id="SALESLINE")}))
        board = Switchboard(world, journal, answer_and_perform, Clock())
        running = asyncio.create_task(board.run())
        try:
            return await talk(board)
        finally:
            running.cancel()
            journal.close()

    return asyncio.run(go())


def test_a_key_that_chooses_nothing_is_blank_before_anything_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Input] = []
    take = engine.run_turn

    def seen(turn: Turn, entry: Input) -> None:
        taken.append(entry)
        take(turn, entry)

    monkeypatch.setattr(guarded_turns, "run_turn", seen)

    async def talk(board: Switchboard) -> None:
        await board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE"), number="3125550100"))
        await board.post_and_wait(DtmfReceived("17.1", "5"))

    on_a_board(tmp_path, talk)
    assert taken[1:] == [DtmfReceived("17.1", "")]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow disk is not logged."""
    monkeypatch.setattr("ari_app.switchboard.turn_commit.COMMIT_WITHIN", 60.0)


@pytest.mark.usefixtures("patient")
def test_a_caller_above_the_limit_is_counted_and_logged_with_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Return whether too many phones are on the line, or too many requests are pending."""

    async def talk(board: Switchboard) -> None:
        await board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE")))
        await board.post_and_wait(ConfigurationChanged(replace(board.world.rules, max_legs=1)))
        await board.post_and_wait(LegArrived("17.2", ("ingroup", "SALESLINE"), call="C2"))
        monkeypatch.setattr("ari_app.switchboard.switchboard.FULL", 0)
        board.post(LegArrived("17.3", ("ingroup", "SALESLINE"), call="C3", server="b"))
        assert board.refused_full == 2

    performed: list[do.Action] = []
    on_a_board(tmp_path, talk, lambda _, action: performed.append(action))
    assert performed[-1] == do.ContinueInFallback("17.3", TOO_MUCH, server="b"), "on the caller's own server"
    assert [(record.__dict__["call"], record.getMessage()) for record in caplog.records] == [
        ("C2", "leg 17.2 goes to the fallback: the node has 1 phones on the line: max_legs is 1"),
        ("C3", "leg 17.3 goes to the fallback: the node has more to do than it can"),
    ]


def test_the_keys_of_a_refused_command_are_forgotten(tmp_path: Path) -> None:
    async def talk(board: Switchboard) -> None:
        told = await board.ask(make_command(Kind.SEND_DTMF, "1000"), by="me", source="test", digits="4111")
        assert told.refused
        assert board.digits(told.receipt) == ""

    on_a_board(tmp_path, talk)


def test_a_repeated_command_is_answered_with_the_first_receipt(tmp_path: Path) -> None:
    async def talk(board: Switchboard) -> None:
        asked = asyncio.create_task(board.ask(PAUSE, by="me", source="test"))
        await asyncio.sleep(0)
        [own] = board._askers
        board.tell(do.Reply(own, of="FIRST"))
        assert (await asked).receipt == "FIRST"

    on_a_board(tmp_path, talk)


def test_asterisk_is_asked_before_the_followers_are_told_and_these_before_the_answer(tmp_path: Path) -> None:
    """Parties hear the effect of a request, so nothing that others read comes before it."""
    order: list[str] = []
    requests: set[asyncio.Task[None]] = set()

    async def request() -> None:
        order.append("request")

    def perform(_lane: str, action: do.Action) -> None:
        if isinstance(action, do.Reply):
            order.append("answer")
        else:
            requests.add(asyncio.create_task(request()))

    async def talk(board: Switchboard) -> None:
        board.records.follow(lambda frame: order.append("told"))
        order.clear()
        await board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE")))
        assert order[-1] == "told" and set(order[:-1]) == {"request"}
        order.clear()
        await board.ask(PAUSE, by="me", source="test")
        assert order == ["told", "answer"]

    on_a_board(tmp_path, talk, perform)


def test_a_follower_gets_the_rows_as_they_are_on_disk(tmp_path: Path) -> None:
    """It gets the calls and agents that they changed, and no row that the live state has already."""

    async def talk(board: Switchboard) -> None:
        told: list[CommittedTurns] = []
        for number in range(3):
            await board.post_and_keep(LegArrived(f"before-{number}", ("ingroup", "SALESLINE"), up=True))
        state = board.turns.follow(told.append, no_gap)
        callers = [LegArrived(f"c-{number}", ("ingroup", "SALESLINE"), up=True) for number in range(3)]
        waits = [await board.post_and_wait(caller) for caller in callers]
        await asyncio.gather(*waits)
        with closing(connect(tmp_path / "warmline.db")) as db:
            stored = db.execute("SELECT seq, at, kind, call, agent, payload FROM journal ORDER BY seq").fetchall()
        rows = [(one.seq, one.at, one.kind, one.call, one.agent, one.payload.decode()) for t in told for one in t.rows]
        assert len(state.calls) == 3 and rows == stored[state.row :] and len(rows) >= 3
        calls = {name: call for turns in told for name, call in turns.calls.items()}
        before = {one.id for one in state.calls}
        assert calls == {one.id: one for one in live_snapshot.whole_calls(board.world) if one.id not in before}
        board.turns.leave()
        told.clear()
        await board.post_and_keep(LegArrived("late", ("ingroup", "SALESLINE"), up=True))
        assert told == []

    on_a_board(tmp_path, talk)


def test_a_bug_in_a_view_of_the_calls_stops_no_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("leg")

    async def talk(board: Switchboard) -> None:
        told: list[CommittedTurns] = []
        board.turns.follow(told.append, no_gap)
        monkeypatch.setattr(live_snapshot, "call", fail)
        await board.post_and_keep(LegArrived("c", ("ingroup", "SALESLINE"), up=True))
        assert [one.call for turns in told for one in turns.rows] == list(board.world.calls) and not told[0].calls

    on_a_board(tmp_path, talk)
    assert "the live view misses a change" in caplog.text


class SlowDisk:
    """A journal that has everything on disk when `written` is set, and not before."""

    last_row = 0
    is_spilling = False

    def __init__(self) -> None:
        self.written: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def record(self, entries: Sequence[JournalEntry]) -> "asyncio.Future[None]":
        return self.written

    def durable(self) -> "asyncio.Future[None]":
        return self.written


def test_a_disposition_is_confirmed_when_it_is_on_disk(
    demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its agent is free earlier, without waiting for a disk; but no answer confirms what a crash could undo."""
    monkeypatch.setattr("ari_app.switchboard.turn_commit.COMMIT_WITHIN", 0.01)
    path = Path(shutil.copy(demo_database, tmp_path))
    config.set_options(path, "campaign", "TESTCAMP", {"dispo_call_url": "http://crm/"}, who="test")
    lab = RecordedDriver(path)
    lab.log_in("1000")
    lab.hang_up(lab.customer())
    lab.close()

    async def go() -> None:
        performed: list[type] = []
        told = asyncio.Event()

        def perform(_lane: str, action: do.Action) -> None:
            performed.append(type(action))
            if isinstance(action, do.Reply):
                board.tell(action)
            elif isinstance(action, do.SendWebhook):
                told.set()

        disk = SlowDisk()
        board = Switchboard(lab.world, disk, perform, Clock(lab.asterisk.now))
        running = asyncio.create_task(board.run())
        asked = asyncio.create_task(board.ask(make_command(Kind.STATUS, "1000", status="SALE"), by="me", source="test"))
        await asyncio.sleep(0)
        await board.post_and_wait(TimerFired())
        assert (lab.session().state, board.late_commits) == (AgentState.READY, 1)
        assert not asked.done() and performed == []
        disk.written.set_result(None)
        assert (await asyncio.wait_for(asked, 5)).why == ""
        await told.wait()
        running.cancel()

    asyncio.run(asyncio.wait_for(go(), 20))


def test_an_answering_party_is_heard_before_the_turn_is_on_disk(demo_database: Path, tmp_path: Path) -> None:
    """A restart would repeat it anyway; all other results of the answer are written first."""
    lab = BegunDriver.copy(demo_database, tmp_path / demo_database.name)
    lab.log_in("1000")
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8501")
    lab.wait(0.5)
    third = lab.third()
    lab.close()

    async def go() -> None:
        performed: list[do.Action] = []
        asked = asyncio.Event()

        def perform(_lane: str, action: do.Action) -> None:
            performed.append(action)
            asked.set()

        disk = SlowDisk()
        board = Switchboard(lab.world, disk, perform, Clock(lab.asterisk.now))
        running = asyncio.create_task(board.run())
        answered = asyncio.create_task(board.post_and_wait(LegAnswered(third)))
        await asked.wait()
        assert performed == [do.MuteOutbound(third, on=False)] and not answered.done()
        disk.written.set_result(None)
        await answered
        assert len(performed) > 1 and performed.count(do.MuteOutbound(third, on=False)) == 1
        running.cancel()

    asyncio.run(asyncio.wait_for(go(), 20))


def test_while_nothing_can_be_written_a_line_is_refused_and_a_hang_up_done(
    demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a read-only one, a locked database: in each case, the journal waits."""
    monkeypatch.setattr("ari_app.switchboard.turn_commit.COMMIT_WITHIN", 0.01)
    monkeypatch.setattr("ari_app.switchboard.turn_commit.START_WITHIN", 0.05)
    lab = BegunDriver.copy(demo_database, tmp_path / demo_database.name)
    lab.log_in("1000")
    customer = lab.customer()
    lab.close()

    async def go() -> None:
        performed: list[do.Action] = []
        hung_up = asyncio.Event()

        def perform(_lane: str, action: do.Action) -> None:
            performed.append(action)
            if isinstance(action, do.Reply):
                board.tell(action)
            elif isinstance(action, FindDialFacts):
                board.post(DialFactsFound(action.check, action.agent, DialFacts()))
            elif action == do.HangUpLeg(customer):
                hung_up.set()

        board = Switchboard(lab.world, SlowDisk(), perform, Clock(lab.asterisk.now))
        running = asyncio.create_task(board.run())
        dial = make_command(Kind.DIAL_WITH_CUSTOMER, "1000", number="4930555001")
        told = await board.ask(dial, by="me", source="test")
        assert told.why == "Asterisk: the journal cannot be written (0)"
        assert not any(isinstance(action, do.CreateChannel | do.DialLeg) for action in performed)
        ending = asyncio.create_task(board.ask(make_command(Kind.HANGUP, "1000"), by="me", source="test"))
        await hung_up.wait()
        ending.cancel()
        running.cancel()

    asyncio.run(asyncio.wait_for(go(), 20))


def on_a_slow_disk(
    monkeypatch: pytest.MonkeyPatch, talk: Callable[[Switchboard, SlowDisk, "asyncio.Task[None]"], Awaitable[None]]
) -> None:
    monkeypatch.setattr("ari_app.switchboard.turn_commit.COMMIT_WITHIN", 0.01)

    async def go() -> None:
        disk = SlowDisk()
        board = Switchboard(World(), disk, lambda _lane, _action: None, Clock())
        running = asyncio.create_task(board.run())
        await talk(board, disk, running)
        running.cancel()

    asyncio.run(asyncio.wait_for(go(), 20))


def test_a_late_entry_that_the_journal_cannot_take_ends_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the app would continue with changes that are in no record."""

    async def talk(board: Switchboard, disk: SlowDisk, running: "asyncio.Task[None]") -> None:
        await board.post_and_wait(TimerFired())
        disk.written.set_exception(StatementFailed(sqlite3.DatabaseError("database disk image is malformed")))
        with pytest.raises(StatementFailed, match="malformed"):
            await asyncio.wait_for(running, 5)

    on_a_slow_disk(monkeypatch, talk)


def test_the_note_of_a_call_stays_until_the_journal_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the app is killed before, the next one finds it again."""
    put_note(str(tmp_path), ids.encode(1), 7, "5550000", "8005550100", "the app is away")
    taken, removed = asyncio.Event(), asyncio.Event()
    monkeypatch.setattr(notes, "remove", lambda folder, call: removed.set())

    async def talk(board: Switchboard, disk: SlowDisk, running: "asyncio.Task[None]") -> None:
        async def take_in(note: FallbackTaken) -> None:
            taken.set()
            await board.post_and_keep(note)

        looking = asyncio.create_task(pollers.spool(str(tmp_path), take_in))
        await taken.wait()
        await board.turned()
        await board.turned()
        assert not removed.is_set()
        disk.written.set_result(None)
        await removed.wait()
        looking.cancel()

    on_a_slow_disk(monkeypatch, talk)
