"""Checks a database of PostgreSQL, whose own tools do what else the commands of a file do."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from warmline.store.database.database import StoreError
from warmline.store.postgresql.schema import columns, schema
from warmline.system.database_address import is_address

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
VIEWS = "SELECT viewname FROM pg_views WHERE schemaname = current_schema()"
TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
BROKEN_INDEXES = """
    SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE NOT indisvalid AND relnamespace = to_regnamespace(current_schema())
"""
OF_SERVER = frozenset({"lease"})  # tables that a file has not

BACK_UP = "pg_dump --format=custom --file=FILE ADDRESS, or continuous archiving"
BRING_BACK = "pg_restore --clean --dbname=ADDRESS FILE, while Warmline is stopped"
SHRINK = "VACUUM, which autovacuum runs by itself"
READ_VIEWS = "psql or another SQL tool, which reads the views there; give its user rights on the views alone"


def refuse(path: str | Path, done: str, by: str) -> None:
    """Raise StoreError for a database of PostgreSQL: `done` is what its own tool `by` does instead."""
    if is_address(path):
        raise StoreError(
            "database_of_server",
            "database {path} is {done} by PostgreSQL's own tools: {by}",
            path=path,
            done=done,
            by=by,
        )


def must_have_all_letters(db: sqlite3.Connection, path: str | Path) -> None:
    """Raise StoreError for a database with another encoding than UTF8."""
    [encoding] = db.execute("SHOW server_encoding").fetchone()
    if encoding != "UTF8":
        raise StoreError(
            "move_encoding",
            "database {path} has the encoding {encoding}; create another: createdb -E UTF8 -T template0 NAME",
            path=path,
            encoding=encoding,
        )


def differences(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the differences from the schema of this Warmline, in words. Raises sqlite3.Error."""
    views = {one.split()[2] for one in schema().views}
    for kind, found, ours in (("table", TABLES, {*columns()} | OF_SERVER), ("view", VIEWS, views)):
        theirs = {str(name) for (name,) in db.execute(found)}
        yield from (f"{kind} {name!r} is missing" for name in sorted(ours - theirs))
        yield from (f"{kind} {name!r} is not one of Warmline's" for name in sorted(theirs - ours))
    yield from (f"trigger {name!r} is not one of Warmline's" for name, _ in db.execute(TRIGGERS))
    yield from (f"index {name!r} cannot be used: REINDEX INDEX {name}" for (name,) in db.execute(BROKEN_INDEXES))
