"""Creates the schema in a database of PostgreSQL, or upgrades it by the migrations of a file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from warmline.store.database import database, lease
from warmline.store.database.database import FINGERPRINT, SCHEMA_VERSION, StoreError
from warmline.store.journal.journal_entry import commit_function
from warmline.store.maintenance.server_database import must_have_all_letters
from warmline.store.migrations import schema_migration
from warmline.store.postgresql.schema import MARKED, schema

CREATED = "schema"  # in place of the names of migrations
ADD_FINGERPRINT = "INSERT INTO meta (key, value) VALUES ('fingerprint', ?)"


def upgrade(path: str | Path) -> list[str]:
    """Create the schema in an empty database, or upgrade it in one transaction; return the names of the migrations.

    The functions of a database may be those of another version, while its tables are the same; they are replaced, too.
    Raises StoreError, also while an app leads; then the database is unchanged.
    """
    with closing(database.create(path)) as db:
        try:
            version, _ = database.schema_of(db)
            schema_migration.must_be_known(path, version)
            must_have_all_letters(db, path)
            if not _is_due(db):
                return []
            db.execute("BEGIN")
            lease.must_be_free(db)
            applied = schema_migration.upgrade_server(db) if version else _create(db)
            db.execute(commit_function())
            db.execute("COMMIT")
            db.execute("ANALYZE")
        except sqlite3.Error as error:
            raise StoreError(
                "server_not_upgraded",
                "database {path} is not upgraded, and nothing was changed: {why}",
                path=path,
                why=error,
            ) from None
    return applied


def is_due(path: str | Path) -> bool:
    """Return whether a database must be created or upgraded. Raises StoreError."""
    with closing(database.create(path)) as db:
        try:
            return _is_due(db)
        except sqlite3.Error as error:
            raise database.unreadable(path, error) from None


def _is_due(db: sqlite3.Connection) -> bool:
    mark = str(db.execute(MARKED).fetchone()[0])
    return (*database.schema_of(db), mark) != (SCHEMA_VERSION, FINGERPRINT, schema().fingerprint)


def _create(db: sqlite3.Connection) -> list[str]:
    for statement in schema().statements:
        db.as_written(statement)  # type: ignore[attr-defined] # of its class
    db.execute(ADD_FINGERPRINT, (FINGERPRINT,))
    return [CREATED]
