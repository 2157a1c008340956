"""Brings a database to the current schema, whatever version it has.

A migration is a function here, in order, never changed once released. Each leads to the text of one schema version:
the current one is schema.sql, the older ones lie beside this file. When schema.sql first changes after a release, copy
what was released to schema_N.sql, count up SCHEMA_VERSION, and write the migration that leads there: so those before
it go on leading to what they led to.
"""

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.lock import hold
from warmline.store.database.schema_text import SCHEMA
from warmline.store.migrations.rebuild import rebuild

migrations = Migrations("warmline")

# Up to schema 2, the first letter of a call's name in the agent API told that an agent had dialled.
DIALLED = """
    UPDATE call SET direction = 'out',
        origin = iif(EXISTS (SELECT 1 FROM callback WHERE callback.done_in = call.id), 'callback', 'agent')
    WHERE agc_id LIKE 'M%'
"""


@migrations()
def first(db: Database) -> None:
    """Everything, from nothing."""
    for statement in statements(schema(1)):
        db.execute(statement)


@migrations()
def second(db: Database) -> None:
    """What routing needs: more options, call times and holidays, waits and callbacks."""
    rebuild(db, schema(2))
    db.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")


@migrations()
def third(db: Database) -> None:
    """Dial limits, phones that answer, and what else the first outside users needed."""
    rebuild(db, schema(3))
    db.execute(DIALLED)
    db.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")


def schema(version: int) -> str:
    """The whole schema of that version, as SQL."""
    current = version == database.SCHEMA_VERSION
    return (SCHEMA if current else Path(__file__).with_name(f"schema_{version}.sql")).read_text()


def migrate(path: str | Path) -> list[str]:
    """Make the database, or bring it up to date; returns the names of the migrations applied.

    Refused while the app uses the database, unless there is nothing to do. Raises StoreError.
    """
    connection = database.create(path)
    try:
        if database.is_newer(connection):
            raise StoreError(
                "migrate_newer", "database {path} was written by a newer Warmline; install that version", path=path
            )
        db = Database(connection)
        if not migrations.pending(db):
            return []
        connection.execute("PRAGMA foreign_keys=OFF")  # a table that is made anew is gone for a moment
        with hold(path):
            names = [migration.name for migration in migrations.pending(db)]
            migrations.apply(db)
        return names
    except sqlite3.Error as error:
        raise StoreError("migrate_failed", "database {path} cannot be migrated: {why}", path=path, why=error) from None
    finally:
        connection.close()


def statements(script: str) -> list[str]:
    """The single statements of a script, so that they can run inside one transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
