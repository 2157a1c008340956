"""Tells the period that is lost when a copy replaces the database."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

LAST = """
    SELECT ifnull((SELECT at FROM journal ORDER BY seq DESC LIMIT 1), 0),
        ifnull((SELECT at FROM config_journal ORDER BY seq DESC LIMIT 1), 0)
"""
CLOCK = "SELECT count(*) FROM sqlite_schema WHERE name = 'clock_correction'"
CORRECTION = "SELECT correction FROM clock_correction ORDER BY at DESC LIMIT 1"
CALLS = "SELECT count(*) FROM call WHERE arrived > ?"


class LostPeriod(NamedTuple):
    """The times of the copy's last row and of the database's last row, in microseconds UTC, and the calls between."""

    since: int
    until: int
    calls: int


class _LastRows(NamedTuple):
    """The times of the last rows of journal and config_journal; `shown` is the later one by the machine's clock."""

    journal: int
    changes: int
    shown: int


def lost_period(path: str | Path, copy: str | Path) -> LostPeriod | None:
    """Return the period that the copy does not have; None if it has all, or if one of both cannot be read.

    The rows of the journal and of the history of the configuration count.
    """
    if not (Path(path).is_file() and Path(copy).is_file()):  # a pipe would block
        return None
    try:
        with closing(_read_only(path)) as replaced, closing(_read_only(copy)) as older:
            since, until = _last(older), _last(replaced)
            if until.journal <= since.journal and until.changes <= since.changes:
                return None
            calls = replaced.execute(CALLS, [since.shown]).fetchone()[0]
            return LostPeriod(since.shown, until.shown, int(calls))
    except sqlite3.Error:  # a damaged database, or not one of Warmline's
        return None


def _last(connection: sqlite3.Connection) -> _LastRows:
    journal, changes = connection.execute(LAST).fetchone()
    is_set = connection.execute(CLOCK).fetchone()[0]  # a copy of 0.10.0 or older has no such table
    corrections = connection.execute(CORRECTION).fetchone() if is_set else None
    return _LastRows(journal, changes, max(changes, journal + (corrections[0] if corrections else 0)))


def _read_only(path: str | Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
