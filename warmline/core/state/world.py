"""The state of everything that lives, and the turn that changes it."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar, cast

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
from warmline.core.state.session_index import SessionIndex
from warmline.core.state.timers import TimerKey, TimerKind, Timers

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


@dataclass(slots=True)
class World:
    """What is open now, each record by its id, sessions by their agent. Only a Turn writes here."""

    rules: Rules = field(default_factory=Rules)
    calls: dict[str, Call] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    legs: dict[str, Leg] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    intervals: dict[str, AgentInterval] = field(default_factory=dict)
    waits: dict[str, QueueWait] = field(default_factory=dict)
    lines: dict[str, WaitHistory] = field(default_factory=dict)
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    asterisk: dict[str, AsteriskInstance] = field(default_factory=dict)  # the one we were last connected to
    matcher: CallMatcher = field(default_factory=CallMatcher)
    call_counts: CallCounts = field(default_factory=CallCounts)
    session_index: SessionIndex = field(default_factory=SessionIndex)
    bridge_members: BridgeMembers = field(default_factory=BridgeMembers)
    timers: Timers = field(default_factory=Timers)
    holding: bool = False  # until Asterisk's picture is known, calls are not moved on

    def next_timer(self) -> int | None:
        """When the core wants to be called again, in microseconds UTC."""
        return self.timers.next()

    def keep(self, entity: OpenRecord) -> OpenRecord | None:
        """Put an open record in its place; the one that was there, of a session the agent's, or None."""
        before: OpenRecord | None
        match entity:
            case Call():
                before = self.calls.get(entity.id)
                self.call_counts.change(before, entity)
                self.calls[entity.id] = entity
            case Leg():
                before = self.legs.get(entity.id)
                self.bridge_members.change(before, entity)
                self.legs[entity.id] = entity
            case Session():
                before = self.sessions.get(entity.agent)
                self.session_index.change(before, entity)
                self.sessions[entity.agent] = entity
            case Receipt():
                before = self.receipts.get(entity.id)
                self.receipts[entity.id] = entity
            case Recording():
                before = self.recordings.get(entity.id)
                self.recordings[entity.id] = entity
            case AgentInterval():
                before = self.intervals.get(entity.id)
                self.intervals[entity.id] = entity
            case QueueWait():
                before = self.waits.get(entity.id)
                self.waits[entity.id] = entity
            case WaitHistory():
                before = self.lines.get(entity.id)
                self.lines[entity.id] = entity
            case Webhook():
                before = self.webhooks.get(entity.id)
                self.webhooks[entity.id] = entity
            case AsteriskInstance():
                before = self.asterisk.get(entity.id)
                self.asterisk[entity.id] = entity
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
                before = self.calls.pop(entity.id, None)
                self.call_counts.change(before, None)
            case Leg():
                before = self.legs.pop(entity.id, None)
                self.bridge_members.change(before, None)
            case Session():
                before = self.sessions.pop(entity.agent, None)
                self.session_index.change(before, None)
            case Receipt():
                before = self.receipts.pop(entity.id, None)
            case Recording():
                before = self.recordings.pop(entity.id, None)
            case AgentInterval():
                before = self.intervals.pop(entity.id, None)
            case QueueWait():
                before = self.waits.pop(entity.id, None)
            case Webhook():
                before = self.webhooks.pop(entity.id, None)
            case AsteriskInstance():
                before = self.asterisk.pop(entity.id, None)
            case _:
                before = None
        return before

    def open_entities(self) -> Iterable[OpenRecord]:
        """Every open record."""
        tables = (
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
        for table in tables:
            yield from table.values()


class Turn:
    """One input's work: what changed, and what is to be done. `now` in microseconds UTC, `base` a fresh ULID."""

    def __init__(self, world: World, now: int, base: str) -> None:
        self.world = world
        self.now = now
        self.actions: list[tuple[str, Action]] = []
        self.notes: list[str] = []
        self.alarmed = False  # whether an alarm was set, or rang
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

    def touch(self, call: str | None) -> None:
        """Look at this call again before the turn ends."""
        if call in self.world.calls:
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
