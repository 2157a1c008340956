"""The loop that owns the live calls: takes inputs, lets the core handle them, records and performs the result."""

import asyncio
import contextlib
import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Protocol

from ari_app.link.call_control import ANSWER_WITHIN, CommandReply, CommandTimeout, CommandUnrecorded
from ari_app.link.record_feed import BatchFrames, RecordFeed
from ari_app.process.broadcast import Broadcast
from ari_app.process.logs import about
from ari_app.switchboard.clock import Clock, new_ulid
from ari_app.switchboard.turn_feed import TurnFeed
from warmline.core.commands.key_press_privacy import PrivateKeys
from warmline.core.dialler.dialler_view import PulseFacts
from warmline.core.engine.engine import Input
from warmline.core.engine.guarded_turns import turns
from warmline.core.model import actions as do
from warmline.core.model.call import Call
from warmline.core.model.commands import Ask, Command, Kind
from warmline.core.model.dial_check import FindDialFacts
from warmline.core.model.dial_lead import OriginateToDialplan
from warmline.core.model.events import ActionFailed, DtmfReceived, Event, LegArrived, Remedy, TimerFired, TurnFailed
from warmline.core.model.receipt import Receipt
from warmline.core.model.server import MoveIntoStasis
from warmline.core.state import node_limit
from warmline.core.state.world import Turn, World
from warmline.store.journal.journal_codec import ABOUT_ACTION, entry_of
from warmline.store.journal.journal_writer import JournalEntry
from warmline.store.wire_names.journal_classes import KINDS, NAMES

log = logging.getLogger("warmline.switchboard")

COMMIT_WITHIN = 0.2  # seconds that connected parties wait for the disk
SPILL_AFTER = 0.15  # seconds that entries wait for the database before they are stored in the spill file, too
BEGINS = do.CreateChannel | do.DialLeg | MoveIntoStasis | OriginateToDialplan  # they must not come late
START_WITHIN = 2.0  # further seconds that a new leg waits for the disk before it is refused
FULL = 10_000  # pending inputs; above this number new calls go to the fallback
TOO_MUCH = "the node has more to do than it can"
REMEMBERED = 1000  # ended commands that are remembered

Waiter = asyncio.Future[asyncio.Future[None]]  # for the turn; the inner future is done when the turn is written
Waited = Callable[["asyncio.Future[None]"], None]  # takes what has been waited for
Pairs = list[tuple[str, do.Action]]  # lane and action, in order


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


