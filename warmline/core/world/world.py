"""The state of all open records; only a turn changes it."""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from warmline.core.indexes.bridge_members import BridgeMembers
from warmline.core.indexes.call_counts import CallCounts
from warmline.core.indexes.lead_calls import LeadCalls
from warmline.core.indexes.record_table import RecordTable
from warmline.core.indexes.server_load import ServerLoad
from warmline.core.indexes.session_index import SessionIndex
from warmline.core.indexes.timers import TimerKey, TimerKind, Timers
from warmline.core.indexes.trunk_use import TrunkUse
from warmline.core.indexes.undo_log import UndoLog
from warmline.core.messages.values.callback import Callback
from warmline.core.messages.values.server_action import MAIN
from warmline.core.model.call import Call
from warmline.core.model.clock_correction import ClockCorrection
from warmline.core.model.dialler import Dialler
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.leg import Leg
from warmline.core.model.queue_wait import QueueWait, WaitHistory
from warmline.core.model.receipt import Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.server import AsteriskInstance, MediaServer
from warmline.core.model.session import AgentInterval, Session
from warmline.core.model.webhook import Webhook
from warmline.core.queue.matching.call_matcher import CallMatcher
from warmline.core.rules.configuration import Rules

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
    | MediaServer
    | Dialler
    | ClockCorrection
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

FAILURE_REPEAT_US = 10_000_000  # microseconds in which a second failed turn counts for the same bug

FAILURE_MEMORY_US = 7_200_000_000  # microseconds after which a failed turn is forgotten


class Failures(NamedTuple):
    """How many turns have failed at a record, and when the last one did (microseconds UTC)."""

    turns: int
    last_at_us: int


