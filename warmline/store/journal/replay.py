"""Replays the journal through the core, and compares the decisions with those that were journalled."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from warmline.core.engine.engine import handle
from warmline.core.engine.recovery import restore
from warmline.core.messages.process_messages import AppStarted
from warmline.core.model.call import Call
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.world.world import World
from warmline.store.database.reading import reading, streamed
from warmline.store.events.event_types import HANDOVER_RECEIVED
from warmline.store.journal import imported_rows, moved_rows, open_state
from warmline.store.journal.hash_chain import ChainFinding
from warmline.store.journal.journal_codec import CORE_VERSION, RECOVERED, UNGATED, entry_of, input_of
from warmline.store.journal.projections import ATTEMPTS, TABLES, rows
from warmline.store.wire_names.action_names import named_now

ROWS = "SELECT seq, at, kind, call, agent, payload FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq"
IMPORTED = "SELECT EXISTS (SELECT 1 FROM import_run WHERE undone IS NULL)"
LAST = 1 << 62  # later than any row

Journalled = tuple[int, int, str, str, str, str | None]


@dataclass(slots=True)
class ReplayResult:
    """The number of replayed rows, why the replay ended early, and the first difference, or those of the tables."""

    rows: int = 0
    stopped: str = ""
    differences: list[ChainFinding] = field(default_factory=list)


@dataclass(slots=True)
class _Fold:
    """The current world, and the last state of every record."""

    world: World = field(default_factory=World)
    latest: dict[tuple[str, tuple[object, ...]], tuple[object, ...]] = field(default_factory=dict)  # by table
    correction: int = 0


def replay(
    path: str | Path, first: int = 1, last: int = LAST, tell: Callable[[int], None] = lambda _: None
) -> ReplayResult:
    """Replay the inputs of the journal from row `first` to row `last`.

    No record may be open before row `first`. `tell` is called with the number of each row.

    The first turn whose decisions differ from the journal ends the replay. After a replay of the whole journal, open
    records and the tables for reports are compared, too. A row of another version of the core, or one whose payload
    was erased, ends the replay without a difference.

    Raises:
        StoreError: the database cannot be read.
    """
    with reading(path) as connection:
        connection.row_factory = None  # rows are compared as tuples
        done, fold = ReplayResult(), _Fold()
        for journalled in streamed(connection, ROWS, (first, last)):
            tell(journalled[0])
            try:
                done.stopped = _why_stop(journalled)
                done.differences += [] if done.stopped else _turn(fold, journalled)
            except Exception as error:  # the row may have any content
                done.differences.append(ChainFinding("journal", journalled[0], f"cannot be replayed: {error!r}"))
            if done.stopped or done.differences:
                return done
            done.rows += 1
        if (first, last) == (1, LAST):
            done.differences += [*_open(connection, fold.world), *_tables(connection, fold)]
        return done


def _why_stop(journalled: Journalled) -> str:
    seq, *_, payload = journalled
    if payload is None:
        return f"the payload of row {seq} was erased"
    core = json.loads(payload)["core"]
    if core in (UNGATED, CORE_VERSION):
        return ""
    if core == RECOVERED:
        return f"row {seq} was written later, from a spill file"
    return f"row {seq} was written by version {core} of the core, this is {CORE_VERSION}"


def _turn(fold: _Fold, journalled: Journalled) -> Iterator[ChainFinding]:
    """Replay one input, and compare the result with the journal."""
    seq, at, kind, call, agent, text = journalled
    payload = json.loads(text or "")
    entry = input_of(kind, payload)
    if isinstance(entry, AppStarted):
        fold.world = restore(open_state.in_order(fold.world.iterate_open_records()))
    turn = handle(fold.world, entry, at, payload["base"])
    again = entry_of(entry, turn, payload["base"])
    if again is None:
        yield ChainFinding("journal", seq, "changes nothing and requests no action now")
        return
    now = named_now(json.loads(msgspec.json.encode(again.payload)))
    before = {"call": call, "agent": agent, "events": []} | named_now(payload)
    if before["core"] == UNGATED:  # the input has what the app knew then
        now = _as_ungated({name: value for name, value in now.items() if name not in ("core", "input")})
    if "became" in before:  # a row of an older version has no events, and all fields of an input
        now = {name: value for name, value in now.items() if name not in ("events", "input")}
    for name, value in ({"call": again.call, "agent": again.agent} | now).items():
        if value != before[name]:
            yield ChainFinding("journal", seq, f"{name} is {value!r} now; the journal has {before[name]!r}")
    if by := again.correction - fold.correction:
        fold.latest.update(moved_rows.moved(fold.latest, fold.world, by))
        fold.correction = again.correction
    for record, _ in again.changes:
        for table, _, found in rows(record, again.correction):
            values = tuple(found)
            fold.latest[table.name, values[: table.key]] = values
        if isinstance(record, DispositionEntry):
            _disposed(fold, record)


def _as_ungated(now: dict[str, Any]) -> dict[str, Any]:
    """Return a payload without what version UNGATED of the core did not have: variables of a leg, and handovers."""
    asked = [[name, {field: of for field, of in said.items() if field != "variables"}] for name, said in now["asked"]]
    events = [one for one in now.get("events", ()) if one[0] != HANDOVER_RECEIVED]
    return now | {"asked": asked} | ({"events": events} if "events" in now else {})


def _disposed(fold: _Fold, given: DispositionEntry) -> None:
    """Set the status of a call whose disposition came after its end, or remove a disposition that was taken back."""
    if given.undone:
        del fold.latest[TABLES[DispositionEntry].name, (given.id,)]
    if given.undo_until:
        return
    columns, key = TABLES[Call].columns, (TABLES[Call].name, (given.call,))
    known = dict(zip(columns, fold.latest.get(key, ()), strict=False))
    if known.get("ended") is not None and known["last_agent"] == given.agent:
        fold.latest[key] = tuple((known | {"status": given.status})[column] for column in columns)


def _open(connection: sqlite3.Connection, world: World) -> Iterator[ChainFinding]:
    """Compare the open records after the replay with those in open_state."""
    rows = {(row[0], row[1]): row for row in connection.execute("SELECT kind, id, format, body FROM open_state")}
    replayed = {(TABLES[type(one)].name, one.id): one for one in world.iterate_open_records()}
    for key in sorted(rows.keys() | replayed.keys()):
        here, row = replayed.get(key), rows.get(key)
        if here is None or row is None or not open_state.is_stored(here, row[0], row[2], row[3]):
            there = open_state.read(*row) if row else None
            if here != there:
                yield ChainFinding("open_state", 0, f"{key[1]} is {here} in the replay; stored is {there}")


def _tables(connection: sqlite3.Connection, fold: _Fold) -> Iterator[ChainFinding]:
    """Compare the last state of each record with its row, and find rows without a journal entry.

    Those that an import has brought have none.
    """
    with_import = bool(connection.execute(IMPORTED).fetchone()[0])
    for table in (*TABLES.values(), ATTEMPTS):
        columns = ", ".join(f'"{column}"' for column in table.columns)
        others = imported_rows.OTHERS.get(table.name) if with_import else None
        only = f" WHERE {others}" if others else ""
        found = streamed(connection, f"SELECT {columns} FROM {table.name}{only}")  # noqa: S608 - only constants of the code
        stored = {values[: table.key]: values for values in found}
        replayed = {name: values for (of, name), values in fold.latest.items() if of == table.name}
        for name in sorted(stored.keys() | replayed.keys()):
            here, there = replayed.get(name), stored.get(name)
            if here != there:
                yield ChainFinding(table.name, 0, f"{name[0]} is {here} in the replay; stored is {there}")
