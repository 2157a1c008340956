"""The one loop: take, handle, record, perform."""

import asyncio
import contextlib
import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from ari_app.process.broadcast import Broadcast
from ari_app.process.logs import about
from ari_app.switchboard.clock import Clock, new_ulid
from warmline.core.engine.engine import Input
from warmline.core.engine.guarded_turns import turns
from warmline.core.model import actions as do
from warmline.core.model.commands import Ask, Command, Kind
from warmline.core.model.events import ActionFailed, DtmfReceived, Event, LegArrived, Remedy, TimerFired, TurnFailed
from warmline.core.model.receipt import Receipt
from warmline.core.queue.wait_choices import blanked
from warmline.core.state import node_limit
from warmline.core.state.world import Turn, World
from warmline.store.journal.journal_codec import ABOUT_ACTION, entry_of
from warmline.store.journal.journal_writer import JournalEntry
from warmline.store.wire_names.journal_classes import KINDS, NAMES

log = logging.getLogger("warmline.switchboard")

ANSWER_WITHIN = 5.05  # seconds an API caller waits: the core refuses what still waits after 5
COMMIT_WITHIN = 0.2  # seconds people's connections wait for the disk
START_WITHIN = 2.0  # seconds more that a new line waits for it, before it is refused
FULL = 10_000  # inputs waiting; beyond that no new call is taken
TOO_MUCH = "the node has more to do than it can"
REMEMBERED = 1000  # ended commands
ONLY_RECORDS = (Kind.STATUS, Kind.SET_STATUS, Kind.CALLBACK)  # whoever has their answer relies on what is written

Waiter = asyncio.Future[asyncio.Future[None]]  # for the turn, which tells when it is written
Pairs = list[tuple[str, do.Action]]  # lane and action, in order


class CommandReply(NamedTuple):
    """The answer to a command: `why` is "" once it is done (for a dial: begun), else why not.

    `refused`: it was not accepted, and nothing has changed. `receipt` is the first one's for a repeat that follows it.
    """

    receipt: str
    why: str
    refused: bool = False


class CommandTimeout(TimeoutError):
    """The command goes on, and `receipt` tells how it ends."""

    def __init__(self, receipt: str) -> None:
        super().__init__("timed out")
        self.receipt = receipt


class JournalPort(Protocol):
    def record(self, entries: Sequence[JournalEntry]) -> "asyncio.Future[None]":
        """Write the entries in one transaction; done after its commit."""


