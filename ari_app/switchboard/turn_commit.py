"""Commits a batch of turns: records them, performs their actions, and answers their commands, in this order.

Parties do not wait for the disk for more than COMMIT_WITHIN. Successes wait until the database or the spill file has
their turns. A new leg waits for the database START_WITHIN longer, and is refused then: its action fails.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from ari_app.link.record_feed import BatchFrames, RecordFeed
from ari_app.process.broadcast import Broadcast
from ari_app.switchboard.action_order import BEGINS, Pairs, at_once, by_answer, ended_in, receipts_of, waits_for_row
from ari_app.switchboard.known_receipts import KnownReceipts
from ari_app.switchboard.turn_feed import TurnFeed
from warmline.core.messages import actions as do
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.events import Event
from warmline.core.model.receipt import Receipt
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.store.database.database import StoreError
from warmline.store.database.database_fault import Fault
from warmline.store.journal.journal_entry import JournalEntry

log = logging.getLogger("warmline.switchboard")

COMMIT_WITHIN = 0.2  # seconds that connected parties wait for the disk
SPILL_AFTER = 0.15  # seconds that entries wait for the database before they are stored in the spill file, too
START_WITHIN = 2.0  # further seconds that a new leg waits for the database before it is refused

Waited = Callable[["asyncio.Future[None]"], None]  # takes what has been waited for


class JournalPort(Protocol):
    @property
    def last_row(self) -> int:
        """The number of the last row that was handed over."""

    @property
    def is_spilling(self) -> bool:
        """Whether the database is late, so that entries are stored in the spill file."""

    def record(self, entries: Sequence[JournalEntry]) -> "asyncio.Future[None]":
        """Write the entries in one transaction; return a future that is done after the commit."""

    def durable(self) -> "asyncio.Future[None]":
        """Return a future that is done when all entries handed over are on disk, if only in the spill file."""


class TurnCommit:
    """Commits the batches of one switchboard, one after the other.

    `perform(lane, action)` and `post` must return at once. `lost` receives the error of a journal that cannot take an
    entry.
    """

    def __init__(
        self,
        world: Callable[[], World],
        journal: JournalPort,
        perform: Callable[[str, do.Action], None],
        post: Callable[[Event], None],
        lost: Callable[[BaseException], None],
        receipts: KnownReceipts,
    ) -> None:
        self._journal, self._perform, self._post, self._lost = journal, perform, post, lost
        self._world = world
        self._receipts = receipts
        self.committed = Broadcast()  # rung after each commit
        self.dialling = Broadcast()  # rung after each commit while there is a dialler
        self.turns = TurnFeed(world, lambda: journal.last_row)
        self.records = RecordFeed(world, lambda: journal.last_row)
        self.late = 0  # batches that the database did not have in time
        self.late_before_dialling = 0  # those up to the last commit without a dialler
        self.delayed = Broadcast()  # rung at each of them
        self._held: set[asyncio.Task[None]] = set()

    async def commit(self, batch: list[tuple[Turn, JournalEntry | None]]) -> "asyncio.Future[None]":
        """Record turns and perform their actions; return a future that is done when the database has them.

        Actions that parties hear go to Asterisk before the followers are told. Commands are answered last: who reads
        the live state after an answer finds the effect there.
        """
        entries, turns = [entry for _, entry in batch if entry], [turn for turn, _ in batch]
        tell, frames = self.turns.prepared(turns, entries), self.records.prepared(entries)
        told = partial(self._told, tell, frames)
        written = self._journal.record(entries)
        first, others = at_once([pair for turn in turns for pair in turn.actions])
        self._perform_all(first)
        moves, refusals, successes = by_answer(others)
        was_late = self._journal.is_spilling
        durable = await self._on_disk(written, confirms=bool(successes))
        if written.done():
            if not _is_replaced(written):
                self._perform_all(moves)
            written.result()
            if entries:
                await asyncio.sleep(0)  # the actions' requests are sent in this turn of the event loop
                told(written)
        else:
            self._perform_all(pair for pair in moves if not waits_for_row(pair[1]))
            self._perform_later([pair for pair in moves if waits_for_row(pair[1])], written)
            self._disk_is_late(written, told, frames, begins=not was_late)
        self._perform_all(refusals)
        ended = [one for turn in turns for one in ended_in(turn)]
        if durable.done():
            self._confirmed(ended, successes, frames, durable)
        else:
            self._receipts.hold(receipts_of(successes))
            durable.add_done_callback(partial(self._confirmed, ended, successes, frames))
        return written

    async def _on_disk(self, written: "asyncio.Future[None]", *, confirms: bool) -> "asyncio.Future[None]":
        """Wait for the commit, or for the spill file, at most COMMIT_WITHIN; return the future of the one to wait for.

        While the database is late, later entries are stored in the spill file at once. A turn that `confirms` without
        an entry of its own waits for the entries before it.
        """
        late = self._journal.is_spilling
        if written.done() and not (late and confirms):
            return written
        waits = 0.0 if late else SPILL_AFTER
        done, _ = await asyncio.wait({written}, timeout=waits)
        if done and not (late and confirms):
            return written
        durable = self._journal.durable()
        await asyncio.wait({written, durable}, timeout=COMMIT_WITHIN - waits, return_when=asyncio.FIRST_COMPLETED)
        return durable

    def _confirmed(
        self, ended: list[Receipt], successes: Pairs, frames: BatchFrames, durable: "asyncio.Future[None]"
    ) -> None:
        """Show and answer what is on disk now: the ends of commands, and successes."""
        if durable.cancelled() or durable.exception():
            return  # the loop ends and reports the error
        frames.ended()
        self._receipts.on_disk(ended, receipts_of(successes))
        self._perform_all(successes)

    def _perform_all(self, pairs: Iterable[tuple[str, do.Action]]) -> None:
        for lane, action in pairs:
            self._perform(lane, action)

    def _disk_is_late(
        self, written: "asyncio.Future[None]", told: Waited, frames: BatchFrames, *, begins: bool
    ) -> None:
        self.late += 1
        self.delayed.ring()
        frames.changed()  # an answer must not come before its effect, and an end not before it is on disk
        if begins:
            log.warning("the database has not been written for %d ms; calls stay connected", COMMIT_WITHIN * 1000)
        written.add_done_callback(told)
        written.add_done_callback(self._written_late)

    def _told(self, tell: Callable[[], None], frames: BatchFrames, written: "asyncio.Future[None]") -> None:
        """Tell the followers of the journal."""
        self.committed.ring()
        if self._world().diallers:
            self.dialling.ring()
        else:
            self.late_before_dialling = self.late
        if not written.cancelled() and not written.exception():
            tell()
            frames.committed()

    def _written_late(self, written: "asyncio.Future[None]") -> None:
        """End the loop if the journal failed to write, because later work is not recorded."""
        if error := written.exception():
            self._lost(error)

    def _perform_later(self, held: Pairs, written: "asyncio.Future[None]") -> None:
        if held:
            task = asyncio.create_task(self._perform_once_written(held, written))
            self._held.add(task)
            task.add_done_callback(self._held.discard)

    async def _perform_once_written(self, held: Pairs, written: "asyncio.Future[None]") -> None:
        """Perform the held actions when the database has their record.

        New legs fail if the record takes longer than START_WITHIN, the time that Asterisk would have to answer. All
        other held actions wait for as long as necessary.
        """
        done, _ = await asyncio.wait({written}, timeout=START_WITHIN)
        for _, action in held:
            if not done and isinstance(action, BEGINS):
                self._post(ActionFailed(action, 0, "the journal cannot be written"))
        await asyncio.wait({written})
        if written.exception():
            return  # the loop ends and reports the error
        self._perform_all((lane, action) for lane, action in held if done or not isinstance(action, BEGINS))


def _is_replaced(written: "asyncio.Future[None]") -> bool:
    """Return whether the database refused turns, because another app leads: they have no effect."""
    error = None if written.cancelled() else written.exception()
    return isinstance(error, StoreError) and error.fault is Fault.REPLACED