class Switchboard:
    """Owns the live calls.

    `perform(lane, action)` must return at once; its results arrive by `post`. `on_end` receives each ended command.
    `ended` are commands that ended before the start, and are not in the database.
    """

    def __init__(
        self,
        world: World,
        journal: JournalPort,
        perform: Callable[[str, do.Action], None],
        clock: Clock,
        on_end: Callable[[Receipt], None] = lambda _: None,
        ended: Iterable[Receipt] = (),
    ) -> None:
        self.world = world
        self.on_end = on_end
        self.on_lead_call: Callable[[Call], None] = lambda _: None  # called at the end of each automatic call
        self._journal = journal
        self._perform = perform
        self._clock = clock
        self._inputs: deque[tuple[Input, Waiter | None]] = deque()
        self._arrival = asyncio.Event()
        self._askers: dict[str, asyncio.Future[CommandReply]] = {}
        self._digits: dict[str, str] = {}  # the keys of SEND_DTMF by receipt; they are never written to disk or log
        self._private = PrivateKeys()
        self._ended = {one.id: one for one in ended}  # the last commands that ended, if their end is on disk
        self._unrecorded: dict[str, Receipt] = {}  # commands whose end is not on disk yet, as before their end
        self._held_replies: set[str] = set()  # receipts whose success is not on disk yet
        self._endings: dict[str, asyncio.Future[Receipt]] = {}
        self.committed = Broadcast()  # rung after each commit
        self.turns = TurnFeed(lambda: self.world, lambda: journal.last_row)
        self.records = RecordFeed(lambda: self.world, lambda: journal.last_row)
        self._turned = Broadcast()  # rung after each turn
        self.late_commits = 0
        self.failed_turns: Counter[Remedy] = Counter()  # by remedy
        self.refused_full = 0  # refused callers and dials
        self._late: set[asyncio.Task[None]] = set()
        self._lost: BaseException | None = None  # the error of a journal that could not take an entry
        self.is_up = True
        self.connected = False  # events arrive, and Asterisk's state is known
        self.lost_at = 0  # when events stopped (microseconds UTC); 0 if none arrived since the start
        self.pulses: dict[str, PulseFacts] = {}  # of the diallers that run, by campaign
        self.on_connection: Callable[[], None] = lambda: None  # called after a change of these two

    def asterisk_is(self, *, connected: bool, lost_at: int) -> None:
        """Set whether events arrive and Asterisk's state is known, and when events stopped last."""
        self.connected, self.lost_at = connected, lost_at
        self.on_connection()

    @property
    def backlog(self) -> int:
        """The number of events and commands that wait to be handled."""
        return len(self._inputs)

    def post(self, event: Event) -> None:
        """Queue an event. A new caller goes to the fallback at once if too many inputs wait."""
        if len(self._inputs) >= FULL and isinstance(event, LegArrived) and event.leg not in self.world.legs:
            self._send_back(event)
            return
        self._put(event, None)

    def _send_back(self, caller: LegArrived) -> None:
        """Send a caller to the fallback before any other input. The core retries if that fails."""
        self.refused_full += 1
        log.warning("leg %s goes to the fallback: %s", caller.leg, TOO_MUCH, extra=about(caller.call))
        self._perform(caller.leg, do.ContinueInFallback(caller.leg, TOO_MUCH, next=not caller.call))

    async def post_and_wait(self, event: Event) -> "asyncio.Future[None]":
        """Queue an event and wait until it is handled; return a future that is done when the journal has it."""
        done: Waiter = asyncio.get_running_loop().create_future()
        self._put(event, done)
        return await done

    async def post_and_keep(self, event: Event) -> None:
        """Queue an event and wait until it is in the journal, however long the disk takes."""
        await asyncio.shield(await self.post_and_wait(event))

    async def ask(
        self, command: Command, by: str, source: str, key: str = "", digits: str = "", request: str = ""
    ) -> CommandReply:
        """Give a command, and wait until it is done or refused. Raises CommandTimeout after 5 s.

        Both are kept with the receipt: by `key` clients recognize their own request, by `request` Warmline
        recognizes a different one with the same key. `digits` are the keys of SEND_DTMF.
        """
        receipt = new_ulid(self._clock.now())
        answer: asyncio.Future[CommandReply] = asyncio.get_running_loop().create_future()
        self._askers[receipt] = answer
        if digits and command.kind is Kind.SEND_DTMF:
            self._digits[receipt] = digits
        self._put(Ask(receipt, command, by=by, source=source, key=key, request=request), None)
        try:
            return await asyncio.wait_for(answer, ANSWER_WITHIN)
        except TimeoutError:
            raise (CommandUnrecorded if self._is_unrecorded(receipt) else CommandTimeout)(receipt) from None
        finally:
            self._askers.pop(receipt, None)

    def waiting(self, queue: str) -> int:
        """Return how many calls wait in a queue."""
        return self.world.matcher.how_many_wait(queue)

    async def known(self) -> None:
        """Return at once, because this is the live state."""

    def receipt(self, receipt: str) -> Receipt | None:
        """Return the receipt of that id, if its command is in progress or ended recently.

        A command whose end is not on disk yet is in progress.
        """
        return self.world.receipts.get(receipt) or self._unrecorded.get(receipt) or self._ended.get(receipt)

    def receipt_with(self, by: str, key: str) -> Receipt | None:
        """Return the receipt of a client's key, if its command is in progress or ended recently.

        Raises CommandUnrecorded if its success is not on disk yet.
        """
        known = chain(self.world.receipts.values(), self._unrecorded.values(), self._ended.values())
        found = next((one for one in known if (one.by, one.key) == (by, key)), None)
        if found and self._is_unrecorded(found.id):
            raise CommandUnrecorded(found.id)
        return found

    def _is_unrecorded(self, receipt: str) -> bool:
        """Return whether the success of this command is known, and not on disk yet."""
        return receipt in self._held_replies or receipt in self._unrecorded

    async def outcome(self, receipt: str, within: float) -> Receipt:
        """Return how a recent command ended. Raises TimeoutError after `within` seconds."""
        if found := self._ended.get(receipt):
            return found
        if receipt not in self.world.receipts and receipt not in self._unrecorded:
            raise TimeoutError
        ending = self._endings.setdefault(receipt, asyncio.get_running_loop().create_future())
        return await asyncio.wait_for(asyncio.shield(ending), within)

    async def run(self) -> None:
        """Handle inputs without end.

        An error in the turn of an input affects one call only (warmline/core/engine/guarded_turns.py). An error of the
        journal ends the app, and the restarted app takes over the calls.
        """
        while True:
            await self._wait_for_input()
            if self._lost:
                raise self._lost
            batch = [self._inputs.popleft() for _ in range(len(self._inputs))]
            entries = [entry for entry, _ in batch] or [TimerFired()]
            turns = [turn for entry in entries for turn in self._handle(entry)]
            written = await self._record_and_perform(turns)
            for _, done in batch:
                if done and not done.done():
                    done.set_result(written)
            self._turned.ring()

    async def turned(self) -> None:
        """Wait until the loop has completed another turn with all earlier inputs."""
        ring = self._turned.next_ring()
        self._arrival.set()
        await ring.wait()

    def _put(self, entry: Input, done: "Waiter | None") -> None:
        self._inputs.append((entry, done))
        self._arrival.set()

    async def _wait_for_input(self) -> None:
        self._arrival.clear()
        if self._inputs or self._lost:
            return
        alarm = self.world.next_timer()
        delay = None if alarm is None else max(0.0, (alarm - self._clock.now()) / 1e6)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay):
                await self._arrival.wait()

    def _handle(self, entry: Input) -> "Iterator[tuple[Turn, JournalEntry | None]]":
        if isinstance(entry, DtmfReceived):
            entry = self._private.blanked(self.world, entry, new_ulid(self._clock.now()))
        for taken, turn, written in turns(self.world, entry, self._stamp, _with_entry, self._failed):
            self._follow(taken, turn, written)
            yield turn, written

    def _stamp(self) -> tuple[int, str]:
        now = self._clock.now()
        return now, new_ulid(now)

    def _failed(self, event: TurnFailed, error: Exception) -> None:
        """Log why a turn failed; the journal keeps only the place in the code."""
        self.failed_turns[event.remedy] += 1
        kind = KINDS[type(event.failed)]
        text = "the turn of %s failed (%s) and its changes were undone; remedy: %s"
        log.error(text, kind, event.place, event.remedy, exc_info=error, extra=about(event.call))

    def _follow(self, entry: Input, turn: Turn, written: JournalEntry | None) -> None:
        self.refused_full += node_limit.refused(turn)
        action = f"{NAMES[type(entry.action)]}: " if isinstance(entry, ABOUT_ACTION) else ""
        for text in turn.notes:
            log.warning("%s%s", action, text, extra=about(self._call(written)))
        for call in _lead_calls_ended_in(turn):
            self.on_lead_call(call)
        for receipt in _ended_in(turn):
            self._unrecorded[receipt.id] = receipt.unended
            self.on_end(receipt)

    def _call(self, written: JournalEntry | None) -> str:
        """Return the call of an entry, or its agent's call, or ""."""
        session = self.world.sessions.get(written.agent) if written else None
        return (written.call if written else "") or (session.call if session else None) or ""

    async def _record_and_perform(self, turns: list[tuple[Turn, JournalEntry | None]]) -> "asyncio.Future[None]":
        """Record turns and perform their actions. Those that parties hear go to Asterisk before the followers are told.

        Commands are answered last: who reads the live state after an answer finds the effect there. No success is
        answered before it is on disk.
        """
        entries = [entry for _, entry in turns if entry]
        only_turns = [turn for turn, _ in turns]
        tell, frames = self.turns.prepared(only_turns, entries), self.records.prepared(only_turns, entries)
        told = partial(self._committed, tell, frames)
        written = self._journal.record(entries)
        first, others = _at_once([pair for turn in only_turns for pair in turn.actions])
        self._perform_all(first)
        was_late = self._journal.is_spilling
        durable = await self._on_disk(written, any(_is_success(action) for _, action in others))
        done = written.done()
        held = [] if done else [pair for pair in others if _waits_for_row(pair[1])]
        replies = [pair for pair in others if isinstance(pair[1], do.Reply)]
        self._perform_all(pair for pair in others if pair not in held and pair not in replies)
        if done:
            written.result()
            if entries:
                await asyncio.sleep(0)  # the actions' requests are sent in this turn of the event loop
                told(written)
        else:
            self._disk_is_late(written, told, frames, begins=not was_late)
        self._answer([reply for reply in replies if not _is_success(reply[1])])
        ended = [receipt for turn in only_turns for receipt in _ended_in(turn)]
        confirmed = partial(self._confirmed, ended, [reply for reply in replies if _is_success(reply[1])], frames)
        if durable.done():
            confirmed(durable)
        else:
            self._held_replies |= {reply.receipt for _, reply in replies if isinstance(reply, do.Reply)}
            durable.add_done_callback(confirmed)
        if held:
            task = asyncio.create_task(self._perform_once_written(held, written))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
        return written

    async def _on_disk(self, written: "asyncio.Future[None]", confirms: bool) -> "asyncio.Future[None]":
        """Wait for the commit, or for the spill file, at most COMMIT_WITHIN; return the future of the one to wait for.

        While the database is late, later entries are stored in the spill file at once. A turn that `confirms` without
        an entry of its own waits for the entries before it.
        """
        late = self._journal.is_spilling
        waits = 0.0 if late else SPILL_AFTER
        done, _ = await asyncio.wait({written}, timeout=waits)
        if done and not (late and confirms):
            return written
        durable = self._journal.durable()
        await asyncio.wait({written, durable}, timeout=COMMIT_WITHIN - waits, return_when=asyncio.FIRST_COMPLETED)
        return durable

    def _confirmed(
        self, ended: list[Receipt], replies: Pairs, frames: BatchFrames, durable: "asyncio.Future[None]"
    ) -> None:
        """Show and answer what is on disk now: the ends of commands, and successes."""
        if durable.cancelled() or durable.exception():
            return  # the loop ends and reports the error
        frames.ended()
        for receipt in ended:
            self._unrecorded.pop(receipt.id, None)
            self._ended[receipt.id] = receipt
            if waits := self._endings.pop(receipt.id, None):
                waits.set_result(receipt)
        while len(self._ended) > REMEMBERED:
            del self._ended[next(iter(self._ended))]
        self._answer(replies)

    def _answer(self, replies: Pairs) -> None:
        for lane, reply in replies:
            assert isinstance(reply, do.Reply)
            self._held_replies.discard(reply.receipt)
            self._perform(lane, reply)

    def _perform_all(self, pairs: Iterable[tuple[str, do.Action]]) -> None:
        for lane, action in pairs:
            self._perform(lane, action)

    def _disk_is_late(
        self, written: "asyncio.Future[None]", told: Waited, frames: BatchFrames, *, begins: bool
    ) -> None:
        self.late_commits += 1
        frames.changed()  # an answer must not come before its effect, and an end not before it is on disk
        if begins:
            log.warning("the database has not been written for %d ms; calls stay connected", COMMIT_WITHIN * 1000)
        written.add_done_callback(told)
        written.add_done_callback(self._written_late)

    def _committed(self, tell: Callable[[], None], frames: BatchFrames, written: "asyncio.Future[None]") -> None:
        """Tell the followers of the journal."""
        self.committed.ring()
        if not written.cancelled() and not written.exception():
            tell()
            frames.committed()

    def _written_late(self, written: "asyncio.Future[None]") -> None:
        """End the loop if the journal failed to write, because later work is not recorded."""
        if error := written.exception():
            self._lost = error
            self._arrival.set()

    async def _perform_once_written(self, held: "list[tuple[str, do.Action]]", written: "asyncio.Future[None]") -> None:
        """Perform the held actions when their record is written.

        New legs fail if the record takes longer than START_WITHIN, the time that Asterisk would have to answer. All
        other held actions wait for as long as necessary.
        """
        done, _ = await asyncio.wait({written}, timeout=START_WITHIN)
        for _, action in held:
            if not done and isinstance(action, BEGINS):
                self.post(ActionFailed(action, 0, "the journal cannot be written"))
        await asyncio.wait({written})
        if written.exception():
            return  # the loop ends and reports the error
        for lane, action in held:
            if done or not isinstance(action, BEGINS):
                self._perform(lane, action)

    def tell(self, action: do.Reply) -> None:
        """Give the answer to the client that waits for it, if any."""
        if action.why or action.of:  # refused, or a repeated command, whose keys are sent once
            self._digits.pop(action.receipt, None)
        asker = self._askers.get(action.receipt)
        if asker and not asker.done():
            asker.set_result(CommandReply(action.of or action.receipt, action.why, action.refused))

    def digits(self, receipt: str) -> str:
        """Return and forget the keys of a command, or the key of an agent's phone by its id."""
        return self._digits.pop(receipt, "") or self._private.take(receipt)


