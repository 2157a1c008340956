"""An app whose database another app leads: what it decided has no effect, and it ends."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ari_app.process.broadcast import Broadcast
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.storage_watch import StorageWatch
from ari_app.switchboard.switchboard import Switchboard
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages import actions as do
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Kind
from warmline.store.database.database import Connection, StatementFailed
from warmline.store.database.database_fault import Fault
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.storage_state import StorageState

T = TypeVar("T")
LIMIT = 10.0  # seconds; only a failing test takes this long


def replaced() -> StatementFailed:
    """Make the error with which a server refuses a write of an older epoch."""
    error = sqlite3.OperationalError("another app leads")
    error.sqlite_errorcode = sqlite3.SQLITE_PERM
    return StatementFailed(error)


class RefusingJournal:
    """A journal that refuses each entry and all other work, because another app leads."""

    last_row = 0
    is_spilling = False
    problem = spill_problem = ""
    pending_since = None
    history_lost = False

    def record(self, entries: Sequence[JournalEntry]) -> "asyncio.Future[None]":
        return self._refused()

    def durable(self) -> "asyncio.Future[None]":
        return self._refused()

    def do(self, work: Callable[[Connection], T]) -> "asyncio.Future[T]":
        return self._refused()

    def check_spill_file(self) -> None:
        """Do nothing."""

    def look_back(self) -> None:
        """Do nothing."""

    def _refused(self) -> "asyncio.Future[Any]":
        refused: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        refused.set_exception(replaced())
        return refused


def test_the_error_tells_its_cause() -> None:
    assert replaced().fault is Fault.REPLACED


def test_a_refused_turn_has_no_effect_and_ends_the_app(demo_database: Path, tmp_path: Path) -> None:
    lab = RecordedDriver(Path(shutil.copy(demo_database, tmp_path)))
    lab.log_in("1000")
    lab.customer()
    lab.close()
    performed: list[do.Action] = []

    async def go() -> None:
        board = Switchboard(
            lab.world, RefusingJournal(), lambda _lane, action: performed.append(action), Clock(lab.asterisk.now)
        )
        running = asyncio.create_task(board.run())
        asked = asyncio.create_task(board.ask(make_command(Kind.PARK_CUSTOMER, "1000"), by="me", source="test"))
        with pytest.raises(StatementFailed, match="another app leads"):
            await asyncio.wait_for(running, LIMIT)
        asked.cancel()

    asyncio.run(go())
    assert performed == []


async def test_an_idle_app_learns_it_from_the_test_write() -> None:
    told: list[StorageState] = []
    watch = StorageWatch(RefusingJournal(), Clock(), Broadcast(), told.append)
    with pytest.raises(StatementFailed, match="another app leads"):
        await asyncio.wait_for(watch.run(), LIMIT)
    assert told == []
