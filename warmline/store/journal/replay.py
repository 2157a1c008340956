"""Folds the journal through the core once more: does it still say the same?"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from warmline.core.engine.engine import handle
from warmline.core.engine.recovery import restore
from warmline.core.model.call import Call
from warmline.core.model.disposition import DispositionEntry
from warmline.core.model.events import AppStarted
from warmline.core.state.world import World
from warmline.store.database.database import connect
from warmline.store.journal import open_state
from warmline.store.journal.hash_chain import ChainFinding
from warmline.store.journal.journal_codec import CORE_VERSION, UNGATED, entry_of, input_of
from warmline.store.journal.projections import TABLES, row
from warmline.store.wire_names.action_names import named_now

ROWS = "SELECT seq, at, kind, call, agent, payload FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq"
LAST = 1 << 62  # later than any row

Journalled = tuple[int, int, str, str, str, str | None]


@dataclass(slots=True)
class ReplayResult:
    """How far the journal was replayed, what made it end early, and the first difference, or those of the tables."""

    rows: int = 0
    stopped: str = ""
    differences: list[ChainFinding] = field(default_factory=list)


@dataclass(slots=True)
class _Fold:
    """The world so far, and the last form of everything there has been."""

    world: World = field(default_factory=World)
    latest: dict[tuple[type, tuple[object, ...]], tuple[object, ...]] = field(default_factory=dict)  # as their rows


def replay(
    path: str | Path, first: int = 1, last: int = LAST, tell: Callable[[int], None] = lambda _: None
) -> ReplayResult:
    """Give every input of the journal to the core again, from its first row.

    Or from row `first`, before which nothing may have been open, until row `last`: then what is open and what stands
    in the tables is not compared. `tell` is told of each row's number.

    Different are: a turn that decides otherwise than was journalled (the first one ends the replay), and after the
    last one what is open, and what stands in the tables that reports read. Rows that another version of the core
    wrote, or whose payload was erased, end the replay and are no difference. Raises StoreError.
    """
    with closing(connect(path)) as connection:
        connection.execute("BEGIN")  # one picture, whoever writes meanwhile
        done, fold = ReplayResult(), _Fold()
        for journalled in connection.execute(ROWS, (first, last)):
            tell(journalled[0])
            try:
                done.stopped = _why_stop(journalled)
                done.differences += [] if done.stopped else _turn(fold, journalled)
            except Exception as error:  # anything may have been written into the row
                done.differences.append(ChainFinding("journal", journalled[0], f"cannot be taken again: {error!r}"))
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
    return f"row {seq} was written by version {core} of the core, this is {CORE_VERSION}"


def _turn(fold: _Fold, journalled: Journalled) -> Iterator[ChainFinding]:
    """Take one input, and compare what comes of it with what was journalled."""
    seq, at, kind, call, agent, text = journalled
    payload = json.loads(text or "")
    entry = input_of(kind, payload)
    if isinstance(entry, AppStarted):
        fold.world = restore(sorted(fold.world.open_entities(), key=lambda one: (TABLES[type(one)].name, one.id)))
    turn = handle(fold.world, entry, at, payload["base"])
    again = entry_of(entry, turn, payload["base"])
    if again is None:
        yield ChainFinding("journal", seq, "changes nothing and asks for nothing now")
        return
    now = named_now(json.loads(msgspec.json.encode(again.payload)))
    before = {"call": call, "agent": agent, "events": []} | named_now(payload)
    if before["core"] == UNGATED:  # what it says of an input is what the app knew then
        now = {name: value for name, value in now.items() if name not in ("core", "input")}
    if "became" in before:  # an older version's: it has no events, and all fields of an input
        now = {name: value for name, value in now.items() if name not in ("events", "input")}
    for name, value in ({"call": again.call, "agent": again.agent} | now).items():
        if value != before[name]:
            yield ChainFinding("journal", seq, f"{name} is {value!r} now; the journal has {before[name]!r}")
    for record, _ in again.changes:
        values = tuple(row(record)[1])
        fold.latest[type(record), values[: TABLES[type(record)].key]] = values
        if isinstance(record, DispositionEntry):
            _ended_call(fold, record)


def _ended_call(fold: _Fold, given: DispositionEntry) -> None:
    """The status of a call that was over when its last agent, or somebody after him, gave it."""
    columns, key = TABLES[Call].columns, (Call, (given.call,))
    known = dict(zip(columns, fold.latest.get(key, ()), strict=False))
    if known.get("ended") is not None and known["last_agent"] == given.agent:
        fold.latest[key] = tuple((known | {"status": given.status})[column] for column in columns)


def _open(connection: sqlite3.Connection, world: World) -> Iterator[ChainFinding]:
    """What is open after the replay, against what is stored as open."""
    stored = {(type(one), one.id): one for one in open_state.load(connection)}
    replayed = {(type(one), one.id): one for one in world.open_entities()}
    for kind, name in sorted(stored.keys() | replayed.keys(), key=str):
        here, there = replayed.get((kind, name)), stored.get((kind, name))
        if here != there:
            yield ChainFinding("open_state", 0, f"{name} is {here} in the replay; stored is {there}")


def _tables(connection: sqlite3.Connection, fold: _Fold) -> Iterator[ChainFinding]:
    """The last form of each record, against its row; and rows of which the journal knows nothing."""
    for kind, table in TABLES.items():
        columns = ", ".join(f'"{column}"' for column in table.columns)
        rows = connection.execute(f"SELECT {columns} FROM {table.name}")  # noqa: S608 - own names
        stored = {found[: table.key]: found for found in rows}
        replayed = {name: values for (of, name), values in fold.latest.items() if of is kind}
        for name in sorted(stored.keys() | replayed.keys()):
            here, there = replayed.get(name), stored.get(name)
            if here != there:
                yield ChainFinding(table.name, 0, f"{name[0]} is {here} in the replay; stored is {there}")