def _with_entry(entry: Input, turn: Turn, base: str) -> tuple[Input, Turn, JournalEntry | None]:
    """Return a turn with its journal entry, so that an error in building the entry is an error of the turn."""
    return entry, turn, entry_of(entry, turn, base)


def _at_once(actions: Pairs) -> tuple[Pairs, Pairs]:
    """Split actions into those that need no commit, and the others.

    A party who answers can hear the bridge before the commit, if no other action touches that leg. After a crash the
    app repeats that action. A join waits for the commit, because the restarted app would undo an unrecorded join.
    """
    ends = {action.leg: action for _, action in actions if isinstance(action, do.MuteOutbound) and not action.on}
    if not ends:
        return [], actions
    for _, action in actions:
        leg = do.leg_of(action) or ""
        if leg in ends and action != ends[leg]:
            del ends[leg]
    first: Pairs = []
    others: Pairs = []
    for pair in actions:
        (first if do.leg_of(pair[1]) in ends else others).append(pair)
    return first, others


def _waits_for_row(action: do.Action) -> bool:
    """Return whether an action waits for the database: it begins a leg, informs others, or counts the rows."""
    match action:
        case do.CreateChannel() | do.DialLeg() | MoveIntoStasis() | OriginateToDialplan() | do.SendWebhook():
            return True
        case FindDialFacts(since=since):  # earlier dials must be counted
            return since > 0
    return False


def _is_success(action: do.Action) -> bool:
    return isinstance(action, do.Reply) and not action.why and not action.refused


def _lead_calls_ended_in(turn: Turn) -> Iterator[Call]:
    """Yield the automatic calls that ended in this turn."""
    calls = (record for record, is_open in turn.changes if isinstance(record, Call) and not is_open)
    return (call for call in calls if call.automatic)


def _ended_in(turn: Turn) -> Iterator[Receipt]:
    """Yield the commands that ended in this turn."""
    return (record for record, is_open in turn.changes if isinstance(record, Receipt) and not is_open)
