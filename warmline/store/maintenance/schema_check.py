"""Whether a database has the tables, indexes and triggers of schema.sql, and nothing else.

A trigger of somebody else's runs with the next command of an administrator: it could make a token. A view or another
table in a table's place could show what is not there. The file's structure is whole all the same.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from warmline.store.database.schema_text import meaning
from warmline.store.migrations import schema

# What SQLite and sqlite-utils keep for themselves.
OTHERS = {
    "sqlite_sequence": "table",
    "sqlite_stat1": "table",
    "sqlite_stat4": "table",
    "_sqlite_migrations": "table",
    "idx__sqlite_migrations_migration_set_name": "index",
}
OBJECTS = "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"

Objects = dict[str, tuple[str, str]]  # by name: what it is, and its SQL


def differences(connection: sqlite3.Connection, version: int) -> Iterator[str]:
    """What differs from the schema of that version, in words. Raises sqlite3.Error."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(schema(version))
        ours, theirs = _objects(fresh), _objects(connection)
    for name, (kind, sql) in theirs.items():
        if name not in ours:
            if OTHERS.get(name) != kind:
                yield f"{kind} {name!r} is not one of Warmline's"
        elif (ours[name][0], meaning(ours[name][1])) != (kind, meaning(sql)):
            yield f"{kind} {name!r} is not as Warmline makes it"
    for name, (kind, _) in ours.items():
        if name not in theirs:
            yield f"{kind} {name!r} is missing"


def _objects(connection: sqlite3.Connection) -> Objects:
    return {name: (kind, sql) for name, kind, sql in connection.execute(OBJECTS)}
