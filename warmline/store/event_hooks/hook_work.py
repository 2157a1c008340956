"""The work of the worker process for event hooks: the hooks to tell, and how far each of them has been told."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from warmline.options.event_hook_options import EVENT_HOOK
from warmline.store.configuration import config
from warmline.store.database.reading import reading, rows
from warmline.store.database.writing import writing
from warmline.store.event_hooks.hook_states import HookDelivery, begin
from warmline.store.events.event_id import WHOLE_ROW, EventId

BY = "event-hooks"  # in the history, for a hook that its receiver ended
KEPT = 100  # attempts of a hook
WORK = """
    SELECT event_hook.id AS name, url, events, campaigns, ingroups, active, secret, seq, test,
        stopped IS NOT NULL AS has_stopped
    FROM event_hook LEFT JOIN event_hook_state ON hook = event_hook.id ORDER BY event_hook.id
"""
NOW = "SELECT webhook_hosts, (SELECT ifnull(max(seq), 0) FROM journal) AS last FROM setting"
FORGET = """
    UPDATE event_hook_state SET seq = NULL, tries = 0, failing = NULL, due = NULL, stopped = NULL
    WHERE hook IN (SELECT id FROM event_hook WHERE active = 'N') AND seq IS NOT NULL
"""
FROM_NOW = """
    UPDATE event_hook_state SET seq = (SELECT ifnull(max(seq), 0) FROM journal), place = ?
    WHERE hook = ? AND seq IS NULL
"""
PLACE = "SELECT seq, place, tries, failing, due, stopped FROM event_hook_state WHERE hook = ? AND seq IS NOT NULL"
STORE = """
    UPDATE event_hook_state
    SET seq = ?, place = ?, tries = ?, failing = ?, due = ?, stopped = ?, delivered = delivered + ?
    WHERE hook = ? AND seq IS NOT NULL
"""
TRIED = "INSERT INTO event_hook_delivery (hook, delivery, type, at, status, why) VALUES (?, ?, ?, ?, ?, ?)"
TRIM = """
    DELETE FROM event_hook_delivery WHERE hook = ?1 AND id <= (
        SELECT id FROM event_hook_delivery WHERE hook = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2
    )
"""
TESTED = "UPDATE event_hook_state SET test = '' WHERE hook = ? AND test = ?"
GO_ON = "UPDATE event_hook_state SET tries = 0, failing = NULL, due = NULL, stopped = NULL WHERE hook = ?"


class EventHook(NamedTuple):
    """A hook that gets events: the types, campaigns and in-groups, empty for all; and the hosts that are allowed."""

    name: str
    url: str
    events: frozenset[str]
    campaigns: frozenset[str]
    ingroups: frozenset[str]
    secret: str
    hosts: tuple[str, ...]


class HookWork(NamedTuple):
    """The hooks to tell, tests by hook, and the number of the journal's last row.

    With `unready`, a hook has no secret or no place in the journal yet, or a place although it is inactive.
    """

    hooks: tuple[EventHook, ...]
    tests: tuple[tuple[EventHook, str], ...]
    last: int
    unready: bool


class HookPlace(NamedTuple):
    """How far a hook has been told, the failed attempts for its next event, and when it is tried next.

    `failing` is the time of the first failed attempt; `stopped` is when Warmline gave up. Times in microseconds UTC.
    """

    id: EventId
    tries: int = 0
    failing: int | None = None
    due: int | None = None
    stopped: int | None = None


def read(path: str | Path) -> HookWork:
    """Return the current work. Raises StoreError."""
    with reading(path) as db:
        found, [now] = rows(db, WORK), rows(db, NOW)
    hosts = tuple(json.loads(now["webhook_hosts"]))
    all_ = [(row, _hook(row, hosts)) for row in found]
    return HookWork(
        tuple(hook for row, hook in all_ if row["active"] == "Y" and row["seq"] is not None and not row["has_stopped"]),
        tuple((hook, row["test"]) for row, hook in all_ if row["test"]),
        now["last"],
        any((row["active"] == "Y") == (row["seq"] is None) for row, _ in all_),
    )


def make_ready(path: str | Path) -> None:
    """Give new hooks a secret, let those that are active again begin now, and forget the place of inactive ones.

    Raises StoreError.
    """
    with writing(path) as db:
        db.execute(FORGET)
        for [name] in db.execute("SELECT id FROM event_hook WHERE active = 'Y'").fetchall():
            begin(db, name)
            db.execute(FROM_NOW, [WHOLE_ROW, name])


def place_of(path: str | Path, hook: str) -> HookPlace | None:
    """Return the place of a hook; None if it is deleted or inactive. Raises StoreError."""
    with reading(path) as db:
        row = db.execute(PLACE, [hook]).fetchone()
    return HookPlace(EventId(row["seq"], row["place"]), *tuple(row)[2:]) if row else None


def store(path: str | Path, hook: str, place: HookPlace, tried: Sequence[HookDelivery]) -> None:
    """Write how far a hook has been told, with the attempts since the last time. Raises StoreError."""
    delivered = sum(not one.why for one in tried)
    with writing(path) as db:
        changed = db.execute(STORE, [*place.id, *place[1:], delivered, hook]).rowcount
        if changed:
            _note(db, hook, tried)


def tested(path: str | Path, hook: str, tried: HookDelivery) -> None:
    """Write the result of a test. If it was delivered, a failing or stopped hook goes on now. Raises StoreError."""
    with writing(path) as db:
        if db.execute(TESTED, [hook, tried.delivery]).rowcount:
            _note(db, hook, [tried])
            if not tried.why:
                db.execute(GO_ON, [hook])


def switch_off(path: str | Path, hook: str) -> None:
    """Set active=N, as the receiver asks with 410 Gone. Raises NotFound, StoreError."""
    config.set_options(path, EVENT_HOOK.kind, hook, {"active": "N"}, who=BY)


def _note(db: sqlite3.Connection, hook: str, tried: Sequence[HookDelivery]) -> None:
    db.executemany(TRIED, [(hook, one.delivery, one.type, one.at, one.status, one.why) for one in tried[-KEPT:]])
    db.execute(TRIM, [hook, KEPT])


def _hook(row: dict[str, str], hosts: tuple[str, ...]) -> EventHook:
    events, campaigns, ingroups = (frozenset(json.loads(row[name])) for name in ("events", "campaigns", "ingroups"))
    return EventHook(row["name"], row["url"], events, campaigns, ingroups, row["secret"] or "", hosts)
