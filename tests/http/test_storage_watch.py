"""Files that cannot be written are noticed at once, under load and in an idle app, in every place that shows it."""

import asyncio
import errno
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from ari_app.link.call_control import CommandUnrecorded
from ari_app.switchboard import storage_watch
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.storage_watch import StorageWatch
from ari_app.switchboard.switchboard import Switchboard
from tests.copied_database import new_database
from tests.http.test_switchboard import on_a_board
from tests.link.link_stage import LinkStage
from tests.store.journal.test_journal import locked
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Kind
from warmline.core.messages.leg_messages import LegArrived, LegDestroyed
from warmline.store.database.database import connect
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.journal.spill_file import SpillFile
from warmline.store.journal.storage_state import GOOD, StorageState, in_words

LIMIT = 10.0  # seconds; only a failing test takes this long
LOCKED = "database is locked"
FULL = "No space left on device"

Talk = Callable[[Switchboard], Awaitable[None]]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each write to the spill file fail."""

    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, FULL)

    for method in ("append", "check", "clear"):
        monkeypatch.setattr(SpillFile, method, fails)


def watched(folder: Path, talk: Talk) -> None:
    """Let `talk` talk to a running switchboard whose files are watched."""

    async def beside_a_watch(board: Switchboard) -> None:
        journal = board._commit._journal
        assert isinstance(journal, JournalWriter)
        running = asyncio.create_task(StorageWatch(journal, Clock(), board.delayed, board.storage_is).run())
        try:
            await talk(board)
        finally:
            running.cancel()

    on_a_board(folder, beside_a_watch)


async def until(board: Switchboard, holds: Callable[[StorageState], bool]) -> StorageState:
    async with asyncio.timeout(LIMIT):
        while True:
            ring = board.status.next_ring()
            if holds(board.storage):
                return board.storage
            await ring.wait()


async def an_entry(board: Switchboard) -> None:
    await board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE")))


def test_a_late_entry_is_told_at_once(tmp_path: Path) -> None:
    async def talk(board: Switchboard) -> None:
        await asyncio.sleep(0.05)  # the first test write is over, and the next one is 5 s later
        began, at = time.monotonic(), time.time_ns() // 1000
        with locked(tmp_path / "warmline.db"):
            posted = asyncio.create_task(an_entry(board))
            state = await until(board, lambda one: one.is_late)
            took = time.monotonic() - began
            state = await until(board, lambda one: one.why == LOCKED)
            await posted
        assert took < 1.0, "an idle app would take up to 5 s"
        assert (state.spill_why, state.stores_nothing) == ("", False)
        assert 0 <= state.since - at < 500_000
        assert await until(board, lambda one: not one.is_late) == GOOD

    watched(tmp_path, talk)


@pytest.mark.usefixtures("full")
def test_an_idle_app_notices_that_nothing_can_be_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_watch, "EVERY", 0.1)

    async def talk(board: Switchboard) -> None:
        state = await until(board, lambda one: one.spill_why == FULL)
        assert (state.is_late, state.stores_nothing) == (False, False), "the database takes everything"
        with locked(tmp_path / "warmline.db"):
            first = await until(board, lambda one: one.stores_nothing)
            state = await until(board, lambda one: one.why == LOCKED)
            assert (state.since, state.spill_why) == (first.since, FULL)
        assert (await until(board, lambda one: not one.is_late)).spill_why == FULL

    watched(tmp_path, talk)


def _other_file(path: Path) -> None:
    new = path.with_name("new.db")
    new_database(new)
    new.replace(path)


@pytest.mark.fault(
    "another program deletes, moves or replaces the database or its log",
    "parties keep talking; commands have effect and are not confirmed; new lines are refused",
    "a start, `audit verify` and doctor name the rows that are missing; later turns are in the spill file",
)
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            lambda path: path.with_name(f"{path.name}-wal").unlink(),
            "-wal was deleted or moved away while it was in use",
        ),
        (_other_file, "warmline.db was replaced by another file while it was in use"),
        (
            lambda path: path.rename(path.with_name("away.db")),
            "warmline.db was deleted or moved away while it was in use",
        ),
    ],
)
def test_nothing_is_confirmed_once_the_database_is_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[Path], None], said: str
) -> None:
    """A success that is in the spill file alone would be missing in the next database."""
    monkeypatch.setattr("ari_app.switchboard.switchboard.ANSWER_WITHIN", 0.3)

    async def talk(board: Switchboard) -> None:
        await an_entry(board)
        [call] = board.world.calls
        await board.post_and_wait(LegDestroyed("17.1", 16))
        fault(tmp_path / "warmline.db")
        with pytest.raises(CommandUnrecorded):
            await board.ask(make_command(Kind.SET_STATUS, "1000", call, status="SALE"), "ada", "test")
        state = await until(board, lambda one: one.lost)
        assert state.stores_nothing and not state.spill_why
        told = in_words(state, "12:00")
        assert said in told and "nothing is confirmed since 12:00" in told and "stop all of Warmline" in told

    watched(tmp_path, talk)


def test_a_test_write_reaches_the_disk_and_is_counted(tmp_path: Path) -> None:
    """A write that SQLite leaves out would not find a full or broken disk."""
    path = tmp_path / "warmline.db"

    async def talk(board: Switchboard) -> None:
        journal = board._commit._journal
        assert isinstance(journal, JournalWriter)
        with closing(connect(path)) as reader:
            reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            await journal.do(storage_watch._write_a_page)
            assert reader.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone() == (0, 1, 1)
            assert reader.execute("PRAGMA user_version").fetchone() == (1,)

    on_a_board(tmp_path, talk)


def test_an_unwritable_page_is_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as in a damaged file: no later attempt succeeds, so the writer does not wait."""
    monkeypatch.setattr(storage_watch, "EVERY", 0.1)

    def fails(_: sqlite3.Connection) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(storage_watch, "_write_a_page", fails)

    async def talk(board: Switchboard) -> None:
        assert (await until(board, lambda one: one.is_late)).why == "database disk image is malformed"

    watched(tmp_path, talk)


def test_the_other_processes_know_it_at_once(tmp_path: Path) -> None:
    state = StorageState(1_700_000_000_000_000, LOCKED, FULL)

    async def talk(board: Switchboard) -> None:
        stage = LinkStage(board, tmp_path)
        stage.start()
        async with stage.remote() as calls:
            ring = calls.status.next_ring()
            board.storage_is(state)
            await asyncio.wait_for(ring.wait(), LIMIT)
            assert calls.storage == state
        await stage.stop()

    on_a_board(tmp_path, talk)
