"""schema.sql: its tables match the options and the records; and how the database is opened."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.options.option_table import ENTITIES, Entity, Option
from warmline.options.values.option_types import Choice, Number, Value
from warmline.store.configuration.option_columns import loaded, stored
from warmline.store.database import database, leader_lock_file
from warmline.store.database.database import SCHEMA_VERSION, StoreError
from warmline.store.journal.projections import ATTEMPTS, TABLES, Projection
from warmline.store.migrations.schema_migration import migrate


def other(option: Option) -> Value:
    """Return a value that the column accepts, not the default if there are several."""
    match option.type:
        case Choice(values):
            return values[-1]
        case Number(_, high):
            return high
    return ("x",) if isinstance(option.default, tuple) else "x"


def filled_in(connection: sqlite3.Connection, entity: Entity, values: dict[str, Value]) -> dict[str, Value]:
    """Return the options of a row that was created with only these values."""
    columns = {"id": "x"} | {name: stored(entity.option(name), value) for name, value in values.items()}
    names = ", ".join(columns)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(f"DELETE FROM {entity.table}")  # noqa: S608 - names of the option table
    sql = f"INSERT INTO {entity.table} ({names}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - the same
    connection.execute(sql, list(columns.values()))
    found = connection.execute(f"SELECT * FROM {entity.table}")  # noqa: S608 - the same
    row = dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))
    assert list(row) == ["id", *entity.option_names]
    return {option.name: loaded(option, row[option.name]) for option in entity.options}


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=list(ENTITIES))
def test_a_column_has_the_default_of_its_option_and_keeps_a_given_value(db: Path, entity: Entity) -> None:
    required = {option.name: other(option) for option in entity.options if option.required}
    every = {option.name: other(option) for option in entity.options}
    with closing(database.connect(db)) as connection:
        defaults = {option.name: option.default for option in entity.options}
        assert filled_in(connection, entity, required) == defaults | required
        assert filled_in(connection, entity, every) == every


BESIDE = {("recording", "links_revoked")}  # columns that the journal does not write, and leaves as they are


@pytest.mark.parametrize("table", (*TABLES.values(), ATTEMPTS), ids=lambda table: table.name)
def test_a_derived_table_has_the_columns_that_are_written(db: Path, table: Projection) -> None:
    with closing(database.connect(db)) as connection:
        found = connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,)).fetchall()
    written = [name for (name,) in found if (table.name, name) not in BESIDE]
    assert written == list(table.columns)


def test_migrating_again_does_nothing_even_while_the_app_runs(db: Path) -> None:
    with leader_lock_file.hold(db):
        assert migrate(db) == []


def test_a_migration_of_a_database_in_use_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "warmline.db"
    with leader_lock_file.hold(path), refused(StoreError, "database_in_use", path=path):
        migrate(path)


def test_two_migrations_at_once_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "warmline.db"
    program = f"from warmline.store.migrations.schema_migration import migrate; print(migrate({str(path)!r}))"
    both = [subprocess.Popen([sys.executable, "-c", program], stdout=-1, stderr=-1, text=True) for _ in range(2)]
    said = [process.communicate() for process in both]
    assert "['third', 'fourth', 'fifth', 'sixth']\n" in [out for out, _ in said]
    assert all(
        process.returncode == 0 or "in use by process" in err for process, (_, err) in zip(both, said, strict=True)
    )
    database.connect(path).close()


def test_the_file_is_its_owners_alone_and_safe_against_a_power_cut(tmp_path: Path) -> None:
    db = tmp_path / "warmline.db"
    migrate(db)
    with closing(database.connect(db)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        connection.execute("INSERT INTO phone VALUES ('1')")
        assert [file.stat().st_mode & 0o777 for file in db.parent.glob("warmline.db*")] == [0o600] * 4


def test_another_schema_is_refused_with_the_way_out(db: Path) -> None:
    with closing(database.connect(db)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with refused(StoreError, "database_schema_differs", schema=99, ours=SCHEMA_VERSION):
        database.connect(db)
    with refused(StoreError, "migrate_newer"):
        migrate(db)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all\n" * 100)
    for path, code in [
        (tmp_path / "none.db", "database_missing"),
        (tmp_path / "text.db", "database_not_opened"),
        (tmp_path, "database_not_opened"),
    ]:
        with refused(StoreError, code, path=path):
            database.connect(path)
    for path in (tmp_path / "no/x.db", tmp_path):
        with refused(StoreError, "database_not_created", path=path):
            migrate(path)
