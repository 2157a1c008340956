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
from warmline.core.messages.values.server_action import MAIN_SERVER
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

FAILURE_REPEAT_US = 10_000_000  # in which a second failed turn counts for the same bug
FAILURE_MEMORY_US = 7_200_000_000  # after which a failed turn is forgotten


class Failures(NamedTuple):
    """How many turns have failed at a record, and when the last one did (microseconds UTC)."""

    turns: int
    last_at_us: int


class World:
    """All open records by id, and sessions by agent. Only a Turn changes them.

    `correction` is added to the time of a turn for the time of the machine, in microseconds: see ClockCorrected.
    `held_servers` are the servers whose snapshot is not known: their calls stay in their state until it is.
    `has_several_servers` tells whether another server than MAIN_SERVER has sent an input, or is in the settings.
    """

    def __init__(self, rules: Rules | None = None, *, held_servers: Iterable[str] = ()) -> None:
        self.rules = rules or Rules()
        self.held_servers = frozenset(held_servers)
        self.has_several_servers = not self.held_servers <= {MAIN_SERVER}
        self.undo_log = undo_log = UndoLog()
        self.calls: RecordTable[Call] = RecordTable(undo_log)
        self.sessions: RecordTable[Session] = RecordTable(undo_log)
        self.legs: RecordTable[Leg] = RecordTable(undo_log)
        self.receipts: RecordTable[Receipt] = RecordTable(undo_log)
        self.recordings: RecordTable[Recording] = RecordTable(undo_log)
        self.intervals: RecordTable[AgentInterval] = RecordTable(undo_log)
        self.waits: RecordTable[QueueWait] = RecordTable(undo_log)
        self.wait_histories: RecordTable[WaitHistory] = RecordTable(undo_log)
        self.webhooks: RecordTable[Webhook] = RecordTable(undo_log)
        self.asterisk_runs: RecordTable[AsteriskInstance] = RecordTable(undo_log)  # each server's last one
        self.servers: RecordTable[MediaServer] = RecordTable(undo_log)  # by name; none if MAIN_SERVER is the only one
        self.diallers: RecordTable[Dialler] = RecordTable(undo_log)  # by campaign
        self.clock_corrections: RecordTable[ClockCorrection] = RecordTable(
            undo_log
        )  # the last one; none before the first
        self.correction = 0
        self.matcher = CallMatcher(undo_log)
        self.call_counts = CallCounts(undo_log)
        self.lead_calls = LeadCalls(undo_log)
        self.server_load = ServerLoad(undo_log)
        self.trunk_use = TrunkUse(undo_log)
        self.session_index = SessionIndex(undo_log)
        self.bridge_members = BridgeMembers(undo_log)
        self.timers = Timers(undo_log)
        self.reconciling_calls: dict[
            str, None
        ] = {}  # calls that stay in their state until Asterisk's state of them is known
        self.failures: dict[str, Failures] = {}  # of calls and other records whose turns have failed recently
        self._old_values = self.rules, self.held_servers, self.correction

    def begin(self) -> None:
        """Begin a turn. Its changes can be rolled back until the next one begins."""
        self.undo_log.begin()
        self._old_values = self.rules, self.held_servers, self.correction

    def roll_back(self) -> None:
        """Restore the state at the beginning of the turn."""
        self.undo_log.roll_back()
        self.rules, self.held_servers, self.correction = self._old_values
        for table in self._tables():
            table.sort()

    def machine_time(self, now_us: int) -> int:
        """Return what the machine's clock shows at the time `now` of a turn; both in microseconds UTC."""
        return now_us + self.correction

    def turn_time(self, machine_time_us: int) -> int:
        """Return the time of a turn while the machine's clock shows this time; both in microseconds UTC."""
        return machine_time_us - self.correction

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
        self.undo_log.record_slot(self.reconciling_calls, call)
        self.reconciling_calls[call] = None

    def release_calls(self, calls: Iterable[str]) -> None:
        """Release calls whose state in Asterisk is known."""
        for call in calls:
            self.undo_log.record_slot(self.reconciling_calls, call)
            self.reconciling_calls.pop(call, None)

    def has_failed_again(self, record: str, now_us: int) -> bool:
        """Return whether a turn failed at this record within FAILS_AGAIN; `now` in microseconds UTC."""
        return record in self.failures and now_us - self.failures[record].last_at_us < FAILURE_REPEAT_US

    def count_failure(self, record: str, now_us: int) -> None:
        """Count a failed turn at this record, and forget old failures."""
        for key, failures in list(self.failures.items()):
            if now_us - failures.last_at_us > FAILURE_MEMORY_US:
                self.undo_log.record_slot(self.failures, key)
                del self.failures[key]
        self.undo_log.record_slot(self.failures, record)
        self.failures[record] = Failures(self.failures[record].turns + 1 if record in self.failures else 1, now_us)

    def get_next_timer_us(self) -> int | None:
        """Return when the core wants to be called again, in microseconds UTC, or None."""
        return self.timers.get_next_us()

    def keep(self, record: OpenRecord) -> OpenRecord | None:
        """Store an open record. Return the previous one (for a session, the agent's previous session), or None."""
        old_record: OpenRecord | None
        match record:
            case Call():
                old_record = self.calls.put(record.id, record)
                self.call_counts.change(old_record, record)
                self.server_load.change(old_record, record)
                self.lead_calls.change(old_record, record)
            case Leg():
                old_record = self.legs.put(record.id, record)
                self.bridge_members.change(old_record, record)
                self.trunk_use.change(old_record, record)
            case Session():
                old_record = self.sessions.put(record.agent, record)
                self.session_index.change(old_record, record)
            case Receipt():
                old_record = self.receipts.put(record.id, record)
            case Recording():
                old_record = self.recordings.put(record.id, record)
            case AgentInterval():
                old_record = self.intervals.put(record.id, record)
            case QueueWait():
                old_record = self.waits.put(record.id, record)
            case WaitHistory():
                old_record = self.wait_histories.put(record.id, record)
            case Webhook():
                old_record = self.webhooks.put(record.id, record)
            case AsteriskInstance():
                old_record = self.asterisk_runs.put(record.id, record)
            case MediaServer():
                old_record = self.servers.put(record.id, record)
            case Dialler():
                old_record = self.diallers.put(record.id, record)
            case ClockCorrection():
                old_record = self.clock_corrections.put(record.id, record)
                self.correction = record.correction
            case _:
                old_record = None  # dispositions and callbacks are never open
        return old_record

    def forget(self, record: OpenRecord) -> OpenRecord | None:
        """Remove a closed record with its timers. Return the previous one, or None."""
        if kind := TIMER_KINDS.get(type(record)):
            self.timers.forget(TimerKey(record.agent if isinstance(record, Session) else record.id, kind))
        old_record: OpenRecord | None
        match record:
            case Call():
                old_record = self.calls.take(record.id)
                self.call_counts.change(old_record, None)
                self.server_load.change(old_record, None)
                self.lead_calls.change(old_record, None)
            case Leg():
                old_record = self.legs.take(record.id)
                self.bridge_members.change(old_record, None)
                self.trunk_use.change(old_record, None)
            case Session():
                old_record = self.sessions.take(record.agent)
                self.session_index.change(old_record, None)
            case Receipt():
                old_record = self.receipts.take(record.id)
            case Recording():
                old_record = self.recordings.take(record.id)
            case AgentInterval():
                old_record = self.intervals.take(record.id)
            case QueueWait():
                old_record = self.waits.take(record.id)
            case Webhook():
                old_record = self.webhooks.take(record.id)
            case AsteriskInstance():
                old_record = self.asterisk_runs.take(record.id)
            case MediaServer():
                old_record = self.servers.take(record.id)
            case ClockCorrection():
                old_record = self.clock_corrections.take(record.id)
            case _:
                old_record = None
        return old_record

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
