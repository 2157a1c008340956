"""Changes the schema of a database, and keeps its rows."""
# ruff: noqa: S608 - the names in the SQL are those of the schemas

import sqlite3
from contextlib import closing

from sqlite_utils import Database

from warmline.store.database.schema_text import meaning
from warmline.store.migrations import server_rebuild
from warmline.store.postgresql.server_mark import OfServer

Objects = dict[str, tuple[str, str]]  # by name: type and SQL

OBJECTS = """
    SELECT name, type, sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
        AND (type NOT IN ('table', 'index') OR tbl_name <> '_sqlite_migrations')
"""


def rebuild(db: Database, script: str) -> None:
    """Replace tables, indexes, triggers and views with those of the script, and fill its new tables.

    A table that differs is rebuilt with the values of the columns that both have. Only new tables get rows of the
    script: an administrator may have deleted others. Call this in a transaction, with foreign keys off. Raises
    sqlite3.Error; then the caller must roll the transaction back.
    """
    if isinstance(db.conn, OfServer):
        server_rebuild.rebuild(db.conn, script)
        return
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(script)
        old, new = _objects(db.conn), _objects(fresh)
        same = {name for name in old.keys() & new.keys() if meaning(old[name][1]) == meaning(new[name][1])}
        for name, (kind, _) in old.items():
            if name not in same and kind != "table":
                db.execute(f"DROP {kind} {name}")
        tables = [name for name, (kind, _) in new.items() if kind == "table"]
        for name in tables:
            if name not in same:
                _make(db, name, new[name][1], exists=name in old)
        for name, (kind, _) in old.items():
            if name not in new and kind == "table":
                db.execute(f'DROP TABLE "{name}"')
        there = _objects(db.conn)
        for name, (_, sql) in new.items():
            if name not in there:
                db.execute(sql)
        for name in (name for name in tables if name not in old):
            for row in fresh.execute(f'SELECT * FROM "{name}"'):
                db.execute(f'INSERT OR IGNORE INTO "{name}" VALUES ({", ".join("?" * len(row))})', row)
    if broken := db.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.IntegrityError(f"a row of {broken[0]} names a row of {broken[2]} that does not exist")


def _make(db: Database, name: str, sql: str, *, exists: bool) -> None:
    """Create a table by its SQL. Its rows pass through a temporary table, because a rename would change references."""
    if not exists:
        db.execute(sql)
        return
    counted = _counted(db, name)
    db.execute(f'CREATE TEMP TABLE held AS SELECT * FROM main."{name}"')
    db.execute(f'DROP TABLE main."{name}"')
    db.execute(sql)
    held = set(columns(db, "held"))
    both = ", ".join(f'"{column}"' for column in columns(db, name) if column in held)
    db.execute(f'INSERT INTO main."{name}" ({both}) SELECT {both} FROM temp.held')
    db.execute("DROP TABLE temp.held")
    if "AUTOINCREMENT" in sql:  # an id of a deleted row is not used again
        db.execute("DELETE FROM sqlite_sequence WHERE name = ?", [name])
        if counted is not None:
            db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [name, counted])


def _counted(db: Database, name: str) -> int | None:
    """Return the last id that SQLite has counted for this table, or None if it has counted none."""
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").fetchone():
        return None
    found = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [name]).fetchone()
    return None if found is None else int(found[0])


def _objects(connection: sqlite3.Connection) -> Objects:
    return {name: (kind, sql) for name, kind, sql in connection.execute(OBJECTS)}


def columns(db: Database, table: str) -> list[str]:
    """Return the names of a table's columns; an empty list if there is no such table."""
    if isinstance(db.conn, OfServer):
        return server_rebuild.columns(db.conn, table)
    return [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", [table])]
