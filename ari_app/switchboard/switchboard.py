"""The loop that owns the live calls: takes inputs, lets the core handle them, records and performs the result."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator

from ari_app.link.call_control import ANSWER_WITHIN, CommandReply, CommandTimeout, CommandUnrecorded
from ari_app.live.server_records import ServerReach
from ari_app.process.broadcast import Broadcast
from ari_app.process.logs import about
from ari_app.switchboard.action_order import ended_in, lead_calls_ended_in
from ari_app.switchboard.clock import Clock, new_ulid
from ari_app.switchboard.known_receipts import KnownReceipts
from ari_app.switchboard.turn_commit import JournalPort, TurnCommit
from warmline.core.commands.key_press_privacy import PrivateKeys
from warmline.core.engine.engine import Input
from warmline.core.engine.guarded_turns import run_guarded_turns
from warmline.core.messages import actions as do
from warmline.core.messages.audio_messages import DtmfReceived
from warmline.core.messages.commands import Ask, Command, Kind
from warmline.core.messages.events import Event, Remedy, TurnFailed
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.process_messages import AppStarted, ClockCorrected, TimerFired
from warmline.core.model.call import Call
from warmline.core.model.dialler import PulseFacts
from warmline.core.model.receipt import Receipt
from warmline.core.permission import node_limit
from warmline.core.queue import queue_state
from warmline.core.queue.queue_state import QueueState
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.store.journal.journal_codec import ABOUT_ACTION, entry_of
from warmline.store.journal.journal_writer import JournalEntry
from warmline.store.journal.storage_state import GOOD, StorageState
from warmline.store.wire_names.journal_classes import KINDS, NAMES

log = logging.getLogger("warmline.switchboard")

FULL = 10_000  # pending inputs; above this number new calls go to the fallback
SECOND = 1_000_000  # microseconds
MOVED = SECOND  # microseconds by which the machine's clock must be moved to count
LOOK_SECONDS = 1.0  # between two looks at the machine's clock
TOO_MUCH = "the node has more to do than it can"

Waiter = asyncio.Future[asyncio.Future[None]]  # for the turn; the inner future is done when the turn is written


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
        self._perform = perform
        self._clock = clock
        self._inputs: deque[tuple[Input, Waiter | None]] = deque()
        self._arrival = asyncio.Event()
        self._askers: dict[str, asyncio.Future[CommandReply]] = {}
        self._digits: dict[str, str] = {}  # the keys of SEND_DTMF by receipt; they are never written to disk or log
        self._private = PrivateKeys()
        self._receipts = KnownReceipts(lambda: self.world, ended)
        self._commit = TurnCommit(lambda: self.world, journal, perform, self.post, self._journal_lost, self._receipts)
        self.committed, self.turns, self.records = self._commit.committed, self._commit.turns, self._commit.records
        self.delayed = self._commit.delayed  # rung when the database is late
        self.dialling = self._commit.dialling  # rung after each commit while there is a dialler
        self._turned = Broadcast()  # rung after each turn
        self.unrecorded = 0  # commands whose success could not be stored in time
        self.failed_turns: Counter[Remedy] = Counter()  # by remedy
        self.refused_full = 0  # refused callers and dials
        self._lost: BaseException | None = None  # the error of a journal that could not take an entry
        self.is_up = True
        self.reached: set[str] = set()  # servers whose events arrive, and whose state is known
        self.changed_at: dict[str, int] = {}  # when each server was reached or lost (microseconds UTC); 0: never yet
        self._begun = clock.now()  # from then on, a server that was never reached is away
        self.lost_after = 0.0  # seconds away after which the calls of a server end; 0: never
        self._lost_at = 0  # when events stopped (microseconds UTC); 0 if none arrived since the start
        self.storage = GOOD
        self.pulses: dict[str, PulseFacts] = {}  # of the diallers that run, by campaign
        self.status = Broadcast()  # rung after a change of `reached`, `lost_at` or `storage`
        self.on_status: Callable[[], None] = lambda: None  # called then, too

    @property
    def connected(self) -> bool:
        """Whether a server is reached."""
        return bool(self.reached)

    @property
    def servers(self) -> dict[str, ServerReach]:
        """The connection to each server, `main` first."""
        over = self._clock.now() - int(self.lost_after * SECOND) if self.lost_after else 0
        found = {}
        for name, since in self.changed_at.items():
            here = name in self.reached
            found[name] = ServerReach(here, self._shown(since), not here and (since or self._begun) <= over)
        return found

    @property
    def lost_at(self) -> int:
        """When events stopped (microseconds UTC, of the machine); 0 if none arrived since the start."""
        return self._shown(self._lost_at)

    def _shown(self, at: int) -> int:
        return at + self.world.correction if at else 0

    @property
    def facts(self) -> tuple[bool, int, dict[str, PulseFacts], StorageState, dict[str, ServerReach]]:
        """The facts for the other processes besides the records: connected, lost_at, pulses, storage, servers."""
        return self.connected, self.lost_at, self.pulses, self.storage, self.servers

    @property
    def machine_time(self) -> int:
        """The time by which the core decides, in microseconds UTC: that of the machine's clock."""
        return self.world.machine_time(self._clock.now())

    def reaches(self, server: str) -> None:
        """Record that the events of a server arrive, and that its state is known."""
        if server not in self.reached:
            self.reached.add(server)
            self.changed_at[server] = self._clock.now()
        self._tell_status()

    def lost(self, server: str, at: int) -> None:
        """Record that no events of a server arrive since `at`, in microseconds UTC."""
        if server in self.reached:
            self.reached.discard(server)
            self._lost_at = self.changed_at[server] = at
        self._tell_status()

    def storage_is(self, storage: StorageState) -> None:
        """Set whether the database and the spill file can be written."""
        self.storage = storage
        self._tell_status()

    def _tell_status(self) -> None:
        self.status.ring()
        self.on_status()

    @property
    def late_commits(self) -> int:
        """The number of batches of turns that the database did not have in time."""
        return self._commit.late

    @property
    def late_before_dialling(self) -> int:
        """The number of such batches up to the last commit without a dialler."""
        return self._commit.late_before_dialling

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
        sent = do.ContinueInFallback(caller.leg, TOO_MUCH, next=not caller.call, server=caller.server)
        self._perform(caller.leg, sent)

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
            if not self._receipts.is_unrecorded(receipt):
                raise CommandTimeout(receipt) from None
            self.unrecorded += 1
            raise CommandUnrecorded(receipt) from None
        finally:
            self._askers.pop(receipt, None)

    def waiting(self, queue: str) -> int:
        """Return how many calls wait in a queue."""
        return self.world.matcher.count_calls(queue)

    async def queues(self, ingroups: list[str]) -> list[QueueState]:
        """Return the state of the queues of these in-groups now."""
        return queue_state.list_states(self.world, ingroups, self._clock.now())

    async def known(self) -> None:
        """Return at once, because this is the live state."""

    def receipt(self, receipt: str) -> Receipt | None:
        """Return the receipt of that id, if its command is in progress or ended recently."""
        return self._receipts.find(receipt)

    def receipt_with(self, by: str, key: str) -> Receipt | None:
        """Return the receipt of a client's key, if its command is in progress or ended recently.

        Raises CommandUnrecorded if its success is not on disk yet.
        """
        return self._receipts.with_key(by, key)

    async def outcome(self, receipt: str, within: float) -> Receipt:
        """Return how a recent command ended. Raises TimeoutError after `within` seconds."""
        return await self._receipts.outcome(receipt, within)

    def _journal_lost(self, error: BaseException) -> None:
        self._lost = error
        self._arrival.set()

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
            self._follow_clock(entries)
            turns = [turn for entry in entries for turn in self._handle(entry)]
            written = await self._commit.commit(turns)
            for _, done in batch:
                if done and not done.done():
                    done.set_result(written)
            self._turned.ring()

    def _follow_clock(self, entries: list[Input]) -> None:
        """Put an event before these inputs if the machine's clock was moved by more than MOVED.

        A start has each correction itself, because a replay can begin there.
        """
        correction, begins = self._clock.correction(), isinstance(entries[0], AppStarted)
        moved = correction - self.world.correction
        if abs(moved) > MOVED:
            log.warning("the machine's clock has moved by %+.0f s from the time of the journal", moved / SECOND)
        if begins and (abs(moved) > MOVED or self.world.clock_corrections):
            entries[0] = AppStarted(correction)
        elif abs(moved) > MOVED:
            entries.insert(0, ClockCorrected(correction))

    async def watch_clock(self) -> None:
        """Look at the machine's clock each second without end, also while no input arrives."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if abs(self._clock.correction() - self.world.correction) > MOVED:
                self._arrival.set()

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
        alarm = self.world.get_next_timer_us()
        if alarm is None:
            await self._arrival.wait()
            return
        delay = max(0.0, (alarm - self._clock.now()) / 1e6)
        timer = asyncio.get_running_loop().call_later(delay, self._arrival.set)
        try:
            await self._arrival.wait()
        finally:
            timer.cancel()

    def _handle(self, entry: Input) -> "Iterator[tuple[Turn, JournalEntry | None]]":
        if isinstance(entry, DtmfReceived):
            entry = self._private.hide_key(self.world, entry, new_ulid(self._clock.now()))
        for taken, turn, written in run_guarded_turns(self.world, entry, self._stamp, _with_entry, self._failed):
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
        self.refused_full += node_limit.count_refusals(turn)
        action = f"{NAMES[type(entry.action)]}: " if isinstance(entry, ABOUT_ACTION) else ""
        for text in turn.notes:
            log.warning("%s%s", action, text, extra=about(self._call(written)))
        for call in lead_calls_ended_in(turn):
            self.on_lead_call(call)
        for receipt in ended_in(turn):
            self._receipts.ends(receipt)
            self.on_end(receipt)

    def _call(self, written: JournalEntry | None) -> str:
        """Return the call of an entry, or its agent's call, or ""."""
        session = self.world.sessions.get(written.agent) if written else None
        return (written.call if written else "") or (session.call if session else None) or ""

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
