"""The journal as a stream of events, in order from any place, with the fields that every client may see.

A row becomes an event for its input, then one event for each record that the turn changed.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from warmline.store.database.reading import reading
from warmline.store.events.event_fields import Row, whole
from warmline.store.events.event_id import EventId
from warmline.store.events.event_types import AGENT_TYPES
from warmline.store.events.former_changes import changes_of
from warmline.store.events.input_fields import public_input
from warmline.store.events.public_records import TIMES
from warmline.store.journal.clock_corrections import OF_ROW
from warmline.store.wire_names.journal_kinds import kind_of

ROWS = f"""
    SELECT seq, at, kind, call, agent, payload, {OF_ROW} AS correction FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?
"""  # noqa: S608 - a constant of the code


@dataclass(frozen=True, slots=True)
class JournalEvent:
    """One event. `at` and the times in `data` are in microseconds UTC; `call` and `agent` are its subjects."""

    id: EventId
    at: int
    type: str
    call: str
    agent: str
    data: dict[str, Any]


def last(path: str | Path) -> EventId:
    """Return the id of the journal's last event, row 0 if there is none. Raises StoreError."""
    with reading(path) as connection:
        [seq] = connection.execute("SELECT ifnull(max(seq), 0) FROM journal").fetchone()
        *_, newest = [EventId(0, 0), *(one.id for row in _rows(connection, int(seq), 1) for one in row)]
    return newest


def after(path: str | Path, place: EventId, limit: int) -> list[JournalEvent]:
    """Return the events after a place, in order, of at most `limit` further rows. Raises StoreError."""
    with reading(path) as connection:
        return [one for row in _rows(connection, place.row, limit + 1) for one in row if one.id > place]


def of_row(
    seq: int, at: int, kind: str, call: str, agent: str, payload: str | bytes | None, correction: int
) -> list[JournalEvent]:
    """Return the events of a row of the journal, the event of its input first.

    `correction` (microseconds) is added to all times for the machine's times.
    """
    name = kind_of(kind)
    said, changes = _told(name, payload, Row(call, agent, at))
    told = [JournalEvent(EventId(seq, 0), at + correction, name, call, agent, said)]
    for place, (of, record) in enumerate(changes, 1):
        of_call, of_agent = _whose(of, record, (call, agent))
        if correction:
            record |= {time: record[time] + correction for time in TIMES & record.keys() if record[time]}
        told.append(JournalEvent(EventId(seq, place), at + correction, of, of_call, of_agent, record))
    return told


def _rows(connection: sqlite3.Connection, first: int, limit: int) -> Iterator[list[JournalEvent]]:
    for row in connection.execute(ROWS, (first, limit)):
        yield of_row(*row)


def _told(kind: str, payload: str | bytes | None, row: Row) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    """Return the public fields of an input and of its changes; empty for a row that was erased or altered."""
    try:
        read = json.loads(payload) if payload else {}
        if "became" in read:  # a row of an older version
            changes = list(changes_of(read["became"]))
        else:
            changes = [(str(of), whole(of, record, row)) for of, record in read.get("events", ())]
        return public_input(kind, read.get("input", {})), changes
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        msgspec.ValidationError,
    ):  # `audit verify` reports such a row
        return {}, []


def _whose(of: str, record: dict[str, Any], row: tuple[str, str]) -> tuple[str, str]:
    """Return the call and the agent of a record; from the row, if a record of an older version has neither."""
    call, agent = record.get("call", row[0]), record.get("agent", row[1])
    match of.partition(".")[0]:
        case "call":
            return record["id"], agent or ""
        case "agent":
            return call or (record.get("last_call", "") if of == AGENT_TYPES["DISPO"] else ""), record["user"]
    return call, agent
