"""The state of everything that lives, and the turn that changes it."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar, cast

from warmline.core.model import ids
from warmline.core.model.actions import Action
from warmline.core.model.asterisk_instance import AsteriskInstance
from warmline.core.model.call import Call
from warmline.core.model.callback import Callback
from warmline.core.model.disposition import DispositionEntry
from warmline.core.model.leg import Leg
from warmline.core.model.queue_wait import QueueWait, WaitHistory
from warmline.core.model.receipt import Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.session import AgentInterval, Session
from warmline.core.model.webhook import Webhook
from warmline.core.rules.configuration import Rules
from warmline.core.state.bridge_members import BridgeMembers
from warmline.core.state.call_counts import CallCounts
from warmline.core.state.call_matcher import CallMatcher
from warmline.core.state.record_table import RecordTable
from warmline.core.state.session_index import SessionIndex
from warmline.core.state.timers import TimerKey, TimerKind, Timers
from warmline.core.state.undo_log import UndoLog

OpenRecord = (
    Call
    | Leg
    | Session
    | Receipt
    | Recording
    | AgentInterval
    | DispositionEntry
    | QueueWait
    | WaitHistory
    | Callback
    | Webhook
    | AsteriskInstance
)
E = TypeVar("E", bound=OpenRecord)

TIMER_KINDS: dict[type, TimerKind] = {
    Call: TimerKind.CALL,
    Leg: TimerKind.LEG,
    Receipt: TimerKind.RECEIPT,
    Recording: TimerKind.RECORDING,
    Session: TimerKind.SESSION,
    Webhook: TimerKind.WEBHOOK,
}

FAILS_AGAIN = 10_000_000  # microseconds in which a second failed turn counts as one of the same bug
FAILED_LONG_AGO = 7_200_000_000  # microseconds after which a failed turn is forgotten


class Failures(NamedTuple):
    """How many turns have failed at a record, and when the last one did (microseconds UTC)."""

    number: int
    last: int


class World:
    """What is open now, each record by its id, sessions by their agent. Only a Turn writes here.

    `holding`: until Asterisk's picture is known, calls are not moved on.
    """

    def __init__(self, rules: Rules | None = None, *, holding: bool = False) -> None:
        self.rules = rules or Rules()
        self.holding = holding
        self.undo = undo = UndoLog()
        self.calls: RecordTable[Call] = RecordTable(undo)
        self.sessions: RecordTable[Session] = RecordTable(undo)
        self.legs: RecordTable[Leg] = RecordTable(undo)
        self.receipts: RecordTable[Receipt] = RecordTable(undo)
        self.recordings: RecordTable[Recording] = RecordTable(undo)
        self.intervals: RecordTable[AgentInterval] = RecordTable(undo)
        self.waits: RecordTable[QueueWait] = RecordTable(undo)
        self.lines: RecordTable[WaitHistory] = RecordTable(undo)
        self.webhooks: RecordTable[Webhook] = RecordTable(undo)
        self.asterisk: RecordTable[AsteriskInstance] = RecordTable(undo)  # the one we were last connected to
        self.matcher = CallMatcher(undo)
        self.call_counts = CallCounts(undo)
        self.session_index = SessionIndex(undo)
        self.bridge_members = BridgeMembers(undo)
        self.timers = Timers(undo)
        self.reconciling: dict[str, None] = {}  # calls that are not moved on until Asterisk's picture of them is known
        self.failures: dict[str, Failures] = {}  # of calls and other records whose turns have failed lately
        self._before = self.rules, self.holding

    def begin(self) -> None:
        """A turn begins: until the next one all that it changes can be taken back."""
        self.undo.begin()
        self._before = self.rules, self.holding

    def roll_back(self) -> None:
        """Be what it was when the turn began."""
        self.undo.roll_back()
        self.rules, self.holding = self._before
        for table in self._tables():
            table.sort()

    def hold(self, call: str) -> None:
        """Do not move this call on until Asterisk's picture of it is known."""
        self.undo.slot(self.reconciling, call)
        self.reconciling[call] = None

    def go_on(self, calls: Iterable[str]) -> None:
        """Asterisk's picture of these calls is known."""
        for call in calls:
            self.undo.slot(self.reconciling, call)
            self.reconciling.pop(call, None)

    def failed_again(self, record: str, now: int) -> bool:
        """Whether a turn failed at this record a moment ago; `now` in microseconds UTC."""
        return record in self.failures and now - self.failures[record].last < FAILS_AGAIN

    def fail(self, record: str, now: int) -> None:
        """Count a turn that has failed at this record; who has not failed for long is forgotten."""
        for key, before in list(self.failures.items()):
            if now - before.last > FAILED_LONG_AGO:
                self.undo.slot(self.failures, key)
                del self.failures[key]
        self.undo.slot(self.failures, record)
        self.failures[record] = Failures(self.failures[record].number + 1 if record in self.failures else 1, now)

    def next_timer(self) -> int | None:
        """When the core wants to be called again, in microseconds UTC."""
        return self.timers.next()

    def keep(self, entity: OpenRecord) -> OpenRecord | None:
        """Put an open record in its place; the one that was there, of a session the agent's, or None."""
        before: OpenRecord | None
        match entity:
            case Call():
                before = self.calls.put(entity.id, entity)
                self.call_counts.change(before, entity)
            case Leg():
                before = self.legs.put(entity.id, entity)
                self.bridge_members.change(before, entity)
            case Session():
                before = self.sessions.put(entity.agent, entity)
                self.session_index.change(before, entity)
            case Receipt():
                before = self.receipts.put(entity.id, entity)
            case Recording():
                before = self.recordings.put(entity.id, entity)
            case AgentInterval():
                before = self.intervals.put(entity.id, entity)
            case QueueWait():
                before = self.waits.put(entity.id, entity)
            case WaitHistory():
                before = self.lines.put(entity.id, entity)
            case Webhook():
                before = self.webhooks.put(entity.id, entity)
            case AsteriskInstance():
                before = self.asterisk.put(entity.id, entity)
            case _:
                before = None  # a disposition or a callback, of which nothing is open
        return before

    def forget(self, entity: OpenRecord) -> OpenRecord | None:
        """Take a record that is closed out of its place, with its alarms; the one that was there, or None."""
        if kind := TIMER_KINDS.get(type(entity)):
            self.timers.forget(TimerKey(entity.agent if isinstance(entity, Session) else entity.id, kind))
        before: OpenRecord | None
        match entity:
            case Call():
                before = self.calls.take(entity.id)
                self.call_counts.change(before, None)
            case Leg():
                before = self.legs.take(entity.id)
                self.bridge_members.change(before, None)
            case Session():
                before = self.sessions.take(entity.agent)
                self.session_index.change(before, None)
            case Receipt():
                before = self.receipts.take(entity.id)
            case Recording():
                before = self.recordings.take(entity.id)
            case AgentInterval():
                before = self.intervals.take(entity.id)
            case QueueWait():
                before = self.waits.take(entity.id)
            case Webhook():
                before = self.webhooks.take(entity.id)
            case AsteriskInstance():
                before = self.asterisk.take(entity.id)
            case _:
                before = None
        return before

    def open_entities(self) -> Iterable[OpenRecord]:
        """Every open record."""
        for table in self._tables():
            yield from table.values()

    def _tables(self) -> tuple[RecordTable[Any], ...]:
        return (
            self.calls,
            self.sessions,
            self.legs,
            self.receipts,
            self.recordings,
            self.intervals,
            self.waits,
            self.lines,
            self.webhooks,
            self.asterisk,
        )