class Switchboard:
    """Owns the live calls. `perform(lane, action)` must return at once; what comes of it comes back by `post`.

    `on_end` is told of each command that has ended.
    """

    def __init__(
        self,
        world: World,
        journal: JournalPort,
        perform: Callable[[str, do.Action], None],
        clock: Clock,
        on_end: Callable[[Receipt], None] = lambda _: None,
    ) -> None:
        self.world = world
        self.on_end = on_end
        self._journal = journal
        self._perform = perform
        self._clock = clock
        self._inputs: deque[tuple[Input, Waiter | None]] = deque()
        self._arrival = asyncio.Event()
        self._askers: dict[str, asyncio.Future[CommandReply]] = {}
        self._digits: dict[str, str] = {}  # the keys of SEND_DTMF by receipt: they are never written anywhere
        self._ended: dict[str, Receipt] = {}  # the last commands that have ended
        self._endings: dict[str, asyncio.Future[Receipt]] = {}
        self.committed = Broadcast()  # rung after each commit
        self._turned = Broadcast()  # rung after each turn
        self.late_commits = 0
        self.failed_turns: Counter[Remedy] = Counter()  # by what was done instead
        self.refused_full = 0  # callers and dials
        self._late: set[asyncio.Task[None]] = set()
        self._lost: BaseException | None = None  # why the journal could not take an entry
        self.connected = False  # events come, and Asterisk's picture and ours are the same
        self.lost_at = 0  # since when they do not (microseconds UTC); 0: they have never come

    @property
    def backlog(self) -> int:
        """How many events and commands are to be handled."""
        return len(self._inputs)

    def post(self, event: Event) -> None:
        """Something happened."""
        if len(self._inputs) >= FULL and isinstance(event, LegArrived) and event.leg not in self.world.legs:
            self._send_back(event)
            return
        self._put(event, None)

    def _send_back(self, caller: LegArrived) -> None:
        """Before anything else is done. The core asks again if that fails."""
        self.refused_full += 1
        log.warning("leg %s goes to the fallback: %s", caller.leg, TOO_MUCH, extra=about(caller.call))
        self._perform(caller.leg, do.ContinueInFallback(caller.leg, TOO_MUCH, next=not caller.call))

    async def post_and_wait(self, event: Event) -> "asyncio.Future[None]":
        """Something happened; return once it has been handled. What is returned is done once the journal has it."""
        done: Waiter = asyncio.get_running_loop().create_future()
        self._put(event, done)
        return await done

    async def post_and_keep(self, event: Event) -> None:
        """Something happened; return once it is in the journal, however long the disk takes."""
        await asyncio.shield(await self.post_and_wait(event))

    async def ask(
        self, command: Command, by: str, source: str, key: str = "", digits: str = "", request: str = ""
    ) -> CommandReply:
        """Give a command, and wait until it is done or refused. Raises CommandTimeout after 5 s.

        `key` and `request` are kept with the receipt: by the one the asker recognizes his own request, by the other
        we another one. `digits` are what SEND_DTMF presses.
        """
        receipt = new_ulid(self._clock.now())
        answer: asyncio.Future[CommandReply] = asyncio.get_running_loop().create_future()
        self._askers[receipt] = answer
        if digits:
            self._digits[receipt] = digits
        self._put(Ask(receipt, command, by=by, source=source, key=key, request=request), None)
        try:
            return await asyncio.wait_for(answer, ANSWER_WITHIN)
        except TimeoutError:
            raise CommandTimeout(receipt) from None
        finally:
            self._askers.pop(receipt, None)

    def receipt(self, receipt: str) -> Receipt | None:
        """The receipt of that id, if its command goes on or has ended lately."""
        return self.world.receipts.get(receipt) or self._ended.get(receipt)

    async def outcome(self, receipt: str, within: float) -> Receipt:
        """How a command of a moment ago ends. Raises TimeoutError after `within` seconds."""
        if found := self._ended.get(receipt):
            return found
        if receipt not in self.world.receipts:
            raise TimeoutError
        ending = self._endings.setdefault(receipt, asyncio.get_running_loop().create_future())
        return await asyncio.wait_for(asyncio.shield(ending), within)

    async def run(self) -> None:
        """Turn for ever. An error in an input's turn harms one call: see warmline/core/engine/guarded_turns.py.

        An error of the journal ends the app, and a new one takes over the calls.
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
        """Return when the loop has turned once more, with all that had come before."""
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
            entry = blanked(self.world, entry)
        for taken, turn, written in turns(self.world, entry, self._stamp, _with_entry, self._failed):
            self._follow(taken, turn, written)
            yield turn, written

    def _stamp(self) -> tuple[int, str]:
        now = self._clock.now()
        return now, new_ulid(now)

    def _failed(self, event: TurnFailed, error: Exception) -> None:
        """Say what a turn failed of: the journal keeps the place alone."""
        self.failed_turns[event.remedy] += 1
        kind = KINDS[type(event.failed)]
        text = "the turn of %s failed (%s): everything is as before it; remedy: %s"
        log.error(text, kind, event.place, event.remedy, exc_info=error, extra=about(event.call))

    def _follow(self, entry: Input, turn: Turn, written: JournalEntry | None) -> None:
        self.refused_full += node_limit.refused(turn)
        action = f"{NAMES[type(entry.action)]}: " if isinstance(entry, ABOUT_ACTION) else ""
        for text in turn.notes:
            log.warning("%s%s", action, text, extra=about(self._call(written)))
        for receipt in _ended_in(turn):
            self._ended[receipt.id] = receipt
            self.on_end(receipt)
        while len(self._ended) > REMEMBERED:
            del self._ended[next(iter(self._ended))]

    def _call(self, written: JournalEntry | None) -> str:
        """The call that an entry is about, or its agent's, or ""."""
        session = self.world.sessions.get(written.agent) if written else None
        return (written.call if written else "") or (session.call if session else None) or ""

    async def _record_and_perform(self, turns: list[tuple[Turn, JournalEntry | None]]) -> "asyncio.Future[None]":
        actions = [action for turn, _ in turns for action in turn.actions]
        entries = [entry for _, entry in turns if entry]
        written = self._journal.record(entries)
        first, actions = _at_once(actions)
        for lane, action in first:
            self._perform(lane, action)
        if entries:
            written.add_done_callback(lambda _: self.committed.ring())
        done, _ = await asyncio.wait({written}, timeout=COMMIT_WITHIN)
        if done:
            written.result()
        else:
            self.late_commits += 1
            log.warning("the journal has not been written for %d ms; people stay connected", COMMIT_WITHIN * 1000)
            written.add_done_callback(self._written_late)
        for receipt in (ended for turn, _ in turns for ended in _ended_in(turn)):
            if waits := self._endings.pop(receipt.id, None):
                waits.set_result(receipt)
        held = [] if done else [pair for turn, _ in turns for pair in turn.actions if _waits_for_disk(turn, pair[1])]
        for lane, action in actions:
            if (lane, action) not in held:
                self._perform(lane, action)
        if held:
            task = asyncio.create_task(self._perform_once_written(held, written))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
        return written

    def _written_late(self, written: "asyncio.Future[None]") -> None:
        """What the journal could not take ends the loop: what it has done since is in no record."""
        if error := written.exception():
            self._lost = error
            self._arrival.set()

    async def _perform_once_written(self, held: "list[tuple[str, do.Action]]", written: "asyncio.Future[None]") -> None:
        """What would start something waits for its record as long as Asterisk would have to answer it; what is only
        said waits until it is true.
        """
        done, _ = await asyncio.wait({written}, timeout=START_WITHIN)
        for _, action in held:
            if not done and isinstance(action, do.CreateChannel | do.DialLeg):
                self.post(ActionFailed(action, 0, "the journal cannot be written"))
        await asyncio.wait({written})
        if written.exception():
            return  # the loop ends, and says why
        for lane, action in held:
            if done or not isinstance(action, do.CreateChannel | do.DialLeg):
                self._perform(lane, action)

    def tell(self, action: do.Reply) -> None:
        """Hand the answer to the one who asked, if he still waits."""
        if action.why:
            self._digits.pop(action.receipt, None)
        asker = self._askers.get(action.receipt)
        if asker and not asker.done():
            asker.set_result(CommandReply(action.of or action.receipt, action.why, action.refused))

    def digits(self, receipt: str) -> str:
        """The keys that came with a command; they can be had once."""
        return self._digits.pop(receipt, "")


