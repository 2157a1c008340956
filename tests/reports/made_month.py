"""A month with random gaps: the made day again on other days, each time with calls that are left out at random.

month_changes.py then changes some of the records.
"""

# ruff: noqa: S608 - only names of the schema

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.reports import month_changes
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
READY = {"state": "'READY'", "pause_code": "''", "hold": "0", "call": "''"}


def make(day: Path, month: Path, days: int, seed: int, now: int) -> None:
    """Write a database with the day and `days` more days, among the 29 days after it. `now` is after all of them."""
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
        month_changes.change(db, draw, now)


def _repeat(db: sqlite3.Connection, table: str, ids: tuple[str, ...], number: int) -> None:
    """Copy the rows of the first day to the day with this number."""
    columns = [(str(row[1]), str(row[2])) for row in db.execute(f"PRAGMA table_info({table})")]
    given = [_value(name, kind, ids, number) for name, kind in columns]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    of_call = "call" if "call" in ids else "id"
    only = f"\"{ids[0]}\" NOT LIKE '%~%'"
    if table == "agent_interval":  # the agent was ready in place of a call that is left out
        given = [
            f"iif(call IN (SELECT call FROM left_out), {READY.get(name, one)}, {one})"
            for name, one in zip((name for name, _ in columns), given, strict=True)
        ]
    else:
        only += f' AND "{of_call}" NOT IN (SELECT call FROM left_out)'
    db.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(given)} FROM {table} WHERE {only}")


def _value(name: str, kind: str, ids: tuple[str, ...], number: int) -> str:
    """Return the expression of a column: an id of its own for that day, and times of that day."""
    if name in ids:
        return f"iif(\"{name}\" = '', '', \"{name}\" || '~{number}')"
    if kind == "INTEGER":
        return f'iif("{name}" > {A_TIME}, "{name}" + {number * DAY}, "{name}")'
    return f'"{name}"'
