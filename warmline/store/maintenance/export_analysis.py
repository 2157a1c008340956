"""Copies what the views for analysts read into a file of its own: no other column leaves the database."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from warmline.store.database import database
from warmline.store.database.schema_text import is_ours
from warmline.store.maintenance import server_database
from warmline.store.maintenance.new_file import new_file

VIEWS = "SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name"
INDEXES = "SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
COLUMNS = "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid"

Tables = Mapping[str, tuple[str, ...]]  # the columns of each table that are copied


def export_analysis(path: str | Path, file: str | Path) -> int:
    """Write the views, and the columns that they read, into a new file; return its size in bytes.

    Only its owner can read it. Other programs may write to the database at the same time. Raises StoreError; then there
    is no file.
    """
    server_database.refuse(path, "read for analysis", server_database.READ_VIEWS)
    with new_file(Path(file)) as beside, closing(database.connect(path)) as source:
        views = {name: sql for name, sql in source.execute(VIEWS) if is_ours(sql)}  # another one could read a secret
        tables = _read_by(source, views)
        source.execute("ATTACH ? AS copy", (str(beside),))
        source.execute("BEGIN")
        for table, columns in tables.items():
            names = ", ".join(f'"{name}"' for name in columns)
            source.execute(f"CREATE TABLE copy.{table} ({_definition(source, table, columns)})")
            source.execute(f"INSERT INTO copy.{table} ({names}) SELECT {names} FROM main.{table}")  # noqa: S608 - of the schema
        indexes = [sql for table, sql in source.execute(INDEXES) if table in tables]
        source.execute("COMMIT")
        with closing(sqlite3.connect(beside)) as copy:
            for sql in indexes:
                with suppress(sqlite3.OperationalError):  # it has a column that no view reads
                    copy.execute(sql)
            for sql in views.values():
                copy.execute(sql)
            copy.execute("ANALYZE")
            copy.commit()
    return Path(file).stat().st_size


def _read_by(db: sqlite3.Connection, views: Mapping[str, str]) -> Tables:
    """Return the columns of each table that the views read, as SQLite reports them."""
    read: dict[str, set[str]] = {}

    def note(action: int, table: str | None, column: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and table and column and table not in views:
            read.setdefault(table, set()).add(column)
        return sqlite3.SQLITE_OK

    db.set_authorizer(note)
    try:
        for name in views:
            db.execute(f"SELECT * FROM {name} LIMIT 0")  # noqa: S608 - a name of the schema
    finally:
        db.set_authorizer(None)
    return {table: tuple(_in_order(db, table, columns)) for table, columns in sorted(read.items())}


def _in_order(db: sqlite3.Connection, table: str, columns: set[str]) -> Iterator[str]:
    return (name for name, _, _ in db.execute(COLUMNS, (table,)) if name in columns)


def _definition(db: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> str:
    """Return the columns of the copy with their types, and its primary key if its columns are copied."""
    found = db.execute(COLUMNS, (table,)).fetchall()
    key = [name for name, _, place in sorted(found, key=lambda one: one[2]) if place]
    parts = [f'"{name}" {kind}' for name, kind, _ in found if name in columns]
    if set(key) <= set(columns):
        names = ", ".join(f'"{name}"' for name in key)
        parts.append(f"PRIMARY KEY ({names})")
    return ", ".join(parts)