def _with_entry(entry: Input, turn: Turn, base: str) -> tuple[Input, Turn, JournalEntry | None]:
    """A turn with its journal entry: an error in making that is an error of the turn."""
    return entry, turn, entry_of(entry, turn, base)


def _at_once(actions: Pairs) -> tuple[Pairs, Pairs]:
    """What waits for no commit, and what does: whoever answers hears the room, if nothing else is asked of that leg.

    A restart would ask for that again. A join does wait: what an app that dies before the commit has joined, the next
    one would take apart again.
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


def _waits_for_disk(turn: Turn, action: do.Action) -> bool:
    """Whether it must wait for its turn's record: a line begins, others are told, or what is answered is the record."""
    match action:
        case do.CreateChannel() | do.DialLeg() | do.SendWebhook():
            return True
        case do.FindDialFacts(since=since):  # the dials before it are to be counted
            return since > 0
        case do.Reply(receipt, why="", refused=False):
            changed = (record for record, _ in turn.changes if isinstance(record, Receipt))
            return any(record.id == receipt and record.kind in ONLY_RECORDS for record in changed)
    return False


def _ended_in(turn: Turn) -> Iterator[Receipt]:
    """The commands that ended in this turn."""
    return (record for record, is_open in turn.changes if isinstance(record, Receipt) and not is_open)
