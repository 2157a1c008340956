"""A database of PostgreSQL for tests that run on either engine: each test finds the schema and its fixed rows alone."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import psycopg

from tools.simulation.postgresql import cluster
from warmline.store.database.database import FINGERPRINT
from warmline.store.journal.journal_entry import commit_function
from warmline.store.postgresql.schema import columns, schema
from warmline.system.database_address import DatabaseAddress

SETTINGS = "fsync = off\nfull_page_writes = off\n"  # the files are gone after the tests
EMPTY, SHARED = "empty", "shared"
FINGERPRINT_ROW = f"INSERT INTO meta (key, value) VALUES ('fingerprint', '{FINGERPRINT}')"  # noqa: S608 - a constant
OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
TRIGGERS = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
NUMBERED = "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"

_numbers = count(1)


@contextmanager
def server() -> Iterator[cluster.DatabaseServer]:
    """Run a server with a database that has the schema and its fixed rows, and one that tests use in turn."""
    with cluster.server(settings=SETTINGS) as found:
        found.run(f"CREATE DATABASE {EMPTY}")
        with _open(found, EMPTY) as db:
            for statement in (*schema().statements, commit_function(), FINGERPRINT_ROW):
                db.execute(statement.encode())
        found.run(f"CREATE DATABASE {SHARED} TEMPLATE {EMPTY}")
        yield found


class AddressOfTest(DatabaseAddress):
    """An address with the folder of its files, which tests use as they use the folder of a database."""

    __slots__ = ()

    @property
    def parent(self) -> Path:
        return Path(self.files).parent


def emptied(found: cluster.DatabaseServer, files: Path) -> DatabaseAddress:
    """Return the database that tests use in turn, without the rows and the connections of the last one.

    `files` is how the paths of the files beside it begin.
    """
    try:
        _empty(found)
    except psycopg.Error:  # the last test removed a table or a trigger
        found.run(f"DROP DATABASE {SHARED} WITH (FORCE)")
        found.run(f"CREATE DATABASE {SHARED} TEMPLATE {EMPTY}")
    return AddressOfTest(found.address(SHARED), str(files))


def _empty(found: cluster.DatabaseServer) -> None:
    with _open(found, SHARED) as db:
        db.execute(OTHERS)
        [triggers] = db.execute(TRIGGERS).fetchone() or [0]
        if triggers != len(schema().triggers):
            raise psycopg.DataError("the last test removed a trigger")
        for statement in _emptying():
            db.execute(statement.encode())
        for (name,) in db.execute(NUMBERED).fetchall():
            db.execute(f"ALTER SEQUENCE {name} RESTART".encode())


def another(found: cluster.DatabaseServer) -> DatabaseAddress:
    """Return a new database with the schema and its fixed rows."""
    name = f"test_{next(_numbers)}"
    found.run(f"CREATE DATABASE {name} TEMPLATE {EMPTY}")
    return DatabaseAddress(found.address(name))


@contextmanager
def _open(found: cluster.DatabaseServer, database: str) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    with closing(psycopg.connect(found.address(database), autocommit=True)) as db:
        yield db


@cache
def _emptying() -> tuple[str, ...]:
    """Return the statements that delete all rows, without triggers, and insert the fixed ones."""
    deletes = "; ".join(f'DELETE FROM "{table}"' for table in columns())  # noqa: S608 - tables of schema.sql
    rows = "; ".join((*schema().rows, FINGERPRINT_ROW))
    return ("SET session_replication_role = replica", f"BEGIN; {deletes}; {rows}; COMMIT")
