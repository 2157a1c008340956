"""A database of an older schema on the server is upgraded as a file is: the same rows, and the schema of a new one."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.soak import examples
from tests.store import left_databases
from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.database import lease
from warmline.store.database.database import SCHEMA_VERSION, StoreError, connect
from warmline.store.maintenance import schema_check, server_database, table_chunks
from warmline.store.maintenance.upgrade import upgrade
from warmline.store.migrations.schema_migration import migrate
from warmline.store.postgresql import schema as of_server
from warmline.system.database_address import DatabaseAddress

OBJECTS = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%sqlite%' ORDER BY rowid"
OF_WARMLINE = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
NOT_OURS = "CREATE TABLE of_administrator (word text)"
VIEW = "CREATE VIEW of_administrator AS SELECT id FROM call"
CHAINS = "SELECT seq, hash FROM journal ORDER BY seq"
LAST_RELEASE = left_databases.RELEASES[-1].parent.name
LEFT = left_databases.older() if examples(1) > 1 else [LAST_RELEASE]


def put(file: Path, address: DatabaseAddress) -> None:
    """Write a file of an older schema into an empty database of the server, with that schema."""
    with closing(sqlite3.connect(file)) as lite, psycopg.connect(address.whole) as db:
        text = "".join(f"{sql};\n" for (sql,) in lite.execute(OBJECTS))
        made = of_server.schema(text)
        for statement in (made.functions, *made.tables, *of_server.LEASE):
            db.execute(statement.encode())
        for (table,) in lite.execute(OF_WARMLINE).fetchall():
            rows = lite.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table of the schema
            names = ", ".join(f'"{name}"' for name, *_ in rows.description)
            with db.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN'.encode()) as copy:
                for row in rows:
                    copy.write_row(row)
        for found in map(of_server.IDENTITY.match, made.tables):
            if found:
                db.execute(of_server.NUMBERED.format(*found.groups()).encode())
        for statement in (*made.indexes, *made.keys, *made.views, *made.triggers):
            db.execute(statement.encode())


def structure(server: DatabaseServer, database: str) -> list[str]:
    """Return the statements with which pg_dump would make the schema of a database, but for the rights."""
    without = "--schema-only", "--no-privileges", "--no-owner"
    program = [str(cluster.PROGRAMS / "pg_dump"), *without, server.address(database)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=cluster.WITHIN)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]


# Reports of which one was sent, one failed, and one was not active.
SCHEDULES = """
    INSERT INTO scheduled_report (id, mail_to, active) VALUES ('a', '["a@b.c"]', 'Y'), ('b', '["a@b.c"]', 'N');
    INSERT INTO report_run (report, begins, ends, "by", asked, due, ended, why)
    VALUES ('a', 0, 86400000000, '', 1, 1, 2, ''), ('b', 0, 86400000000, '', 1, 1, NULL, 'refused');
"""


def rows(database: str | Path) -> dict[str, list[Any]]:
    with closing(connect(database)) as db:
        found = {table: [*table_chunks.chunks(db, table)] for table in of_server.columns() if table != "meta"}
        return found | {"meta": [tuple(row) for row in db.execute("SELECT key, value FROM meta ORDER BY key")]}


@pytest.fixture(scope="module")
def new(postgresql: DatabaseServer) -> list[str]:
    """Provide the structure of a new database."""
    postgresql.run("CREATE DATABASE warmline_new")
    upgrade(DatabaseAddress(postgresql.address("warmline_new")))
    return structure(postgresql, "warmline_new")


@pytest.fixture
def older(empty: DatabaseAddress, tmp_path: Path) -> Iterator[DatabaseAddress]:
    """Provide a database that the last commit with another schema left."""
    put(left_databases.write(LEFT[-1], tmp_path / "left.db"), empty)
    yield empty


@pytest.mark.parametrize("name", LEFT)
def test_older_database_equals_upgraded_file(
    name: str, empty: DatabaseAddress, postgresql: DatabaseServer, new: list[str], tmp_path: Path
) -> None:
    file = left_databases.write(name, tmp_path / "left.db")
    if name == LAST_RELEASE:
        with closing(sqlite3.connect(file)) as lite:
            lite.executescript(SCHEDULES)
    put(file, empty)
    assert upgrade(empty).applied == migrate(file)
    assert rows(empty) == rows(file)
    assert structure(postgresql, str(empty).rpartition("/")[2]) == new
    assert upgrade(empty).applied == []
    with closing(connect(empty)) as db, closing(connect(file)) as lite:
        assert [*server_database.differences(db)] == [*schema_check.differences(lite, SCHEMA_VERSION)] == []


def test_epoch_and_rights_and_numbers_survive_upgrade(older: DatabaseAddress) -> None:
    with psycopg.connect(older.whole) as db:
        db.execute("UPDATE lease SET epoch = 41")
        db.execute("SELECT setval('lead_lead_id_seq', 7777)")
        db.execute("GRANT SELECT ON call TO PUBLIC")
    upgrade(older)
    with closing(connect(older)) as held:
        assert lease.take(held, "test") == 42
    with psycopg.connect(older.whole) as db:
        granted = "SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = 'PUBLIC'"
        assert db.execute(f"{granted} AND table_schema = 'public'").fetchone() == (1,)
        assert db.execute("SELECT nextval('lead_lead_id_seq')").fetchone() == (7778,)


def test_upgrade_is_refused_while_app_leads(older: DatabaseAddress) -> None:
    with closing(connect(older, any_schema=True)) as app:
        lease.take(app, "app")
        with pytest.raises(StoreError, match="the app leads; stop it first"):
            upgrade(older)
    with pytest.raises(StoreError, match="bring it up to date with: warmline db migrate"):
        connect(older)


def test_failed_upgrade_changes_nothing(older: DatabaseAddress, postgresql: DatabaseServer) -> None:
    name = str(older).rpartition("/")[2]
    postgresql.run(VIEW, name)
    before = structure(postgresql, name), postgresql.run(CHAINS, name)
    with pytest.raises(StoreError, match="view of_administrator depends on table"):
        upgrade(older)
    assert (structure(postgresql, name), postgresql.run(CHAINS, name)) == before
    postgresql.run(f"DROP VIEW of_administrator; {NOT_OURS}", name)
    assert upgrade(older).applied
    assert postgresql.run("SELECT count(*) FROM of_administrator", name) == "0"


def test_functions_of_another_version_are_replaced(
    database: DatabaseAddress, postgresql: DatabaseServer, new: list[str]
) -> None:
    name = str(database).rpartition("/")[2]
    postgresql.run("DROP FUNCTION digits; COMMENT ON FUNCTION begin_writing() IS 'another'", name)
    assert upgrade(database).applied == [left_databases.STEPS[SCHEMA_VERSION]]
    assert structure(postgresql, name) == new


def test_backup_stops_an_upgrade_alone(older: DatabaseAddress, tmp_path: Path) -> None:
    """The Debian package asks for a backup at each upgrade."""
    with pytest.raises(StoreError, match=r"pg_dump .*; then: warmline db migrate"):
        upgrade(older, tmp_path / "backup.db")
    assert upgrade(older).applied
    assert upgrade(older, tmp_path / "backup.db") == ([], None)


def test_newer_database_is_refused(database: DatabaseAddress) -> None:
    with psycopg.connect(database.whole) as db:
        db.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    with pytest.raises(StoreError, match="was written by a newer Warmline"):
        upgrade(database)
