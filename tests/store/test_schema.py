"""schema.sql: its tables are those of the options and the records; and how the database is opened."""

import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from warmline.options.option_table import ENTITIES, Entity, Option
from warmline.options.option_types import Addresses, Choice, Number, Reference, References, Texts, Value, Words
from warmline.store.database import database, lock
from warmline.store.database.database import StoreError
from warmline.store.database.schema_text import SCHEMA
from warmline.store.journal.projections import TABLES, Projection
from warmline.store.migrations import migrate


def literal(value: Value) -> str:
    if isinstance(value, tuple):
        return "'[" + ", ".join(f'"{word}"' for word in value) + "]'"
    return str(value) if isinstance(value, int) else f"'{value}'"


def column(option: Option) -> str:
    """The column an option must have."""
    name = option.name
    default = f"CHECK ({name} <> '')" if option.required else f"DEFAULT {literal(option.default)}"
    match option.type:
        case Reference(entity):
            table = ENTITIES[entity].table
            return f"{name} TEXT {'NOT NULL ' if option.required else ''}REFERENCES {table} (id)"
        case Choice(values):
            return f"{name} TEXT NOT NULL {default} CHECK ({name} IN ({', '.join(map(literal, values))}))"
        case Number(low, high):
            return f"{name} INTEGER NOT NULL {default} CHECK ({name} BETWEEN {low} AND {high})"
        case References() | Texts() | Words() | Addresses():
            return f"{name} TEXT NOT NULL {default} CHECK (json_valid({name}))"
        case _:
            return f"{name} TEXT NOT NULL {default}"


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=list(ENTITIES))
def test_a_configuration_table_is_its_options(entity: Entity) -> None:
    table = re.search(rf"CREATE TABLE {entity.table} \(\n(.*?)\n\) STRICT", SCHEMA.read_text(), re.DOTALL)
    assert table, f"schema.sql has no table {entity.table}"
    lines = ["id TEXT PRIMARY KEY"]
    for option in entity.options:
        lines[-1] += ","
        lines += [f"-- {option.meaning}", column(option)]
    assert [line.strip() for line in table[1].split("\n")] == lines
    for option in entity.options:
        index = f"CREATE UNIQUE INDEX {entity.table}_{option.name} ON {entity.table} ({option.name});"
        assert option.unique == (index in SCHEMA.read_text())


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_derived_table_has_the_columns_that_are_written(db: Path, table: Projection) -> None:
    with closing(database.connect(db)) as connection:
        found = connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,)).fetchall()
    assert [name for (name,) in found] == list(table.columns)


def test_an_installed_program_finds_its_schema(tmp_path: Path) -> None:
    """It is built, installed beside nothing of the checkout, and makes a database."""
    root, built, env = Path(__file__).parents[2], tmp_path / "built", tmp_path / "env"
    for name in ("warmline", "ari_app", "cli", "lab"):
        shutil.copytree(root / name, built / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "schema.sql"):
        shutil.copy(root / name, built)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, built], check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", env], check=True)
    [wheel] = tmp_path.glob("*.whl")
    subprocess.run([*pip, "--python", env / "bin/python", "install", "--no-deps", wheel], check=True)
    show = (
        "from warmline.store.database.schema_text import SCHEMA; import ari_app, cli, lab; print(SCHEMA, cli.__file__)"
    )
    paths = subprocess.run([env / "bin/python", "-I", "-c", show], text=True, capture_output=True, check=True)
    found, package = map(Path, paths.stdout.split())
    assert found.read_text() == SCHEMA.read_text()
    assert found.is_relative_to(env) and package.is_relative_to(env)


def test_migrating_again_does_nothing_even_while_the_app_runs(db: Path) -> None:
    with lock.hold(db):
        assert migrate(db) == []


def test_migrating_is_refused_while_somebody_holds_the_database(tmp_path: Path) -> None:
    path = tmp_path / "warmline.db"
    with lock.hold(path), pytest.raises(StoreError, match=r"in use by process \d+; stop it first"):
        migrate(path)


def test_two_migrations_at_once_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "warmline.db"
    program = f"from warmline.store.migrations import migrate; print(migrate({str(path)!r}))"
    both = [subprocess.Popen([sys.executable, "-c", program], stdout=-1, stderr=-1, text=True) for _ in range(2)]
    said = [process.communicate() for process in both]
    assert "['first', 'second', 'third']\n" in [out for out, _ in said]
    assert all(
        process.returncode == 0 or "in use by process" in err for process, (_, err) in zip(both, said, strict=True)
    )
    database.connect(path).close()


def test_who_makes_it_waits_for_another_who_is_at_it(tmp_path: Path) -> None:
    """SQLite itself does not, in this place."""
    path = tmp_path / "warmline.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        meanwhile = threading.Timer(0.1, other.execute, ["ROLLBACK"])
        meanwhile.start()
        database.create(path).close()
        meanwhile.join()


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
        connection.execute("UPDATE meta SET value = '99'")
    with pytest.raises(StoreError, match="schema 99, this Warmline has 3: install the newer Warmline"):
        database.connect(db)
    with pytest.raises(StoreError, match="newer Warmline"):
        migrate(db)


def test_an_empty_file_is_said_to_need_migration(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="bring it up to date with: warmline db migrate"):
        database.connect(tmp_path / "empty.db")


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all\n" * 100)
    for path, said in [
        (tmp_path / "none.db", "does not exist; make it with: warmline db migrate"),
        (tmp_path / "text.db", "file is not a database"),
        (tmp_path, "it is a folder"),
    ]:
        with pytest.raises(StoreError, match=said) as refused:
            database.connect(path)
        assert str(path) in str(refused.value)
    for path, said in [(tmp_path / "no/x.db", "there is no folder"), (tmp_path, "it is a folder")]:
        with pytest.raises(StoreError, match=said):
            migrate(path)