class World:
    """All open records by id, and sessions by agent. Only a Turn changes them.

    `correction` is added to the time of a turn for the time of the machine, in microseconds: see ClockCorrected.
    `held_servers` are the servers whose snapshot is not known: their calls stay in their state until it is.
    `has_several_servers` tells whether another server than MAIN has sent an input, or is in the settings.
    """

    def __init__(self, rules: Rules | None = None, *, held_servers: Iterable[str] = ()) -> None:
        self.rules = rules or Rules()
        self.held_servers = frozenset(held_servers)
        self.has_several_servers = not self.held_servers <= {MAIN}
        self.undo = undo = UndoLog()
        self.calls: RecordTable[Call] = RecordTable(undo)
        self.sessions: RecordTable[Session] = RecordTable(undo)
        self.legs: RecordTable[Leg] = RecordTable(undo)
        self.receipts: RecordTable[Receipt] = RecordTable(undo)
        self.recordings: RecordTable[Recording] = RecordTable(undo)
        self.intervals: RecordTable[AgentInterval] = RecordTable(undo)
        self.waits: RecordTable[QueueWait] = RecordTable(undo)
        self.wait_histories: RecordTable[WaitHistory] = RecordTable(undo)
        self.webhooks: RecordTable[Webhook] = RecordTable(undo)
        self.asterisk_runs: RecordTable[AsteriskInstance] = RecordTable(undo)  # each server's last one
        self.servers: RecordTable[MediaServer] = RecordTable(undo)  # by name; none if MAIN is the only one
        self.diallers: RecordTable[Dialler] = RecordTable(undo)  # by campaign
        self.clock_corrections: RecordTable[ClockCorrection] = RecordTable(undo)  # the last one; none before the first
        self.correction = 0
        self.matcher = CallMatcher(undo)
        self.call_counts = CallCounts(undo)
        self.lead_calls = LeadCalls(undo)
        self.server_load = ServerLoad(undo)
        self.trunk_use = TrunkUse(undo)
        self.session_index = SessionIndex(undo)
        self.bridge_members = BridgeMembers(undo)
        self.timers = Timers(undo)
        self.reconciling_calls: dict[
            str, None
        ] = {}  # calls that stay in their state until Asterisk's state of them is known
        self.failures: dict[str, Failures] = {}  # of calls and other records whose turns have failed recently
        self._before = self.rules, self.held_servers, self.correction

    def begin(self) -> None:
        """Begin a turn. Its changes can be rolled back until the next one begins."""
        self.undo.begin()
        self._before = self.rules, self.held_servers, self.correction

    def roll_back(self) -> None:
        """Restore the state at the beginning of the turn."""
        self.undo.roll_back()
        self.rules, self.held_servers, self.correction = self._before
        for table in self._tables():
            table.sort()

    def machine_time(self, now: int) -> int:
        """Return what the machine's clock shows at the time `now` of a turn; both in microseconds UTC."""
        return now + self.correction

    def turn_time(self, machine_time: int) -> int:
        """Return the time of a turn while the machine's clock shows this time; both in microseconds UTC."""
        return machine_time - self.correction

    def server_of(self, session: Session) -> str:
        """Return the server that has the line of an agent's phone, or had it last."""
        leg = self.legs.get(session.leg or "")
        return leg.server if leg else session.phone_loss.server

    def is_held(self, key: str) -> bool:
        """Return whether this call, or this agent's phone, is on a server whose snapshot is not known."""
        session = self.sessions.get(key)
        record = self.legs.get(session.leg or "") if session else self.calls.get(key)
        return record is not None and record.server in self.held_servers

    def release_server(self, server: str) -> None:
        """Record that the snapshot of this server is known, and release its calls."""
        self.held_servers -= {server}
        self.release_calls(
            [call for call in self.reconciling_calls if call not in self.calls or self.calls[call].server == server]
        )

    def hold_call(self, call: str) -> None:
        """Keep this call in its state until Asterisk's state of it is known."""
        self.undo.record_slot(self.reconciling_calls, call)
        self.reconciling_calls[call] = None

    def release_calls(self, calls: Iterable[str]) -> None:
        """Release calls whose state in Asterisk is known."""
        for call in calls:
            self.undo.record_slot(self.reconciling_calls, call)
            self.reconciling_calls.pop(call, None)

    def has_failed_again(self, record: str, now: int) -> bool:
        """Return whether a turn failed at this record within FAILS_AGAIN; `now` in microseconds UTC."""
        return record in self.failures and now - self.failures[record].last_at_us < FAILURE_REPEAT_US

    def count_failure(self, record: str, now: int) -> None:
        """Count a failed turn at this record, and forget old failures."""
        for key, before in list(self.failures.items()):
            if now - before.last_at_us > FAILURE_MEMORY_US:
                self.undo.record_slot(self.failures, key)
                del self.failures[key]
        self.undo.record_slot(self.failures, record)
        self.failures[record] = Failures(self.failures[record].turns + 1 if record in self.failures else 1, now)

    def get_next_timer_us(self) -> int | None:
        """Return when the core wants to be called again, in microseconds UTC, or None."""
        return self.timers.get_next_us()

    def keep(self, entity: OpenRecord) -> OpenRecord | None:
        """Store an open record. Return the previous one (for a session, the agent's previous session), or None."""
        before: OpenRecord | None
        match entity:
            case Call():
                before = self.calls.put(entity.id, entity)
                self.call_counts.change(before, entity)
                self.server_load.change(before, entity)
                self.lead_calls.change(before, entity)
            case Leg():
                before = self.legs.put(entity.id, entity)
                self.bridge_members.change(before, entity)
                self.trunk_use.change(before, entity)
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
                before = self.wait_histories.put(entity.id, entity)
            case Webhook():
                before = self.webhooks.put(entity.id, entity)
            case AsteriskInstance():
                before = self.asterisk_runs.put(entity.id, entity)
            case MediaServer():
                before = self.servers.put(entity.id, entity)
            case Dialler():
                before = self.diallers.put(entity.id, entity)
            case ClockCorrection():
                before = self.clock_corrections.put(entity.id, entity)
                self.correction = entity.correction
            case _:
                before = None  # dispositions and callbacks are never open
        return before

    def forget(self, entity: OpenRecord) -> OpenRecord | None:
        """Remove a closed record with its timers. Return the previous one, or None."""
        if kind := TIMER_KINDS.get(type(entity)):
            self.timers.forget(TimerKey(entity.agent if isinstance(entity, Session) else entity.id, kind))
        before: OpenRecord | None
        match entity:
            case Call():
                before = self.calls.take(entity.id)
                self.call_counts.change(before, None)
                self.server_load.change(before, None)
                self.lead_calls.change(before, None)
            case Leg():
                before = self.legs.take(entity.id)
                self.bridge_members.change(before, None)
                self.trunk_use.change(before, None)
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
                before = self.asterisk_runs.take(entity.id)
            case MediaServer():
                before = self.servers.take(entity.id)
            case ClockCorrection():
                before = self.clock_corrections.take(entity.id)
            case _:
                before = None
        return before

    def iterate_open_records(self) -> Iterable[OpenRecord]:
        """Yield every open record."""
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
            self.wait_histories,
            self.webhooks,
            self.asterisk_runs,
            self.servers,
            self.diallers,
            self.clock_corrections,
        )
