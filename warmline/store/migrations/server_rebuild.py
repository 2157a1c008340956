"""Changes the schema of a database of PostgreSQL, and keeps its rows.

The former tables move to another schema of PostgreSQL, and their rows are copied into new ones. So the result is the
same as a new database. All is one transaction, so a failure changes nothing.
"""
# ruff: noqa: S608 - the names in the SQL are those of the schemas

import re
import sqlite3
from functools import cache
from pathlib import Path

from warmline.store.postgresql.schema import IDENTITY, LEASE, NUMBERED, Schema, schema
from warmline.system.program_files import SCHEMA

FORMER = "warmline_former"  # the schema that has the former tables until the end of the transaction

HERE = "to_regnamespace(current_schema())"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position
"""
SCHEMA_HERE = "SELECT current_schema()"
# The rights that an administrator has given others, such as on the views.
RIGHTS = f"""
    SELECT relname, format('GRANT %s ON %I TO %s', privilege_type, relname,
        CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)
    FROM pg_class, aclexplode(relacl)
    WHERE relnamespace = {HERE} AND relkind IN ('r', 'v') AND grantee <> relowner
"""
TRIGGERS = f"""
    SELECT tgname, format('DROP TRIGGER %I ON %I', tgname, relname)
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = {HERE}
"""
OF_NO_EXTENSION = "NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = found.oid AND deptype = 'e')"
ROUTINES = f"""
    SELECT proname, format('ALTER ROUTINE %s SET SCHEMA {FORMER}', CAST(found.oid AS regprocedure))
    FROM pg_proc AS found WHERE pronamespace = {HERE} AND {OF_NO_EXTENSION}
"""
OPERATORS = f"""
    SELECT oprname, format('ALTER OPERATOR %s SET SCHEMA {FORMER}', CAST(found.oid AS regoperator))
    FROM pg_operator AS found WHERE oprnamespace = {HERE} AND {OF_NO_EXTENSION}
"""
LEFT_ROUTINES = f"""
    SELECT CAST(CAST(oid AS regprocedure) AS text) FROM pg_proc WHERE pronamespace = to_regnamespace('{FORMER}')
"""
LEFT_OPERATORS = f"""
    SELECT CAST(CAST(oid AS regoperator) AS text) FROM pg_operator WHERE oprnamespace = to_regnamespace('{FORMER}')
"""
NEXT = "SELECT setval('{0}_{1}_seq', last_value, is_called) FROM {2}.{0}_{1}_seq"

TABLE_NAME = re.compile(r'CREATE TABLE "?(\w+)')
VIEW = re.compile(r"CREATE VIEW (\w+)")
ROW = re.compile(r"INSERT INTO (\w+)")
ROUTINE = re.compile(r"CREATE (?:FUNCTION|AGGREGATE) (\w+)")
OPERATOR = re.compile(r"CREATE OPERATOR (\S+)")
COMMIT_FUNCTION = "commit_turns"


def rebuild(db: sqlite3.Connection, script: str) -> None:
    """Replace tables, indexes, triggers, views and functions with those of a schema for SQLite; fill its new tables.

    The values of the columns that both have are kept, and so are the rights of other users. Tables of others stay, and
    a view of others on these tables is refused. Call this in a transaction. Raises sqlite3.Error; then the caller must
    roll the transaction back.
    """
    wanted, here = schema(script), db.execute(SCHEMA_HERE).fetchone()[0]
    new = [_named(table) for table in wanted.tables]
    rights = db.execute(RIGHTS).fetchall()
    _run(db, f"CREATE SCHEMA {FORMER}")
    _set_aside(db, wanted)
    there = {str(name) for (name,) in db.execute(TABLES)}
    old, gone = there & {*new}, there & {*_every(TABLE_NAME)} - {*new}
    for name in old | gone:
        _run(db, f'ALTER TABLE "{name}" SET SCHEMA {FORMER}')
    for statement in (wanted.functions, *wanted.tables, *(LEASE if "lease" not in there else ())):
        _run(db, statement)
    for name in new:
        if name in old:
            _copy(db, name, here)
    for row in wanted.rows:
        if (found := ROW.match(row)) and found[1] not in old:
            _run(db, row)
    _number(db, wanted, old)
    for statement in (*wanted.indexes, *wanted.keys, *wanted.views, *wanted.triggers, wanted.mark):
        _run(db, statement)
    _forget(db, old | gone)
    for name, right in rights:
        if name in {*new, "lease", *_views(wanted)}:
            _run(db, right)


@cache
def _every(form: re.Pattern[str]) -> tuple[str, ...]:
    """Return the names of the tables or views of all schemas."""
    texts = [SCHEMA.read_text(), *(file.read_text() for file in sorted(Path(__file__).parent.glob("schema_*.sql")))]
    return tuple({name: None for text in texts for name in form.findall(text)})


def _views(wanted: Schema) -> list[str]:
    return [found[1] for one in wanted.views if (found := VIEW.match(one))]


def _named(table: str) -> str:
    """Return the name in a statement that creates a table."""
    found = TABLE_NAME.match(table)
    assert found, table
    return found[1]


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    """Return the names of a table's columns; an empty list if there is no such table. Raises sqlite3.Error."""
    return _columns(db, db.execute(SCHEMA_HERE).fetchone()[0], table)


