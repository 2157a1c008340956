"""The text of schema.sql, and a check for triggers that are not in it; such a trigger runs with every change."""

import re
import sqlite3
from functools import cache, lru_cache
from pathlib import Path

from warmline.store.database.database import StoreError
from warmline.system.program_files import SCHEMA

COMMENT_OR_SPACE = re.compile(r"('[^']*')|--[^\n]*|\s+")


@lru_cache(1000)  # a migration and its check compare each statement several times
def meaning(sql: str) -> str:
    """Return SQL without comments and white space; quoted texts stay unchanged."""
    return COMMENT_OR_SPACE.sub(lambda found: found[1] or "", sql)


def refuse_strange_triggers(connection: sqlite3.Connection, path: str | Path) -> None:
    """Raise StoreError if the database has a trigger that is not in schema.sql; call this before any write."""
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"):
        if not is_ours(sql):
            raise StoreError(
                "database_trigger_unknown",
                "database {path} has a trigger {name!r}, which is not Warmline's and would run with this command; "
                "nothing was changed. To list all differences: warmline db check",
                path=path,
                name=name,
            )


def is_ours(sql: str) -> bool:
    """Return whether a statement of a database's schema is in schema.sql."""
    return sql in _text() or meaning(sql) in _meaning()


@cache
def _text() -> str:
    return SCHEMA.read_text()


@cache
def _meaning() -> str:
    return meaning(_text())
