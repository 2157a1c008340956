"""The schema for PostgreSQL has everything that schema.sql has."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from warmline.store.postgresql.schema import columns
from warmline.system.program_files import SCHEMA

TABLES = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\) STRICT", re.DOTALL)
TYPES = {"INTEGER": "bigint", "TEXT": "text", "REAL": "double precision"}
COLUMNS = """
    SELECT column_name, data_type, is_nullable = 'NO', collation_name FROM information_schema.columns
    WHERE table_name = %s AND table_schema = 'public' ORDER BY ordinal_position
"""
PRIMARY = """
    SELECT attname FROM pg_constraint, unnest(conkey) WITH ORDINALITY AS key (number, place)
    JOIN pg_attribute ON attnum = number
    WHERE contype = 'p' AND conrelid = %s::regclass AND attrelid = conrelid ORDER BY place
"""
FOREIGN = """
    SELECT conrelid::regclass::text, confrelid::regclass::text, confdeltype = 'c' FROM pg_constraint WHERE contype = 'f'
"""
CHECKS = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'c' AND conrelid <> 'lease'::regclass AND connamespace = 'public'::regnamespace
"""


@pytest.fixture(scope="module")
def lite() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(SCHEMA.read_text())
        yield db


@pytest.fixture(scope="module")
def server(postgresql: Any) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgresql.address("warmline_template")) as db:
        yield db


def names(lite: sqlite3.Connection, kind: str) -> set[str]:
    found = lite.execute("SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%'", (kind,))
    return {name for (name,) in found}


def values(check: str) -> list[str]:
    """Return the texts and numbers in a CHECK."""
    return sorted(text or number for text, number in re.findall(r"'-?([^']*)'|\b(\d+)\b", check))


def test_tables_all_there(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    there = {name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert there - {"lease"} == names(lite, "table") == set(columns())


def test_columns_same_order_and_type(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    for table in names(lite, "table"):
        expected = [
            (name, TYPES[kind], bool(bound or key), "C" if kind == "TEXT" else None)
            for _, name, kind, bound, _, key in lite.execute(f'PRAGMA table_info("{table}")')
        ]
        assert server.execute(COLUMNS, (table,)).fetchall() == expected, table
        assert list(columns()[table]) == [name for name, *_ in expected]


def test_column_defaults_same(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    """A default is the same value; that of a session's id is a function, which has another name there."""
    for table in names(lite, "table"):
        for _, name, _, _, default, _ in lite.execute(f'PRAGMA table_info("{table}")'):
            sql = "SELECT column_default FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
            [found] = server.execute(sql, (table, name)).fetchone() or [None]
            if (table, name) == ("user_session", "id"):
                assert "gen_random_uuid" in found
            else:
                expected = None if default is None else str(lite.execute(f"SELECT {default}").fetchone()[0])
                value = None if found is None else str((server.execute(f"SELECT {found}").fetchone() or [""])[0])
                assert value == expected, (table, name)


def test_primary_keys_same(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    for table in names(lite, "table"):
        info = [(key, name) for _, name, _, _, _, key in lite.execute(f'PRAGMA table_info("{table}")') if key]
        found = [name for (name,) in server.execute(PRIMARY, (f'"{table}"',))]
        assert found == [name for _, name in sorted(info)], table


def test_foreign_keys_same(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    expected = sorted(
        (table, key[2], key[6] == "CASCADE")
        for table in names(lite, "table")
        for key in lite.execute(f'PRAGMA foreign_key_list("{table}")')
    )
    found = sorted((table.strip('"'), to.strip('"'), cascades) for table, to, cascades in server.execute(FOREIGN))
    assert found == expected


def test_check_texts_same(server: psycopg.Connection[Any]) -> None:
    """Every CHECK is there: as many for each table, with the same texts and numbers in them."""
    expected: dict[str, list[list[str]]] = {}
    for table, body in TABLES.findall(SCHEMA.read_text()):
        for check in re.findall(r"CHECK (\((?:[^()]|\([^()]*\))*\))", re.sub(r"--[^\n]*", "", body)):
            expected.setdefault(table, []).append(values(check))
    found: dict[str, list[list[str]]] = {}
    for table, text in server.execute(CHECKS):
        found.setdefault(table.strip('"'), []).append(values(text))
    assert {table: sorted(one) for table, one in found.items()} == {
        table: sorted(one) for table, one in expected.items()
    }
    assert sum(map(len, expected.values())) == SCHEMA.read_text().count("CHECK (") > 200


def test_index_kinds_same(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    sql = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%\\_pkey'"
    found = dict(server.execute(sql).fetchall())
    of_columns = sum(body.count(" UNIQUE") for _, body in TABLES.findall(SCHEMA.read_text()))
    assert names(lite, "index") <= set(found) and len(found) == len(names(lite, "index")) + of_columns
    for name, text in lite.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"):
        assert ("UNIQUE" in found[name], " WHERE " in found[name]) == ("UNIQUE" in text, " WHERE " in text), name


def test_triggers_same_table_and_moment(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    sql = """
        SELECT trigger_name, event_object_table, array_agg(action_timing || ' ' || event_manipulation)
        FROM information_schema.triggers GROUP BY 1, 2
    """
    found = {name: (table, moments) for name, table, moments in server.execute(sql)}
    assert set(found) == names(lite, "trigger")
    for name, table, text in lite.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'"):
        moment = re.search(r"(AFTER|BEFORE) (INSERT|UPDATE|DELETE)", text)
        assert moment and found[name] == (table, [moment[0]]), name


def test_views_same_columns(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    sql = "SELECT table_name FROM information_schema.views WHERE table_schema = 'public'"
    assert {name for (name,) in server.execute(sql)} == names(lite, "view")
    for view in names(lite, "view"):
        expected = [name for _, name, *_ in lite.execute(f"PRAGMA table_info({view})")]
        assert [name for name, *_ in server.execute(COLUMNS, (view,))] == expected


def test_fixed_rows_same(lite: sqlite3.Connection, server: psycopg.Connection[Any]) -> None:
    for table in names(lite, "table"):
        but = "WHERE key <> 'fingerprint'" if table == "meta" else ""  # of the template
        sql = f'SELECT * FROM "{table}" {but}'  # noqa: S608 - a name of the schema
        assert sorted(map(repr, lite.execute(sql))) == sorted(map(repr, server.execute(sql))), table
    assert lite.execute("SELECT count(*) FROM disposition").fetchone() > (50,)