def _columns(db: sqlite3.Connection, place: str, table: str) -> list[str]:
    return [str(name) for (name,) in db.execute(COLUMNS, (place, table))]


def _set_aside(db: sqlite3.Connection, wanted: Schema) -> None:
    """Drop views and triggers, and let functions and operators of the former schema be in the way of none."""
    _run(db, f"DROP VIEW IF EXISTS {', '.join(_every(VIEW))}")
    functions = {*ROUTINE.findall(wanted.functions), COMMIT_FUNCTION}
    for name, drop in db.execute(TRIGGERS).fetchall():
        functions.add(name)
        _run(db, drop)
    for names, every in ((functions, ROUTINES), ({*OPERATOR.findall(wanted.functions)}, OPERATORS)):
        for name, move in db.execute(every).fetchall():
            if name in names:
                _run(db, move)


def _copy(db: sqlite3.Connection, table: str, here: str) -> None:
    former = set(_columns(db, FORMER, table))
    both = ", ".join(f'"{name}"' for name in _columns(db, here, table) if name in former)
    _run(db, f'INSERT INTO "{table}" ({both}) SELECT {both} FROM {FORMER}."{table}"')


def _number(db: sqlite3.Connection, wanted: Schema, old: set[str]) -> None:
    """Let the next rows have the numbers that they would have had: no number is used twice."""
    for table in wanted.tables:
        if found := IDENTITY.match(table):
            name, column = found.groups()
            sequence = f"{FORMER}.{name}_{column}_seq"
            kept = name in old and db.execute("SELECT to_regclass(?) IS NOT NULL", (sequence,)).fetchone()[0]
            _run(db, NEXT.format(name, column, FORMER) if kept else NUMBERED.format(name, column))


def _forget(db: sqlite3.Connection, old: set[str]) -> None:
    """Drop what was set aside, unless something of others depends on it."""
    if old:
        tables = ", ".join(f'{FORMER}."{name}"' for name in sorted(old))
        _run(db, f"DROP TABLE {tables}")
    for kind, left in (("OPERATOR", LEFT_OPERATORS), ("ROUTINE", LEFT_ROUTINES)):
        if names := [name for (name,) in db.execute(left)]:
            _run(db, f"DROP {kind} {', '.join(names)}")
    _run(db, f"DROP SCHEMA {FORMER}")


def _run(db: sqlite3.Connection, statement: str) -> None:
    """Run a statement of PostgreSQL as it is."""
    db.as_written(statement)  # type: ignore[attr-defined] # of its class
