"""The state of everything that lives, and the turn that changes it."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from warmline.core import ids
from warmline.core.actions import Action
from warmline.core.alarm_clock import AlarmClock
from warmline.core.asterisk import Asterisk
from warmline.core.call.call import Call
from warmline.core.callback import Callback
from warmline.core.disposition import DispositionEntry
from warmline.core.floor import Floor
from warmline.core.gathered import Gathered
from warmline.core.headcount import Headcount
from warmline.core.leg import Leg
from warmline.core.queue_wait import Line, QueueWait
from warmline.core.receipt import Receipt
from warmline.core.recording import Recording
from warmline.core.rules import Rules
from warmline.core.session import AgentInterval, Session
from warmline.core.staff import Staff
from warmline.core.webhook import Webhook

Entity = (
    Call
    | Leg
    | Session
    | Receipt
    | Recording
    | AgentInterval
    | DispositionEntry
    | QueueWait
    | Line
    | Callback
    | Webhook
    | Asterisk
)
E = TypeVar("E", bound=Entity)


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
    lines: dict[str, Line] = field(default_factory=dict)
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    asterisk: dict[str, Asterisk] = field(default_factory=dict)  # the one we were last connected to
    floor: Floor = field(default_factory=Floor)
    headcount: Headcount = field(default_factory=Headcount)
    staff: Staff = field(default_factory=Staff)
    gathered: Gathered = field(default_factory=Gathered)
    alarms: AlarmClock = field(default_factory=AlarmClock)
    holding: bool = False  # until Asterisk's picture is known, calls are not moved on

    def next_alarm(self) -> int | None:
        """When the core wants to be called again, in microseconds UTC."""
        return self.alarms.next()

    def keep(self, entity: Entity) -> None:
        """Put an open record in its place."""
        match entity:
            case Call():
                self.headcount.change(self.calls.get(entity.id), entity)
                self.calls[entity.id] = entity
            case Leg():
                self.gathered.change(self.legs.get(entity.id), entity)
                self.legs[entity.id] = entity
            case Session():
                self.staff.change(self.sessions.get(entity.agent), entity)
                self.sessions[entity.agent] = entity
            case Receipt():
                self.receipts[entity.id] = entity
            case Recording():
                self.recordings[entity.id] = entity
            case AgentInterval():
                self.intervals[entity.id] = entity
            case QueueWait():
                self.waits[entity.id] = entity
            case Line():
                self.lines[entity.id] = entity
            case Webhook():
                self.webhooks[entity.id] = entity
            case Asterisk():
                self.asterisk[entity.id] = entity

    def forget(self, entity: Entity) -> None:
        """Take a record that is closed out of its place, with its alarms."""
        self.alarms.forget(entity.agent if isinstance(entity, Session) else entity.id)
        match entity:
            case Call():
                self.headcount.change(self.calls.pop(entity.id, None), None)
            case Leg():
                self.gathered.change(self.legs.pop(entity.id, None), None)
            case Session():
                self.staff.change(self.sessions.pop(entity.agent, None), None)
            case Receipt():
                self.receipts.pop(entity.id, None)
            case Recording():
                self.recordings.pop(entity.id, None)
            case AgentInterval():
                self.intervals.pop(entity.id, None)
            case QueueWait():
                self.waits.pop(entity.id, None)
            case Webhook():
                self.webhooks.pop(entity.id, None)
            case Asterisk():
                self.asterisk.pop(entity.id, None)

    def open_entities(self) -> Iterable[Entity]:
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
        self.alarmed = False  # whether an alarm was set: without this turn, a replay would not have it
        self.touched: OrderedDict[str, None] = OrderedDict()
        self._base = base
        self._drawn = 0
        self._lots = 0
        self._changes: dict[tuple[type, str], tuple[Entity, bool]] = {}

    @property
    def changes(self) -> tuple[tuple[Entity, bool], ...]:
        """Each record that changed, as it is now, and whether it is still open."""
        return tuple(self._changes.values())

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
        self.world.keep(entity)
        self._changes[type(entity), entity.id] = (entity, True)
        if isinstance(entity, Call):
            self.touched[entity.id] = None
        return entity

    def close(self, entity: E) -> E:
        """Record the last form of something and forget it."""
        self.world.forget(entity)
        self._changes[type(entity), entity.id] = (entity, False)
        return entity

    def touch(self, call: str | None) -> None:
        """Look at this call again before the turn ends."""
        if call in self.world.calls:
            self.touched[call] = None

    def do(self, lane: str, *actions: Action) -> None:
        """Ask for actions, in this order within the lane (a call's or a session's id)."""
        self.actions.extend((lane, action) for action in actions)

    def wake(self, at: int, key: str) -> None:
        """Be called at that time about the record of that id."""
        self.alarmed = True
        self.world.alarms.set(at, key)

    def due(self) -> Iterable[str]:
        """The ids whose time has come; each alarm rings once."""
        return self.world.alarms.due(self.now)

    def note(self, text: str) -> None:
        """Something odd that changed nothing; it goes to the log."""
        self.notes.append(text)
