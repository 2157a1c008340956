"""An input in the journal, and the transaction that writes it with all rows derived from it."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec

from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.leg import Leg
from warmline.core.rules import number_text
from warmline.core.world.world import OpenRecord
from warmline.store.database import urgent_write
from warmline.store.journal import hash_chain, moved_rows, open_state
from warmline.store.journal.projections import ATTEMPTS, OPTED_OUT, STATUS, TABLES, UNDONE, Projection, rows
from warmline.store.postgresql import commit_message
from warmline.store.postgresql.server_mark import OfServer

BUSY = 0.15  # seconds of waiting for the lock, before the cause of the delay is known
PAYLOAD = 0  # no object has this id
INSERT = "INSERT INTO journal (seq, at, kind, call, agent, payload, payload_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
# In a file: only behind the row before, so that no row follows a gap.
INSERT_BEHIND = """
    INSERT INTO journal (seq, at, kind, call, agent, payload, payload_hash, hash) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
    WHERE ?1 = 1 OR EXISTS (SELECT 1 FROM journal WHERE seq = ?1 - 1)
"""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One input: its time (microseconds UTC), kind, call and agent, and the records that it changed.

    `payload` is a struct with the input and every fact used for it. `changes` are pairs of a record in its new state
    and whether it is still open; a FallbackTaken among them becomes a row of `fallback`. `opted_out` is a number that
    is on the system's do-not-call list from now on. `correction` (microseconds) is added to its times for the machine's
    time, which the derived rows have.

    The JSON of the payload and of each open record is made once, for the database and for other processes. The event
    loop and the writer may ask for it at the same time; then both make it, and both get the same.
    """

    at: int
    kind: str
    call: str = ""
    agent: str = ""
    payload: object = None
    changes: tuple[tuple[OpenRecord | FallbackTaken, bool], ...] = ()
    opted_out: str = ""
    correction: int = 0
    _made: dict[int, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def payload_json(self) -> bytes:
        """Return the payload as JSON."""
        if (found := self._made.get(PAYLOAD)) is None:
            found = self._made[PAYLOAD] = msgspec.json.encode(self.payload)
        return found

    def body(self, record: OpenRecord) -> bytes:
        """Return a record of `changes` as JSON, as open_state writes it."""
        if (found := self._made.get(id(record))) is None:
            found = self._made[id(record)] = open_state.body(record)
        return found


Key = tuple[str, str]  # the table, and the text that identifies the record
Known = dict[Key, Sequence[Any]]


class RowMissingError(sqlite3.OperationalError):
    """The database does not have the row that the app wrote last."""

    sqlite_errorcode = sqlite3.SQLITE_IOERR  # nothing is wrong with the entries, which wait


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last row of the journal, and its correction."""

    seq: int
    hash: str
    at: int
    correction: int = 0


def head(connection: sqlite3.Connection) -> ChainHead:
    """Return the number, hash, time and correction of the journal's last row; zeros for an empty journal."""
    found = connection.execute("SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    last = connection.execute("SELECT correction FROM clock_correction ORDER BY at DESC LIMIT 1").fetchone()
    if not found:
        return ChainHead(0, hash_chain.START, 0)
    return ChainHead(found[0], found[1], found[2], last[0] if last else 0)


Operation = tuple[str, str, Sequence[Any], Projection | None, Sequence[Any] | None]
"""Its name in `commit_function`, a statement and its values.

A statement that writes a row of a table has the table, and the row as it is on disk. It is None if it is not known.
"""


@dataclass(slots=True)
class _Turns:
    """Entries as rows of the journal, and the rows derived from them that are not on disk yet."""

    last: ChainHead
    journalled: list[tuple[Any, ...]] = field(default_factory=list)
    written: Known = field(default_factory=dict)
    closed: list[Key] = field(default_factory=list)

    def operations(self, entries: Sequence[JournalEntry], known: Known) -> Iterator[Operation]:
        """Yield the statements that write the derived rows of entries, in their order."""
        correction = self.last.correction
        for now, found in groupby(entries, key=attrgetter("correction")):
            if now != correction:
                yield from ((*moved, None, None) for moved in moved_rows.statements(now - correction))
            correction = now
            yield from self._of_one_clock(tuple(found), known)

    def _of_one_clock(self, entries: Sequence[JournalEntry], known: Known) -> Iterator[Operation]:
        """Yield the statements of entries with the same correction."""
        latest: dict[tuple[type, str], tuple[OpenRecord | FallbackTaken, bool, JournalEntry]] = {}
        for entry in entries:
            for record, is_open in entry.changes:
                latest[type(record), _id(record)] = record, is_open, entry
        for (_, name), (record, is_open, entry) in latest.items():
            for table, statement, values in rows(record, entry.correction):
                key = table.name, name
                if (before := self.written.get(key, known.get(key))) != values:
                    yield table.name, statement, values, table, before
                    self.written[key] = values
                if not is_open:
                    self.closed.append(key)
            if isinstance(record, DispositionEntry):
                yield from _disposed(record)
            if not isinstance(record, FallbackTaken):
                yield *open_state.row(record, entry.body, is_open=is_open), None, None
        for entry in entries:
            if entry.opted_out:
                number, at = number_text.to_dialled_digits(entry.opted_out), entry.at + entry.correction
                yield "opted_out", OPTED_OUT, (number, at), None, None


def append(
    connection: sqlite3.Connection,
    last: ChainHead,
    entries: Sequence[JournalEntry],
    known: Known,
    more: Callable[[sqlite3.Connection], None] | None = None,
) -> ChainHead:
    """Write entries after the row `last` in one transaction, with all derived rows, and return the new last row.

    `known` are the derived rows of open records, as they are on disk; an unchanged row is not written again. `more` is
    other work in the same transaction. Raises sqlite3.Error, such as RowMissingError if the row `last` is not there.
    """
    turns, behind = _Turns(last), (last.seq, last.hash)
    for entry in entries:
        payload = entry.payload_json().decode()
        hashed = hash_chain.digest(payload)
        facts = (last.seq + 1, entry.at, entry.kind, entry.call, entry.agent)
        last = ChainHead(last.seq + 1, hash_chain.link(last.hash, *facts, hashed), entry.at, entry.correction)
        turns.journalled.append((*facts, payload, hashed, last.hash))
    if isinstance(connection, OfServer):
        operations = ((name, values) for name, _, values, *_ in turns.operations(entries, known))
        _commit(connection, commit_message.of(turns.journalled, operations, behind), more)
    else:
        urgent_write.begin(connection, BUSY)
        if connection.executemany(INSERT_BEHIND, turns.journalled).rowcount < len(turns.journalled):
            raise RowMissingError(f"row {behind[0]} is missing")
        for _, statement, values, table, before in turns.operations(entries, known):
            if table and before and connection.execute(*table.update(before, values)).rowcount:
                continue  # else the row is not there
            connection.execute(statement, values)
        if more:
            more(connection)
        connection.execute("COMMIT")
    known.update(turns.written)
    for key in turns.closed:
        known.pop(key, None)
    return last


def commit_function() -> str:
    """Return the statement that makes the function of PostgreSQL for `append`, from the table of projections."""
    from warmline.store.postgresql.commit_function import INTEGER, TEXT, function, types_of  # reads the whole schema

    tables = (*TABLES.values(), ATTEMPTS)
    return function(
        INSERT,
        {
            "open": (open_state.PUT, (TEXT, TEXT, INTEGER, TEXT)),
            "closed": (open_state.REMOVE, (TEXT, TEXT)),
            **{table.name: (table.upsert, types_of(table.name, table.columns)) for table in tables},
            "status": (STATUS, (TEXT, TEXT, TEXT)),
            "undone": (UNDONE, (TEXT,)),
            "opted_out": (OPTED_OUT, (TEXT, INTEGER)),
            **{name: (statement, [INTEGER] * len(by)) for name, statement, by in moved_rows.statements(0)},
        },
    )


def _commit(
    connection: sqlite3.Connection, message: str, more: Callable[[sqlite3.Connection], None] | None = None
) -> None:
    """Write turns by the function of PostgreSQL: one statement is a transaction of its own."""
    if more is None:
        connection.execute(commit_message.CALL, (message,))
        return
    urgent_write.begin(connection, BUSY)
    if connection.execute(commit_message.CALL, (message,)).fetchone()[0]:
        more(connection)
    connection.execute("COMMIT")


def _disposed(entry: DispositionEntry) -> Iterator[Operation]:
    """Give a code that counts to its call, if that has ended, and remove one that its agent has taken back."""
    if not entry.undo_until:
        yield "status", STATUS, (entry.status, entry.call, entry.agent), None, None
    elif entry.undone:
        yield "undone", UNDONE, (entry.id,), None, None


def _id(record: OpenRecord | FallbackTaken) -> str:
    """Return the text that identifies a record among those of its kind."""
    match record:
        case FallbackTaken():
            return record.call
        case Leg():  # the channel may return with another call
            return f"{record.id} {record.owner}"
        case _:
            return record.id
