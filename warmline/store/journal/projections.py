"""The tables for reports: the fields of each record, and the columns that hold them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

from warmline.core.calls.lead import lead_outcome
from warmline.core.messages.command_classes import RECEIPT_COLUMNS, list_columns
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.values.callback import Callback
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
from warmline.core.moment import correct_times, list_moments
from warmline.core.world.world import OpenRecord


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """A table with one row for each record: its columns, and the fields that fill them.

    The first `key` columns identify a row. An update always sets the column `guarded`, also if it has not changed.
    """

    name: str
    columns: tuple[str, ...]
    fields: tuple[str, ...]
    key: int = 1
    guarded: str = ""

    @property
    def upsert(self) -> str:
        """Return the statement that inserts or updates a row."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        marks = ", ".join("?" * len(self.columns))
        key = ", ".join(self.columns[: self.key])
        news = ", ".join(f'"{column}" = excluded."{column}"' for column in self.columns[self.key :])
        into = f'"{self.name}" ({names}) VALUES ({marks})'
        return f"INSERT INTO {into} ON CONFLICT ({key}) DO UPDATE SET {news}"

    def update(self, before: Sequence[Any], now: Sequence[Any]) -> tuple[str, list[Any]]:
        """Return the statement that gives a row the values that differ from those `before`, and its values.

        SQLite writes the entries of an index again if a statement sets a column of it, even to the same value.
        """
        places = [place for place, value in enumerate(now) if value != before[place]]
        if self.guarded and (guarded := self.columns.index(self.guarded)) not in places:
            places.append(guarded)
        return _update(self, tuple(places)), [*map(now.__getitem__, places), *now[: self.key]]


@lru_cache(maxsize=500)
def _update(table: Projection, places: tuple[int, ...]) -> str:
    """Return the statement that sets the columns at these places."""
    news = ", ".join(f'"{table.columns[place]}" = ?' for place in places)
    key = " AND ".join(f'"{column}" = ?' for column in table.columns[: table.key])
    return f'UPDATE "{table.name}" SET {news} WHERE {key}'  # noqa: S608 - names of the code


def _table(name: str, columns: str, key: int = 1, guarded: str = "", **renamed: str) -> Projection:
    """Return a table whose columns have the names of the fields, except the renamed ones."""
    fields = tuple(renamed.get(column, column) for column in columns.split())
    return Projection(name, tuple(columns.split()), fields, key, guarded)


TABLES: dict[type, Projection] = {
    # A disposition sets the status of an ended call by STATUS, and a trigger compares status and last_agent.
    Call: _table(
        "call",
        "id agc_id state arrived number dialled ingroup direct agent last_agent connected left ended ended_by"
        " status why lead direction origin data server",
        guarded="status",
        last_agent="outcome.last_agent",
        connected="outcome.connected",
        left="outcome.left",
        ended_by="outcome.ended_by",
        status="outcome.status",
        why="queueing.why",
    ),
    # A caller who was sent into the dialplan may return on the same channel, with another call.
    Leg: _table("leg", "id owner role number created answered ended cause server", key=2),
    Receipt: _table(
        "receipt",
        f"id kind agent call {' '.join(RECEIPT_COLUMNS)} key request by source requested ended outcome cause steps",
    ),
    Recording: _table(
        "recording",
        "id call kind reason agent asked started ended status cause path bytes length sha256"
        " converted_path converted_bytes converted_sha256 notice server",
    ),
    Session: _table("agent_session", "id agent phone on_hook campaign ingroups conf_exten started ended"),
    AgentInterval: _table("agent_interval", "id session agent state pause_code hold call started ended"),
    DispositionEntry: _table("disposition_entry", "id call agent status at by notes correction undo_until"),
    QueueWait: _table("queue_wait", "id call ingroup direct priority place queued_at entered ended outcome agent why"),
    WaitHistory: _table("line", "id waits"),
    Webhook: _table("webhook", "id hook url call agent facts queued due tries ended outcome"),
    AsteriskInstance: _table("asterisk", "id started seen ended server"),
    ClockCorrection: _table("clock_correction", "at correction"),
    MediaServer: _table("server", "id weight draining since by"),
    Dialler: _table("dialler", "id running since by begins_at halted"),
    Callback: _table(
        "callback", "id call lead number ingroup campaign agent at made status comments by state ended done_in"
    ),
    FallbackTaken: _table("fallback", "id at number dialled reason goto", id="call"),
}

