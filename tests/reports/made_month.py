"""A month with random gaps: the made day again on other days, each time with calls that are left out at random.

Some calls lose their codes, a transfer gives some codes in place of the agent, and some customers are on hold or gone.
"""

# ruff: noqa: S608 - only names of the schema

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from warmline.store.database.database import connect

DAY = 86_400_000_000  # microseconds
A_TIME = 1_000_000_000_000_000  # a larger value in a column of numbers is a time
# Tables with records of a call or of an agent, and their columns with an id of that day.
TABLES = {
    "call": ("id",),
    "queue_wait": ("id", "call"),
    "receipt": ("id", "call"),
    "agent_session": ("id",),
    "agent_interval": ("id", "session", "call"),
    "disposition_entry": ("id", "call"),
    "callback": ("id", "call", "done_in"),
    "fallback": ("id",),
}

def _hold(db: sqlite3.Connection, draw: random.Random) -> None:
    """Let some times of conversation be those of a customer on hold, or of one who has gone."""
    for (stretch,) in db.execute(TALKING).fetchall():
        if (drawn := draw.random()) < 0.2:
            db.execute("UPDATE agent_interval SET hold = 1 WHERE id = ?", (stretch,))
        elif drawn < 0.4:
            db.execute("UPDATE agent_interval SET state = 'DEAD' WHERE id = ?", (stretch,))


CONNECTED = "SELECT id FROM call WHERE connected IS NOT NULL AND last_agent <> '' AND ended IS NOT NULL ORDER BY id"
TALKING = "SELECT id FROM agent_interval WHERE state = 'INCALL' AND hold = 0 AND call <> '' ORDER BY id"
BY_TRANSFER = """
    UPDATE disposition_entry SET "by" = 'transfer_no_dispo'
    WHERE id = (SELECT min(id) FROM disposition_entry WHERE call = ?)
"""


def make(day: Path, month: Path, days: int, seed: int) -> None:
    """Write a database with the day and `days` more days, among the 29 days after it."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    with closing(connect(day)) as source, closing(sqlite3.connect(month)) as target:
        source.backup(target)
    with closing(connect(month)) as db, db:
        calls = [str(row[0]) for row in db.execute("SELECT id FROM call ORDER BY id")]
        for number in sorted(draw.sample(range(1, 30), days)):
            share = draw.uniform(0.3, 1)
            left_out = [one for one in calls if draw.random() > share]
            db.execute("CREATE TEMP TABLE IF NOT EXISTS left_out (call TEXT PRIMARY KEY)")
            db.execute("DELETE FROM left_out")
            db.executemany("INSERT INTO left_out VALUES (?)", [(one,) for one in left_out])
            for table, ids in TABLES.items():
                _repeat(db, table, ids, number)
        _forget_codes(db, draw)
        _hold(db, draw)


def _forget_codes(db: sqlite3.Connection, draw: random.Random) -> None:
    """Leave some calls without a code, and let a transfer give some of the codes in place of the agent."""
    for (call,) in db.execute(CONNECTED).fetchall():
        drawn = draw.random()
        if drawn < 0.1:
            db.execute("DELETE FROM disposition_entry WHERE call = ?", (call,))
            db.execute("UPDATE call SET status = '' WHERE id = ?", (call,))
        elif drawn < 0.3:
            db.execute(BY_TRANSFER, (call,))


def _repeat(db: sqlite3.Connection, table: str, ids: tuple[str, ...], number: int) -> None:
    """Copy the rows of the first day to the day with this number."""
    columns = [(str(row[1]), str(row[2])) for row in db.execute(f"PRAGMA table_info({table})")]
    given = [_value(name, kind, ids, number) for name, kind in columns]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    of_call = "call" if "call" in ids else "id"
    only = f'"{ids[0]}" NOT LIKE \'%~%\' AND "{of_call}" NOT IN (SELECT call FROM left_out)'
    db.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(given)} FROM {table} WHERE {only}")


def _value(name: str, kind: str, ids: tuple[str, ...], number: int) -> str:
    """Return the expression of a column: an id of its own for that day, and times of that day."""
    if name in ids:
        return f"iif(\"{name}\" = '', '', \"{name}\" || '~{number}')"
    if kind == "INTEGER":
        return f'iif("{name}" > {A_TIME}, "{name}" + {number * DAY}, "{name}")'
    return f'"{name}"'
