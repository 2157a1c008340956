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
from warmline.store.journal.clock_corrections import OF_ROW

SHOWN = 20  # attempts in a state
# A new hook begins with the events after the journal's last row.
BEGIN = """
    INSERT OR IGNORE INTO event_hook_state (hook, secret, seq, place)
    SELECT ?, ?, ifnull(max(seq), 0), ? FROM journal
"""
RENEW = "UPDATE event_hook_state SET secret = ? WHERE hook = ?"
KEY = "SELECT secret FROM event_hook_state WHERE hook = ?"
TEST = "UPDATE event_hook_state SET test = ? WHERE hook = ?"
STATE = f"""
    SELECT active, seq, tries, failing, due, stopped, delivered, (SELECT ifnull(max(seq), 0) FROM journal) AS last,
        (SELECT min(at + {OF_ROW}) FROM journal WHERE journal.seq = event_hook_state.seq + 1) AS waiting
    FROM event_hook LEFT JOIN event_hook_state ON hook = event_hook.id WHERE event_hook.id = :hook
"""  # noqa: S608 - a constant of the code
DELIVERIES = """
    SELECT delivery, type, at, status, why FROM event_hook_delivery WHERE hook = :hook ORDER BY id DESC LIMIT :most
"""
# A place beyond the journal is that of a restored database.
LAGS = f"""
    SELECT hook, stopped IS NOT NULL AS stopped, tries, ifnull((
        SELECT iif(one.why <> '', one.why, 'HTTP ' || one.status) FROM event_hook_delivery AS one
        WHERE one.hook = state.hook ORDER BY id DESC LIMIT 1
    ), '') AS answer, max(0, (SELECT ifnull(max(seq), 0) FROM journal) - state.seq) AS behind,
        ifnull((SELECT at + {OF_ROW} FROM journal WHERE journal.seq > state.seq ORDER BY journal.seq LIMIT 1), 0)
            AS oldest
    FROM event_hook_state AS state JOIN event_hook ON event_hook.id = state.hook
    WHERE event_hook.active = 'Y' AND state.seq IS NOT NULL ORDER BY hook
"""  # noqa: S608 - a constant of the code


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


class HookLag(Struct, frozen=True):
    """How far an active event hook is behind.

    `behind` rows of the journal wait for it since the time `oldest` (microseconds UTC; 0 if none waits). `tries` counts
    the failed attempts for the next event, and `answer` is the receiver's last answer. The hook has `stopped`, or
    retries.
    """

    hook: str
    stopped: bool
    tries: int
    answer: str
    behind: int
    oldest: int

    def waits(self, now: int) -> float:
        """Return for how many seconds the oldest row has waited at a moment in microseconds UTC."""
        return max(0, now - self.oldest) / 1_000_000 if self.oldest else 0.0


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


def lags(path: str | Path) -> list[HookLag]:
    """Return how far each active hook is behind, by name. Raises StoreError."""
    with reading(path) as db:
        return [HookLag(**row | {"stopped": bool(row["stopped"])}) for row in rows(db, LAGS)]