class Turn:
    """One input's work: what changed, and what is to be done. `now` in microseconds UTC, `base` a fresh ULID."""

    def __init__(self, world: World, now: int, base: str) -> None:
        self.world = world
        self.now = now
        self.actions: list[tuple[str, Action]] = []
        self.notes: list[str] = []
        self.alarmed = False  # whether an alarm was set, or rang
        self.subject = ""  # the id of the record that the turn is at, "" where the input itself says it
        self.touched: OrderedDict[str, None] = OrderedDict()
        self._base = base
        self._drawn = 0
        self._lots = 0
        self._changes: dict[tuple[type, str], tuple[OpenRecord, bool]] = {}
        self._before: dict[tuple[type, str], OpenRecord | None] = {}  # each that changed, as it was

    @property
    def changes(self) -> tuple[tuple[OpenRecord, bool], ...]:
        """Each record that changed, as it is now, and whether it is still open."""
        return tuple(self._changes.values())

    def before(self, record: E) -> E | None:
        """The record as it was before this turn, None if it is new; of a session, what its agent's was."""
        key = type(record), record.id
        return cast(E | None, self._before[key]) if key in self._before else record

    def call_before(self, call: str) -> Call | None:
        """The call of that id as it was before this turn."""
        found = self._before.get((Call, call), self.world.calls.get(call))
        return cast(Call | None, found)

    def leg_before(self, leg: str) -> Leg | None:
        """The leg of that id as it was before this turn."""
        found = self._before.get((Leg, leg), self.world.legs.get(leg))
        return cast(Leg | None, found)

    def new_id(self) -> str:
        """The next id of this input; the same input draws the same ids."""
        self._drawn += 1
        return ids.count_on(self._base, self._drawn)

    def draw(self) -> float:
        """A random number, above 0 and up to 1; the same input draws the same."""
        self._lots += 1
        return ids.lot(self._base, self._lots)

    def put(self, entity: E) -> E:
        """Record the new form of something open. A changed leg or call is looked at again before the turn ends."""
        before = self.world.keep(entity)
        key = type(entity), entity.id
        if key not in self._changes:
            self._before[key] = before
        self._changes[key] = (entity, True)
        if isinstance(entity, Call):
            self.touched[entity.id] = None
        return entity

    def close(self, entity: E) -> E:
        """Record the last form of something and forget it."""
        before = self.world.forget(entity)
        key = type(entity), entity.id
        if key not in self._changes:
            self._before[key] = before
        self._changes[key] = (entity, False)
        return entity

    def each(self, table: RecordTable[E]) -> Iterator[E]:
        """Every record of a table as it is now, one after the other; `subject` is that record meanwhile.

        A record at which turns have failed twice in a row is left out, so that the others get their turn.
        """
        for key, record in list(table.items()):
            failures = self.world.failures.get(key)
            if not failures or failures.number < 2 or not self.world.failed_again(key, self.now):
                self.subject = key
                yield record
        self.subject = ""

    def touch(self, call: str | None) -> None:
        """Look at this call again before the turn ends."""
        if call and call in self.world.calls:
            self.touched[call] = None

    def do(self, lane: str, *actions: Action) -> None:
        """Ask for actions, in this order within the lane (a call's or a session's id)."""
        self.actions.extend((lane, action) for action in actions)

    def wake(self, at: int, kind: TimerKind, key: str) -> None:
        """Be called at that time (microseconds UTC) about the record of that kind and id, of a session its agent."""
        self.alarmed = True
        self.world.timers.set(at, TimerKey(key, kind))

    def due(self) -> list[TimerKey]:
        """Take the alarms whose time has come, by time, then by id; return what they are about. Each rings once.

        A turn in which an alarm rang is journalled even if nothing came of it. A replay without that turn would ring
        the alarm in a later turn, and in front of the alarms of that turn.
        """
        rang = list(self.world.timers.due(self.now))
        self.alarmed |= bool(rang)
        return rang

    def note(self, text: str) -> None:
        """Something odd that changed nothing; it goes to the log."""
        self.notes.append(text)