# The facts about each call to a lead that the hopper chose, and its outcome. The row of the call has the rest.
ATTEMPTS = _table(
    "attempt",
    "call campaign origin list_id source passes zones open_until caller_id ready in_flight threshold risk ringing cause"
    " answered agent dropped by_fault message_at opted_out amd amd_cause amd_at",
)
_OF_AMD = {"amd": "amd.verdict", "amd_cause": "amd.cause", "amd_at": "amd.at"}  # the column's field of the attempt
_OF_ATTEMPT = attrgetter(*(f"attempt.{_OF_AMD.get(name, name)}" for name in ATTEMPTS.fields[3:] if name != "by_fault"))

# A disposition after the end of a call sets its status, too. (Before the end, the core does this.)
STATUS = "UPDATE call SET status = ? WHERE id = ? AND last_agent = ? AND ended IS NOT NULL"

# One that its agent has taken back. Its command and that of the undo stay in `receipt`.
UNDONE = "DELETE FROM disposition_entry WHERE id = ?"

# A lead who presses the key of the safe harbour message is on the system's do-not-call list from then on.
OPTED_OUT = "INSERT OR IGNORE INTO dnc VALUES (?, '', ?, 'lead', 'opted out in the safe harbour message')"

UPSERTS: dict[type, tuple[str, Callable[[Any], tuple[Any, ...]]]] = {
    kind: (table.upsert, attrgetter(*table.fields)) for kind, table in TABLES.items()
}

_BEFORE = attrgetter("id", "kind", "agent", "call")
_BEHIND = attrgetter(*TABLES[Receipt].fields[4 + len(RECEIPT_COLUMNS) :])


def _receipt(record: Receipt) -> tuple[Any, ...]:
    return (*_BEFORE(record), *list_columns(record.command), *_BEHIND(record))


UPSERTS[Receipt] = (TABLES[Receipt].upsert, _receipt)


def rows(record: OpenRecord | FallbackTaken, correction: int = 0) -> list[tuple[Projection, str, Sequence[Any]]]:
    """Return each table that a record has a row in, with the statement and the values that write this row.

    A row has the machine's times: `correction` (microseconds) is added to those of the record.
    """
    if correction:
        record = correct_times(record, correction)
    statement, fields = UPSERTS[type(record)]
    values = [_text(value) if isinstance(value, tuple) else value for value in fields(record)]
    found: list[tuple[Projection, str, Sequence[Any]]] = [(TABLES[type(record)], statement, values)]
    if isinstance(record, Call) and record.attempt.source:  # first: triggers of the call read it
        found.insert(0, (ATTEMPTS, ATTEMPTS.upsert, _attempt(record)))
    return found


def _attempt(call: Call) -> list[Any]:
    values = [call.id, call.outcome.campaign, call.origin, *_OF_ATTEMPT(call)]
    by_fault = call.attempt.dropped is not None and lead_outcome.is_dropped_by_fault(call)
    values.insert(ATTEMPTS.columns.index("by_fault"), by_fault)
    return values


@lru_cache(maxsize=1000)
def _text(values: tuple[Any, ...]) -> str:
    """Return the JSON of texts and times; cached, because most are the same as in the previous row."""
    return json.dumps(values)


def times(kind: type, table: Projection) -> tuple[str, ...]:
    """Return the columns of a table of records of this class that have times of turns, corrected."""
    found = list_moments(kind)
    fields = [f"attempt.{_OF_AMD.get(name, name)}" for name in table.fields] if table is ATTEMPTS else table.fields
    return tuple(column for column, field in zip(table.columns, fields, strict=True) if field in found)
