"""Upgrades a database of any version to the current schema.

Each migration is a function in this file, and is never changed after its release. It leads to one version of the
schema: schema.sql is the current one, and schema_N.sql in this folder are the older ones. Before the first change of
schema.sql after a release, copy the released text to schema_N.sql. Then count SCHEMA_VERSION up and write the
migration to the new version.
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from warmline.store.database import database, timezone_offsets
from warmline.store.database.database import StoreError
from warmline.store.database.lock import hold
from warmline.store.migrations import lead_places_column
from warmline.store.migrations.rebuild import rebuild
from warmline.system.program_files import SCHEMA

migrations = Migrations("warmline")

# Up to schema 2, the first letter of a call's name in the agent API showed that an agent dialled.
DIALLED = """
    UPDATE call SET direction = 'out',
        origin = iif(EXISTS (SELECT 1 FROM callback WHERE callback.done_in = call.id), 'callback', 'agent')
    WHERE agc_id LIKE 'M%'
"""


@migrations()
def first(db: Database) -> None:
    """Create all tables of schema 1."""
    for statement in statements(schema(1)):
        db.execute(statement)


@migrations()
def second(db: Database) -> None:
    """Add what routing needs: more options, call times, holidays, waits and callbacks."""
    rebuild(db, schema(2))
    db.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")


@migrations()
def third(db: Database) -> None:
    """Add dial limits, options for phones that answer, and other needs of the first users."""
    rebuild(db, schema(3))
    db.execute(DIALLED)
    lead_places_column.fill(db.conn)
    timezone_offsets.fill(db.conn, timezone_offsets.stored_zone(db.conn), datetime.now(UTC).year)
    db.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")


def schema(version: int) -> str:
    """Return the whole schema of that version as SQL."""
    current = version == database.SCHEMA_VERSION
    return (SCHEMA if current else Path(__file__).with_name(f"schema_{version}.sql")).read_text()


def migrate(path: str | Path) -> list[str]:
    """Create the database or upgrade it; return the names of the applied migrations.

    An upgrade is refused while the app uses the database. Raises StoreError.
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
        connection.execute("PRAGMA foreign_keys=OFF")  # a rebuilt table is missing for a moment
        with hold(path):
            names = [migration.name for migration in migrations.pending(db)]
            migrations.apply(db)
        return names
    except sqlite3.Error as error:
        raise StoreError("migrate_failed", "database {path} cannot be migrated: {why}", path=path, why=error) from None
    finally:
        connection.close()


def statements(script: str) -> list[str]:
    """Return the single statements of a script, so that they can run inside one transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
