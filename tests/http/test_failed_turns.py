"""The app's loop continues after a failed turn: the client gets an answer, `/metrics` counts it, the log names it."""

import asyncio
import logging
from pathlib import Path

import pytest

from ari_app.asterisk.ari_schemas import AriChannel
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.background.metrics import Metrics
from ari_app.calls import failed_turn_reconciliation
from ari_app.calls.failed_turn_reconciliation import CallReconciliation
from ari_app.calls.work_queue import WorkQueue
from ari_app.servers.rtp_watchdog import RtpWatchdog
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from tests.http.test_switchboard import PAUSE, on_a_board
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.core.commands import command_dispatch
from warmline.core.messages.commands import Ask
from warmline.core.messages.events import Event, Remedy
from warmline.core.messages.leg_messages import LegArrived, LegDestroyed, LegHoldChanged
from warmline.core.messages.process_messages import CallsReconciled, ReconcileCalls
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.receipt import Outcome
from warmline.core.rules.reasons import TURN_FAILED
from warmline.core.world.turn import Turn
from warmline.store.journal import journal_codec
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.migrations.schema_migration import migrate
from warmline.store.reports.failed_turns import failed_turns

CALLER = LegArrived("17.1", ("ingroup", "SALESLINE"), number="3125550100")


class LoudError(Exception):
    """An exception that only the log shows."""


def test_the_loop_continues_after_a_failed_turn_and_answers_the_client(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def dispatch(_turn: Turn, _ask: Ask) -> None:
        raise LoudError("a text")

    async def talk(board: Switchboard) -> str:
        await board.post_and_wait(CALLER)
        with monkeypatch.context() as patch:
            patch.setattr(command_dispatch, "dispatch", dispatch)
            told = await board.ask(PAUSE, "me", "test")
        assert (told.why, told.refused) == (TURN_FAILED.text(), True)
        kept = board.receipt(told.receipt)
        assert kept and (kept.outcome, kept.cause) == (Outcome.REFUSED, TURN_FAILED.text())
        assert (await board.ask(PAUSE, "me", "test")).why == "the agent is not logged in"
        assert len(board.world.calls) == 1 and board.failed_turns == {Remedy.NONE: 1}
        work = WorkQueue(lambda: board.world, board.post_and_wait)
        phones = RtpWatchdog(AriClient("http://none", "", "", "warmline"), lambda: board.world)
        migrate(tmp_path / "other.db")
        journal = JournalWriter(tmp_path / "other.db")
        journal.open()
        try:
            return Metrics().page(board, journal, {MAIN_SERVER: phones}, work).decode()
        finally:
            journal.close()

    page = on_a_board(tmp_path, talk)
    assert 'warmline_failed_turns_total{remedy="none"} 1.0' in page
    assert 'warmline_failed_turns_total{remedy="fallback"} 0.0' in page
    [failed] = failed_turns(tmp_path / "warmline.db", 0)
    assert (failed.kind, failed.error, failed.remedy) == ("command.requested", "LoudError", "none")
    [said] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert (
        said.exc_info and "the turn of command.requested failed (warmline/core/engine/engine.py:" in said.getMessage()
    )


def test_an_error_in_making_the_journals_entry_is_one_of_the_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events_of = journal_codec.events_of

    def fails(turn: Turn):  # type: ignore[no-untyped-def] # as the original
        if turn.world.calls:
            raise LoudError
        return events_of(turn)

    async def talk(board: Switchboard) -> None:
        monkeypatch.setattr(journal_codec, "events_of", fails)
        await board.post_and_wait(CALLER)
        assert not board.world.calls and not board.world.legs

    on_a_board(tmp_path, talk)
    [failed] = failed_turns(tmp_path / "warmline.db", 0)
    assert failed.place.startswith("warmline/store/journal/journal_codec.py:")


class Asterisk:
    """A snapshot with a caller; `says` can fail first, or report an event before it."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board
        self.asked = 0
        self.fails = 0
        self.meanwhile: list[Event] = []
        self.reconciliation = CallReconciliation(MAIN_SERVER, board, self.settled, self.picture)

    async def settled(self, _: str) -> None:
        """Wait until nothing is pending."""

    async def picture(self) -> AsteriskSnapshot:
        self.asked += 1
        if self.asked <= self.fails:
            raise AriError(0, "ari_no_answer", "no answer in time")
        for event in self.meanwhile:
            self.reconciliation.heard(event)
        self.meanwhile = []
        channels: dict[str, AriChannel] = {}
        return AsteriskSnapshot("warmline", Clock().now() + 1_000_000, channels, frozenset(), {}, frozenset())


def reconciled(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fails: int = 0, meanwhile: tuple[Event, ...] = ()
) -> tuple[int, list[Event]]:
    """Return how often the snapshot without the caller was read, and the core's events."""
    monkeypatch.setattr(failed_turn_reconciliation, "AGAIN", 0.0)
    told: list[Event] = []

    async def talk(board: Switchboard) -> int:
        await board.post_and_wait(CALLER)
        board.reaches(MAIN_SERVER)
        asterisk = Asterisk(board)
        asterisk.fails, asterisk.meanwhile = fails, list(meanwhile)
        running = asyncio.create_task(asterisk.reconciliation.run())
        post = board.post
        monkeypatch.setattr(board, "post", lambda event: (told.append(event), post(event)))
        asterisk.reconciliation.ask(ReconcileCalls(tuple(board.world.calls), ("17.1",)))
        async with asyncio.timeout(5):
            while board.world.calls:
                await board.turned()
        running.cancel()
        return asterisk.asked

    return on_a_board(folder, talk), told


def test_a_failed_call_is_compared_with_asterisks_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, told = reconciled(tmp_path, monkeypatch)
    assert asked == 1 and told[0] == LegDestroyed("17.1", 0) and isinstance(told[-1], CallsReconciled)


def test_asterisk_is_asked_again_while_it_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, told = reconciled(tmp_path, monkeypatch, fails=2)
    assert asked == 3 and told[0] == LegDestroyed("17.1", 0)


def test_a_snapshot_is_read_again_after_a_change_of_its_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, _ = reconciled(tmp_path, monkeypatch, meanwhile=(LegHoldChanged("17.1", on=True),))
    assert asked == 2
