"""Tells the period that is lost when a copy replaces the database."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

LAST = """
    SELECT max(ifnull((SELECT at FROM journal ORDER BY seq DESC LIMIT 1), 0),
        ifnull((SELECT at FROM config_journal ORDER BY seq DESC LIMIT 1), 0))
"""
CALLS = "SELECT count(*) FROM call WHERE arrived > ?"


class LostPeriod(NamedTuple):
    """The times of the copy's last row and of the database's last row, in microseconds UTC, and the calls between."""

    since: int
    until: int
    calls: int


def lost_period(path: str | Path, copy: str | Path) -> LostPeriod | None:
    """Return the period that the copy does not have; None if it has all, or if one of both cannot be read.

    The rows of the journal and of the history of the configuration count.
    """
    if not (Path(path).is_file() and Path(copy).is_file()):  # a pipe would block
        return None
    try:
        with closing(_read_only(path)) as replaced, closing(_read_only(copy)) as older:
            since, until = _last(older), _last(replaced)
            if until <= since:
                return None
            return LostPeriod(since, until, int(replaced.execute(CALLS, [since]).fetchone()[0]))
    except sqlite3.Error:  # a damaged database, or not one of Warmline's
        return None


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute(LAST).fetchone()[0])


def _read_only(path: str | Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
