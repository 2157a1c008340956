"""Upgrades a database of any release to the current schema, by the steps of migration_steps.py."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, cast

from sqlite_utils import Database

from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.leader_lock_file import hold
from warmline.store.migrations.migration_steps import STEPS, migrations, write_version
from warmline.store.migrations.schema_versions import fingerprint, schema, statements


def migrate(path: str | Path, before: Callable[[], None] | None = None) -> list[str]:
    """Create the database or upgrade it; return the names of the applied migrations.

    `before` is called before the first change of an existing database. An upgrade is refused while the app uses the
    database. Raises StoreError; then the database is unchanged, or as after one of the migrations.
    """
    connection = database.create(path)
    try:
        version, _ = database.schema_of(connection)
        must_be_known(path, version)
        db = Database(connection)
        if not _pending(db):
            return []
        connection.execute("PRAGMA foreign_keys=OFF")  # a rebuilt table is missing for a moment
        with hold(path):
            names = _pending(db)
            if database.schema_of(connection)[0] == 0:
                _create(db)
            elif names:
                if before:
                    before()
                _upgrade(db)
        return names
    except sqlite3.Error as error:
        raise StoreError("migrate_failed", "database {path} cannot be migrated: {why}", path=path, why=error) from None
    finally:
        connection.close()


def must_be_known(path: str | Path, version: int) -> None:
    """Raise StoreError for a database with a schema from which no migration leads to the current one."""
    if version > database.SCHEMA_VERSION:
        raise StoreError(
            "migrate_newer", "database {path} was written by a newer Warmline; install that version", path=path
        )
    if 0 < version < database.OLDEST_SCHEMA:
        raise StoreError(
            "migrate_older",
            "database {path} has schema {schema}, from before the first release; upgrade it with Warmline 0.9.0 first",
            path=path,
            schema=version,
        )


def _pending(db: Database) -> list[str]:
    """Return the names of the migrations to apply, in order."""
    again = [step.__name__] if (step := _again(db)) else []
    return again + [migration.name for migration in migrations.pending(db)]


def _again(db: Database) -> Callable[[Database], None] | None:
    """Return the migration to the schema of a database that a commit before the release of this schema left."""
    version, found = database.schema_of(db.conn)
    return STEPS[version] if version in STEPS and found != fingerprint(schema(version)) else None


def _upgrade(db: Database) -> None:
    if again := _again(db):
        with db.atomic():
            again(db)
    migrations.apply(db)


class _ServerDatabase(NamedTuple):
    """A connection to PostgreSQL, with the part of sqlite-utils that the steps use."""

    conn: sqlite3.Connection

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        return self.conn.execute(sql, values)


def upgrade_server(connection: sqlite3.Connection) -> list[str]:
    """Apply the steps to a database of PostgreSQL, in the transaction of the connection; return their names.

    The step to its own schema is repeated if its fingerprint differs, or if no other step is due. Raises sqlite3.Error.
    """
    version, found = database.schema_of(connection)
    is_released = version not in STEPS or found == fingerprint(schema(version))
    steps = range(version + (is_released and version < database.SCHEMA_VERSION), database.SCHEMA_VERSION + 1)
    for step in steps:
        STEPS[step](cast(Database, _ServerDatabase(connection)))
    return [STEPS[step].__name__ for step in steps]


def _create(db: Database) -> None:
    """Create the current schema in a database without tables, and record all migrations as applied."""
    migrations.ensure_migrations_table(db)
    now = str(datetime.now(UTC))
    with db.atomic():
        for statement in statements(schema(database.SCHEMA_VERSION)):
            db.execute(statement)
        write_version(db, database.SCHEMA_VERSION)
        for migration in migrations.pending(db):
            db.execute(
                f"INSERT INTO {migrations.migrations_table} (migration_set, name, applied_at) VALUES (?, ?, ?)",  # noqa: S608 - a constant
                [migrations.name, migration.name, now],
            )
