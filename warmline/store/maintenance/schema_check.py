"""Checks that a database has exactly the tables, indexes and triggers of schema.sql.

A foreign trigger would run with an administrator's next command, and could create a token. A view in place of a table
could show false rows. The check of the file's structure finds neither.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from warmline.store.database.schema_text import meaning
from warmline.store.migrations.schema_versions import schema

# The tables of SQLite and sqlite-utils.
OTHERS = {
    "sqlite_sequence": "table",
    "sqlite_stat1": "table",
    "sqlite_stat4": "table",
    "_sqlite_migrations": "table",
    "idx__sqlite_migrations_migration_set_name": "index",
}
OBJECTS = "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"

Objects = dict[str, tuple[str, str]]  # by name: type and SQL


def differences(connection: sqlite3.Connection, version: int) -> Iterator[str]:
    """Yield the differences from the schema of that version, in words. Raises sqlite3.Error."""
    ours, theirs = _made(schema(version)), _objects(connection)
    for name, (kind, sql) in theirs.items():
        if name not in ours:
            if OTHERS.get(name) != kind:
                yield f"{kind} {name!r} is not one of Warmline's"
        elif (ours[name][0], meaning(ours[name][1])) != (kind, meaning(sql)):
            yield f"{kind} {name!r} differs from the one in schema.sql"
    for name, (kind, _) in ours.items():
        if name not in theirs:
            yield f"{kind} {name!r} is missing"


@cache
def _made(script: str) -> Objects:
    """Return what a script makes. An upgrade asks for the same again."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(script)
        return _objects(fresh)


def _objects(connection: sqlite3.Connection) -> Objects:
    return {name: (kind, sql) for name, kind, sql in connection.execute(OBJECTS)}
