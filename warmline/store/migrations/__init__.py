"""Upgrades a database of any release to the current schema.

Each migration is a function in this file, and is never changed after its release. It leads to one version of the
schema: schema.sql is the current one, and schema_N.sql in this folder are the released ones. The first is schema 3, of
0.9.0. Before the first change of schema.sql after a release, copy the released text to schema_N.sql. Then count
SCHEMA_VERSION up and write the migration to the new version.

A migration also upgrades databases of the commits before the release of its schema: they have its number, and another
fingerprint of schema.sql. So it is written to run any number of times, and leaves a column with values as it is.
"""

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from sqlite_utils import Database, Migrations

from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.leader_lock_file import hold
from warmline.store.database.schema_text import meaning
from warmline.store.migrations import disposition_keys, lead_columns
from warmline.store.migrations.rebuild import columns, rebuild
from warmline.system.program_files import SCHEMA

# The default of 60 seconds became 0, which is 60 in calls of agents. A value that an administrator gave stays.
USUAL_RING_TIME = """
    UPDATE campaign SET dial_timeout = 0 WHERE dial_timeout = 60 AND id NOT IN (
        SELECT name FROM config_journal WHERE entity = 'campaign' AND after ->> 'dial_timeout' IS NOT NULL
    )
"""

# A campaign from before the option dials star codes as before; a new one does not.
FORMER_STAR_CODES = "UPDATE campaign SET deny_star_codes = 'N'"

WRITE = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"

# A callback from before its own column has the lead of the call in which it was promised.
LEADS_OF_CALLBACKS = "UPDATE callback SET lead = ifnull((SELECT lead FROM call WHERE id = callback.call), 0)"

migrations = Migrations("warmline")


@migrations()
def third(db: Database) -> None:
    """Create all tables of schema 3, that of the first release."""
    for statement in statements(schema(3)):
        db.execute(statement)


@migrations()
def fourth(db: Database) -> None:
    """Add the dialler and browser phones; and a fingerprint, which tells schemas between two releases apart."""
    former, codes = columns(db, "lead"), columns(db, "disposition")
    had_star_codes = "deny_star_codes" not in columns(db, "campaign")
    rebuild(db, schema(4))
    if had_star_codes:
        db.execute(FORMER_STAR_CODES)
    if "place" not in codes:
        disposition_keys.fill(db.conn)
    if "time_zones" not in former:
        lead_columns.fill_places(db.conn)
    if "passes" not in former:
        lead_columns.fill_passes(db.conn)
    db.execute(USUAL_RING_TIME)
    _write_version(db, 4)


@migrations()
def fifth(db: Database) -> None:
    """Add what programs bring: custom fields of leads, callbacks without a call, web forms, event hooks."""
    had_leads = "lead" in columns(db, "callback")
    rebuild(db, schema(5))
    if not had_leads:
        db.execute(LEADS_OF_CALLBACKS)
    _write_version(db, 5)


STEPS = {4: fourth, 5: fifth}  # by the schema to which they lead


def schema(version: int) -> str:
    """Return the whole schema of that version as SQL."""
    current = version == database.SCHEMA_VERSION
    return (SCHEMA if current else Path(__file__).with_name(f"schema_{version}.sql")).read_text()


@cache
def fingerprint(script: str) -> str:
    """Return the fingerprint of a schema: comments and white space do not change it."""
    return hashlib.sha256(meaning(script).encode()).hexdigest()[:16]


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
        _write_version(db, database.SCHEMA_VERSION)
        for migration in migrations.pending(db):
            db.execute(
                f"INSERT INTO {migrations.migrations_table} (migration_set, name, applied_at) VALUES (?, ?, ?)",  # noqa: S608 - a constant
                [migrations.name, migration.name, now],
            )


def _write_version(db: Database, version: int) -> None:
    """Write the number of the schema and the fingerprint of its text."""
    written = {"schema": str(version), "fingerprint": fingerprint(schema(version))}
    for row in written.items():
        db.execute(WRITE, row)


@cache
def statements(script: str) -> tuple[str, ...]:
    """Return the single statements of a script, so that they can run inside one transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return tuple(found)
