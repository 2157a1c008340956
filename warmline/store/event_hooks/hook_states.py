"""The secret and the state of each event hook, as people see and change them. Bodies of events are stored nowhere."""

import secrets
import sqlite3
from pathlib import Path

from msgspec import Struct

from warmline.options.event_hook_options import EVENT_HOOK
from warmline.store.configuration import config_rows
from warmline.store.configuration.config_history import OF_EVENT_HOOK
from warmline.store.database.reading import reading, rows
from warmline.store.database.writing import writing
from warmline.store.events.event_id import WHOLE_ROW

SHOWN = 20  # attempts in a state
# A new hook begins with the events after the journal's last row.
BEGIN = """
    INSERT OR IGNORE INTO event_hook_state (hook, secret, seq, place)
    SELECT ?, ?, ifnull(max(seq), 0), ? FROM journal
"""
RENEW = "UPDATE event_hook_state SET secret = ? WHERE hook = ?"
KEY = "SELECT secret FROM event_hook_state WHERE hook = ?"
TEST = "UPDATE event_hook_state SET test = ? WHERE hook = ?"
STATE = """
    SELECT active, seq, tries, failing, due, stopped, delivered, (SELECT ifnull(max(seq), 0) FROM journal) AS last,
        (SELECT min(at) FROM journal WHERE journal.seq = event_hook_state.seq + 1) AS waiting
    FROM event_hook LEFT JOIN event_hook_state ON hook = event_hook.id WHERE event_hook.id = :hook
"""
DELIVERIES = """
    SELECT delivery, type, at, status, why FROM event_hook_delivery WHERE hook = :hook ORDER BY id DESC LIMIT :most
"""
FAILING = """
    SELECT hook, stopped IS NOT NULL AS stopped, ifnull((
        SELECT why FROM event_hook_delivery AS one WHERE one.hook = state.hook ORDER BY id DESC LIMIT 1
    ), '') AS why
    FROM event_hook_state AS state WHERE tries > 0 ORDER BY hook
"""


class HookDelivery(Struct, frozen=True):
    """An attempt: `delivery` is the same at each attempt for one event. `status` is 0 without an answer."""

    delivery: str
    type: str
    at: int
    status: int
    why: str


class HookState(Struct, frozen=True):
    """How far an event hook has been told; times in microseconds UTC.

    `state` is active, failing, stopped or inactive. `behind` is the number of rows of the journal that it has not been
    told, and `waiting` the time of the first of them. `deliveries` are its latest attempts, the newest first.
    """

    state: str
    delivered: int
    behind: int
    waiting: int | None
    tries: int
    failing: int | None
    due: int | None
    stopped: int | None
    deliveries: list[HookDelivery]


class FailingHook(Struct, frozen=True):
    """An event hook whose last attempt failed, and why. It has `stopped`, or retries."""

    hook: str
    stopped: bool
    why: str


def new_secret() -> str:
    """Return a new key of signatures: 256 random bits as text."""
    return secrets.token_urlsafe(32)


def secret_of(path: str | Path, name: str, *, who: str, renew: bool = False) -> str:
    """Return the secret of a hook, a new one with `renew`, and note in the history who saw it.

    Raises NotFound, StoreError.
    """
    with writing(path) as db:
        config_rows.find(db, EVENT_HOOK, name)
        begin(db, name)
        if renew:
            db.execute(RENEW, [new_secret(), name])
        change = ("set", OF_EVENT_HOOK, name)
        config_rows.note(db, who, config_rows.now(), change, {}, {"secret": "renewed" if renew else "shown"})
        return str(db.execute(KEY, [name]).fetchone()["secret"])


def begin(db: sqlite3.Connection, name: str) -> None:
    """Give a hook its secret and its place in the journal, unless it has them."""
    db.execute(BEGIN, [name, new_secret(), WHOLE_ROW])


def read_secret(path: str | Path, name: str) -> str:
    """Return the secret of a hook, "" if it has none yet. Raises StoreError."""
    with reading(path) as db:
        row = db.execute(KEY, [name]).fetchone()
    return str(row["secret"]) if row else ""


def want_test(path: str | Path, name: str, delivery: str) -> None:
    """Let the worker process send a sample as this delivery. Raises NotFound, StoreError."""
    with writing(path) as db:
        config_rows.find(db, EVENT_HOOK, name)
        begin(db, name)
        db.execute(TEST, [delivery, name])


def state(path: str | Path, name: str) -> HookState:
    """Return the state of a hook. Raises NotFound, StoreError."""
    with reading(path) as db:
        config_rows.find(db, EVENT_HOOK, name)
        [row] = rows(db, STATE, hook=name)
        found = [HookDelivery(**one) for one in rows(db, DELIVERIES, hook=name, most=SHOWN)]
    word = "failing" if row["tries"] else "active"
    if row["stopped"]:
        word = "stopped"
    if row["active"] == "N":
        word = "inactive"
    behind = row["last"] - row["seq"] if row["seq"] is not None else 0
    times = {name: row[name] for name in ("waiting", "failing", "due", "stopped")}
    return HookState(word, row["delivered"] or 0, behind, tries=row["tries"] or 0, deliveries=found, **times)


def failing(path: str | Path) -> list[FailingHook]:
    """Return the hooks whose last attempt failed, by name. Raises StoreError."""
    with reading(path) as db:
        return [FailingHook(row["hook"], bool(row["stopped"]), row["why"]) for row in rows(db, FAILING)]
