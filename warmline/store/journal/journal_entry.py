"""One input in the journal, and the transaction that writes it with everything derived from it."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from warmline.core.model.disposition import DispositionEntry
from warmline.core.model.events import FallbackTaken
from warmline.core.model.leg import Leg
from warmline.core.state.world import OpenRecord
from warmline.store.journal import hash_chain, open_state
from warmline.store.journal.projections import STATUS, row

INSERT = "INSERT INTO journal (seq, at, kind, call, agent, payload, payload_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One input: when (microseconds UTC), what, about which call and agent, and the records it changed.

    `payload` is a dataclass: the input with every fact used for it. `changes` are (record as it is now, still open?);
    a FallbackTaken among them becomes a row of `fallback`.
    """

    at: int
    kind: str
    call: str = ""
    agent: str = ""
    payload: object = None
    changes: tuple[tuple[OpenRecord | FallbackTaken, bool], ...] = ()


Key = tuple[type, str]
Known = dict[Key, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last row written."""

    seq: int
    hash: str
    at: int


def head(connection: sqlite3.Connection) -> ChainHead:
    """The journal's last row."""
    found = connection.execute("SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return ChainHead(*found) if found else ChainHead(0, hash_chain.START, 0)


def append(
    connection: sqlite3.Connection,
    last: ChainHead,
    entries: Sequence[JournalEntry],
    known: Known,
    more: Callable[[sqlite3.Connection], None] = lambda _: None,
) -> ChainHead:
    """Write entries behind the last row, with everything derived from them, and `more`, in one transaction.

    `known` are the derived rows of what is open, as they are on disk: one that stays the same is not written again.
    """
    latest: dict[Key, tuple[OpenRecord | FallbackTaken, bool]] = {}
    rows = []
    for entry in entries:
        payload = msgspec.json.encode(entry.payload).decode()
        hashed = hash_chain.digest(payload)
        facts = (last.seq + 1, entry.at, entry.kind, entry.call, entry.agent)
        last = ChainHead(last.seq + 1, hash_chain.link(last.hash, *facts, hashed), entry.at)
        rows.append((*facts, payload, hashed, last.hash))
        for record, is_open in entry.changes:
            latest[type(record), _id(record)] = record, is_open
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, rows)
    written: Known = {}
    for key, (record, is_open) in latest.items():
        statement, values = row(record)
        if known.get(key) != values:
            connection.execute(statement, values)
            written[key] = values
        if isinstance(record, DispositionEntry):
            connection.execute(STATUS, (record.status, record.call, record.agent))
        if not isinstance(record, FallbackTaken):
            open_state.keep(connection, record, is_open=is_open)
    more(connection)
    connection.execute("COMMIT")
    known.update(written)
    for key, (_, is_open) in latest.items():
        if not is_open:
            known.pop(key, None)
    return last


def _id(record: OpenRecord | FallbackTaken) -> str:
    """What tells the record's row from others of its kind."""
    match record:
        case FallbackTaken():
            return record.call
        case Leg():  # its channel may come back with another call
            return f"{record.id} {record.owner}"
        case _:
            return record.id
