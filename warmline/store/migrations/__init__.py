"""Brings a database to the current schema, whatever version it has.

A migration is a function here, in order, never changed once released. The first makes the schema: when schema.sql
first changes after a release, keep the old text beside this file and let the first migration use it.
"""

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from warmline.store import database
from warmline.store.database import StoreError
from warmline.store.lock import hold

SCHEMA = Path(__file__).parents[2] / "schema.sql"

migrations = Migrations("warmline")


@migrations()
def first(db: Database) -> None:
    """Everything, from nothing."""
    for statement in statements(SCHEMA.read_text()):
        db.execute(statement)


def migrate(path: str | Path) -> list[str]:
    """Make the database, or bring it up to date; returns the names of the migrations applied.

    Refused while the app uses the database, unless there is nothing to do. Raises StoreError.
    """
    connection = database.create(path)
    try:
        if database.is_newer(connection):
            raise StoreError(f"database {path} was written by a newer Warmline; install that one")
        db = Database(connection)
        if not migrations.pending(db):
            return []
        with hold(path):
            names = [migration.name for migration in migrations.pending(db)]
            migrations.apply(db)
        return names
    except sqlite3.Error as error:
        raise StoreError(f"database {path} cannot be migrated: {error}") from None
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
