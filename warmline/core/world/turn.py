"""The turn: the work for one input, with its changes to the world and its actions."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from warmline.core.indexes.record_table import RecordTable
from warmline.core.indexes.timers import TimerKey, TimerKind
from warmline.core.messages.actions import Action
from warmline.core.messages.values.server_action import ServerAction
from warmline.core.model import ids
from warmline.core.model.call import Call
from warmline.core.model.leg import Leg
from warmline.core.world.action_server import OnServer, find_server
from warmline.core.world.world import E, OpenRecord, World


class Turn:
    """The work for one input: its changes and actions. `now` is in microseconds UTC, `base` a new ULID.

    `now` never goes back: it orders rows, and is the time of timers and durations. Opening hours, and all
    else that follows the clock or the calendar, take `machine_time`.
    """

    def __init__(self, world: World, now: int, base: str) -> None:
        self.world = world
        self.now = now
        self.actions: list[tuple[str, Action]] = []
        self.notes: list[str] = []
        self.has_timer_change = False  # whether a timer was set or has fired
        self.subject = ""  # the id of the record in work; "" if the input itself names it
        self.touched: OrderedDict[str, None] = OrderedDict()
        self._base = base
        self._drawn = 0
        self._lots = 0
        self._changes: dict[tuple[type, str], tuple[OpenRecord, bool]] = {}
        self._listed: tuple[tuple[OpenRecord, bool], ...] | None = ()  # the changes; None after another one
        self._before: dict[tuple[type, str], OpenRecord | None] = {}  # each changed record, as it was

    @property
    def machine_time(self) -> int:
        """Return what the machine's clock shows now, in microseconds UTC. It may leap, and go back."""
        return self.world.machine_time(self.now)

    @property
    def changes(self) -> tuple[tuple[OpenRecord, bool], ...]:
        """Return each changed record as it is now, and whether it is still open."""
        if self._listed is None:
            self._listed = tuple(self._changes.values())
        return self._listed

    def get_previous(self, record: E) -> E | None:
        """Return the record as it was before this turn, or None if it is new.

        For a session, return the agent's session before this turn.
        """
        key = type(record), record.id
        return cast(E | None, self._before[key]) if key in self._before else record

    def get_previous_call(self, call: str) -> Call | None:
        """Return the call with this id as it was before this turn, or None."""
        found = self._before.get((Call, call), self.world.calls.get(call))
        return cast(Call | None, found)

    def get_previous_leg(self, leg: str) -> Leg | None:
        """Return the leg with this id as it was before this turn, or None."""
        found = self._before.get((Leg, leg), self.world.legs.get(leg))
        return cast(Leg | None, found)

    def find_record(self, kind: type[OnServer], name: str) -> OnServer | None:
        """The record of that kind and id as it is now, or as this turn has closed it."""
        world = self.world
        found = (world.legs if kind is Leg else world.calls if kind is Call else world.recordings).get(name)
        if found is None and (changed := self._changes.get((kind, name))):
            return cast(OnServer, changed[0])
        return found

    def new_id(self) -> str:
        """Return the next id of this input; the same input results in the same ids."""
        self._drawn += 1
        return ids.count_on(self._base, self._drawn)

    def draw_random(self) -> float:
        """Return a random number above 0 and up to 1; the same input results in the same numbers."""
        self._lots += 1
        return ids.lot(self._base, self._lots)

    def put(self, entity: E) -> E:
        """Store a changed open record and return it. A changed call is checked again before the turn ends."""
        before = self.world.keep(entity)
        key = type(entity), entity.id
        if key not in self._changes:
            self._before[key] = before
        self._changes[key] = (entity, True)
        self._listed = None
        if isinstance(entity, Call):
            self.touched[entity.id] = None
        return entity

    def close(self, entity: E) -> E:
        """Close a record with its last values and return it."""
        before = self.world.forget(entity)
        key = type(entity), entity.id
        if key not in self._changes:
            self._before[key] = before
        self._changes[key] = (entity, False)
        self._listed = None
        return entity

    def iterate(self, table: RecordTable[E]) -> Iterator[E]:
        """Yield every record of a table as it is now. `subject` is that record while the caller works on it.

        A record at which turns have failed twice in a row is left out, so that work on the others continues.
        """
        for key, record in list(table.items()):
            failures = self.world.failures.get(key)
            if not failures or failures.turns < 2 or not self.world.has_failed_again(key, self.now):
                self.subject = key
                yield record
        self.subject = ""

    def touch(self, call: str | None) -> None:
        """Check this call again before the turn ends."""
        if call and call in self.world.calls:
            self.touched[call] = None

    def do(self, lane: str, *actions: Action) -> None:
        """Request actions, in this order within the lane (the id of a call or a session).

        A ServerAction goes to the server of its leg, recording or call.
        """
        for action in actions:
            if self.world.has_several_servers and isinstance(action, ServerAction):
                action = replace(action, server=find_server(action, lane, self.find_record))
            self.actions.append((lane, action))

    def wake(self, at: int, kind: TimerKind, key: str) -> None:
        """Set a timer (microseconds UTC) for the record of this kind and id; for a session, the id is the agent."""
        self.has_timer_change = True
        self.world.timers.set(at, TimerKey(key, kind))

    def take_due_timers(self) -> list[TimerKey]:
        """Remove the timers that are due, by time and then id, and return their records. Each timer fires once.

        A turn in which a timer fired is written to the journal even if it changed nothing. A replay without that turn
        would fire the timer in a later turn, before the timers of that turn.
        """
        rang = list(self.world.timers.take_due(self.now))
        self.has_timer_change |= bool(rang)
        return rang

    def note(self, text: str) -> None:
        """Add a line to the log about something unusual."""
        self.notes.append(text)
