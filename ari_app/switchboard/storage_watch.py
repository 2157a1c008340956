"""Watches whether the database and the spill file can be written, also while the app has nothing to record.

How long calls wait for the disk, and when a new leg is refused, is decided in turn_commit.py.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from ari_app.process.broadcast import Broadcast
from ari_app.switchboard.clock import Clock
from warmline.operations.live_records import iso
from warmline.store.database.database import Connection, StoreError
from warmline.store.database.database_fault import Fault
from warmline.store.journal.storage_state import GOOD, LATE, StorageState, in_words
from warmline.store.postgresql.server_mark import OfServer

EVERY = 5.0  # seconds between two test writes
SLOW = "no write is done in time"
AGAIN = 0.5  # seconds between two looks at files that cannot be written

T = TypeVar("T")

log = logging.getLogger("warmline.storage")


class WatchedJournal(Protocol):
    @property
    def problem(self) -> str:
        """Why the database cannot be written; empty if no attempt has failed."""

    @property
    def spill_problem(self) -> str:
        """Why the spill file cannot be written; empty if it can."""

    @property
    def pending_since(self) -> float | None:
        """When the oldest pending entry or work was handed over, in monotonic seconds; None if there is none."""

    def check_spill_file(self) -> None:
        """Find out whether the spill file can be written; `spill_problem` tells it soon."""

    @property
    def history_lost(self) -> bool:
        """Whether the database does not have what this process wrote; `problem` says what to do."""

    def look_back(self) -> None:
        """Let the next write begin with a look whether all rows of this process are there."""

    def do(self, work: Callable[[Connection], T]) -> "asyncio.Future[T]":
        """Run other short work in the transaction of the next commit."""


class StorageWatch:
    """Tells `changed` each new state. `delayed` rings when an entry is late. Each test costs one flush of each file."""

    def __init__(
        self, journal: WatchedJournal, clock: Clock, delayed: Broadcast, changed: Callable[[StorageState], None]
    ) -> None:
        self._journal, self._clock, self._delayed, self._changed = journal, clock, delayed, changed
        self._state = GOOD
        self._never = asyncio.Event()

    async def run(self) -> None:
        """Watch without end. Raises StoreError once another app leads the database."""
        while True:
            ring = self._delayed.next_ring()
            await self._test(ring)
            with suppress(TimeoutError):
                async with asyncio.timeout(AGAIN if self._state.is_late else EVERY):
                    await (self._never if self._state.is_late else ring).wait()

    async def _test(self, ring: asyncio.Event) -> None:
        """Write to both files, and tell the state until the database has taken the test write."""
        self._journal.check_spill_file()
        self._journal.look_back()
        written = self._journal.do(_write_a_page)
        sooner = asyncio.create_task(ring.wait())
        either: set[asyncio.Future[Any]] = {written, sooner}
        await asyncio.wait(either, timeout=LATE, return_when=asyncio.FIRST_COMPLETED)
        sooner.cancel()
        self._tell(written)
        while not written.done():
            self._journal.check_spill_file()
            await asyncio.wait({written}, timeout=AGAIN)
            self._tell(written)

    def _tell(self, written: "asyncio.Future[None]") -> None:
        error = written.exception() if written.done() else None
        if isinstance(error, StoreError) and error.fault is Fault.REPLACED:
            raise error
        pending = self._journal.pending_since
        waited = time.monotonic() - pending if pending is not None else 0.0
        state = StorageState(spill_why=self._journal.spill_problem)
        if error or waited >= LATE:
            why = str(error) if error else self._journal.problem or SLOW
            since = self._state.since or self._clock.machine_time() - int(waited * 1e6)
            state = StorageState(since, why, state.spill_why, self._journal.history_lost)
        if state != self._state:
            self._log(state)
            self._state = state
            self._changed(state)

    def _log(self, state: StorageState) -> None:
        """Log a state of another kind than before."""
        if state.stores_nothing and not self._state.stores_nothing:
            log.error("%s", in_words(state, iso(state.since)))
        elif bool(state.spill_why) > bool(self._state.spill_why):
            log.warning("%s", in_words(state, iso(state.since)))
        elif self._state.is_late and not state.is_late:
            log.warning("the database is written again; it could not be since %s", iso(self._state.since))


def _write_a_page(connection: Connection) -> None:
    """Write a page. In a file it counts up, so that an older copy of the file is known (open_files.py)."""
    if isinstance(connection, OfServer):
        connection.execute("PRAGMA user_version = 0")
        return
    [mark] = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version = {mark + 1}")
