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
    """The work for one input: its changes and actions. `now_us` is in microseconds UTC, `turn_id` a new ULID.

    `now` never goes back: it orders rows, and is the time of timers and durations. Opening hours, and all
    else that follows the clock or the calendar, take `machine_time`.
    """

    def __init__(self, world: World, now_us: int, turn_id: str) -> None:
        self.world = world
        self.now = now_us
        self.actions: list[tuple[str, Action]] = []  # each with the key within which it keeps its order
        self.notes: list[str] = []
        self.has_timer_change = False  # whether a timer was set or has fired
        self.subject = ""  # the id of the record in work; "" if the input itself names it
        self.touched: OrderedDict[str, None] = OrderedDict()
        self._turn_id = turn_id
        self._id_count = 0
        self._random_count = 0
        self._changes: dict[tuple[type, str], tuple[OpenRecord, bool]] = {}
        self._listed_changes: tuple[tuple[OpenRecord, bool], ...] | None = ()  # the changes; None after another one
        self._old_records: dict[tuple[type, str], OpenRecord | None] = {}  # each changed record, as it was

    @property
    def machine_time(self) -> int:
        """Return what the machine's clock shows now, in microseconds UTC. It may leap, and go back."""
        return self.world.machine_time(self.now)

    @property
    def changes(self) -> tuple[tuple[OpenRecord, bool], ...]:
        """Return each changed record as it is now, and whether it is still open."""
        if self._listed_changes is None:
            self._listed_changes = tuple(self._changes.values())
        return self._listed_changes

    def get_previous(self, record: E) -> E | None:
        """Return the record as it was before this turn, or None if it is new.

        For a session, return the agent's session before this turn.
        """
        key = type(record), record.id
        return cast(E | None, self._old_records[key]) if key in self._old_records else record

    def get_previous_call(self, call: str) -> Call | None:
        """Return the call with this id as it was before this turn, or None."""
        old_call = self._old_records.get((Call, call), self.world.calls.get(call))
        return cast(Call | None, old_call)

    def get_previous_leg(self, leg: str) -> Leg | None:
        """Return the leg with this id as it was before this turn, or None."""
        old_leg = self._old_records.get((Leg, leg), self.world.legs.get(leg))
        return cast(Leg | None, old_leg)

    def find_record(self, record_class: type[OnServer], record_id: str) -> OnServer | None:
        """Return the record of that class and id as it is now, or as this turn has closed it."""
        world = self.world
        if record_class is Leg:
            record: OnServer | None = world.legs.get(record_id)
        else:
            record = (world.calls if record_class is Call else world.recordings).get(record_id)
        if record is None and (change := self._changes.get((record_class, record_id))):
            return cast(OnServer, change[0])
        return record

    def new_id(self) -> str:
        """Return the next id of this input; the same input results in the same ids."""
        self._id_count += 1
        return ids.add_steps(self._turn_id, self._id_count)

    def draw_random(self) -> float:
        """Return a random number above 0 and up to 1; the same input results in the same numbers."""
        self._random_count += 1
        return ids.draw_number(self._turn_id, self._random_count)

    def put(self, record: E) -> E:
        """Store a changed open record and return it. A changed call is checked again before the turn ends."""
        old_record = self.world.keep(record)
        key = type(record), record.id
        if key not in self._changes:
            self._old_records[key] = old_record
        self._changes[key] = (record, True)
        self._listed_changes = None
        if isinstance(record, Call):
            self.touched[record.id] = None
        return record

    def close(self, record: E) -> E:
        """Close a record with its last values and return it."""
        old_record = self.world.forget(record)
        key = type(record), record.id
        if key not in self._changes:
            self._old_records[key] = old_record
        self._changes[key] = (record, False)
        self._listed_changes = None
        return record

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

    def do(self, order_key: str, *actions: Action) -> None:
        """Request actions, in this order among those with the same key: the id of a call, a leg or an agent.

        A ServerAction goes to the server of its leg, recording or call.
        """
        for action in actions:
            if self.world.has_several_servers and isinstance(action, ServerAction):
                action = replace(action, server=find_server(action, order_key, self.find_record))
            self.actions.append((order_key, action))

    def wake(self, time_us: int, kind: TimerKind, record_id: str) -> None:
        """Set a timer (microseconds UTC) for the record of this kind and id; for a session, the id is the agent."""
        self.has_timer_change = True
        self.world.timers.set(time_us, TimerKey(record_id, kind))

    def take_due_timers(self) -> list[TimerKey]:
        """Remove the timers that are due, by time and then id, and return their records. Each timer fires once.

        A turn in which a timer fired is written to the journal even if it changed nothing. A replay without that turn
        would fire the timer in a later turn, before the timers of that turn.
        """
        due_timers = list(self.world.timers.take_due(self.now))
        self.has_timer_change |= bool(due_timers)
        return due_timers

    def note(self, text: str) -> None:
        """Add a line to the log about something unusual."""
        self.notes.append(text)
