"""Every statement of the store, and of the import of rows, is prepared by PostgreSQL, as it is rewritten for it."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

import psycopg
import pytest

import warmline.store
import warmline_contrib.compliance.store
import warmline_contrib.imports.store
import warmline_contrib.imports.vicidial.rows
import warmline_contrib.vicidial_api.lookups
from tests.leads.no_numbers import NO_NUMBERS, WRITTEN
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.postgresql.statements import translated
from warmline.store.privacy import subject_access
from warmline.system.database_address import DatabaseAddress

BEGINS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b.*\b(FROM|INTO|SET|VALUES)\b", re.DOTALL)
OPEN = re.compile(r"\{\w*\}")  # parts that a function fills in
# Packages that ask the database themselves.
STORES = (
    warmline.store,
    warmline_contrib.compliance.store,
    warmline_contrib.imports.store,
    warmline_contrib.imports.vicidial.rows,
    warmline_contrib.vicidial_api.lookups,
)
OF_SOURCE = re.compile(r"\b(FROM|JOIN) vicidial_")  # asked of the system that is imported
# Modules whose statements are for the file of SQLite alone, or for its index of notes.
OF_FILES = (
    "warmline.store.agi.routing_copy",
    "warmline_contrib.imports.store.copied_tables",
    "warmline.store.maintenance",
    "warmline.store.migrations",
    "warmline.store.notes.note_index",
    "warmline.store.database.schema_text",
    "warmline.store.postgresql",
)
OF_FILE = {"SELECT file FROM pragma_database_list WHERE name = 'main'"}  # asked of a file alone
# Expressions for other statements, which name a row around them, and the row of the journal in a file alone.
PARTS = {
    "warmline.store.configuration.users.OF_AGENT",
    "warmline_contrib.vicidial_api.lookups.call_lookups.CAMPAIGN",
    "warmline.store.journal.journal_entry.INSERT_BEHIND",
}
# Values that PostgreSQL takes for two types, because a connection sends each value with its own.
NUMBERS = {
    "warmline.store.calls.call_history.OF_AGENT": ":lead",
    "warmline.store.lead_changes.recorded_changes.CHANGES": ":lead",
}


def statements() -> Iterator[tuple[str, str]]:
    """Yield each statement that a module, or a function of it, has as a whole, with its place."""
    seen = set()
    for place, text in texts_of_store():
        if BEGINS.match(text) and not OPEN.search(text) and not OF_SOURCE.search(text) and text not in seen:
            seen.add(text)
            yield place, text


def texts_of_store() -> Iterator[tuple[str, str]]:
    """Yield the texts in the modules that ask the database, and those in their functions, with their places."""
    for found in chain(*(pkgutil.walk_packages(store.__path__, f"{store.__name__}.") for store in STORES)):
        if found.name.startswith(OF_FILES):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            yield from ((f"{found.name}.{name}", text) for text in texts(value))
        if module.__file__:
            yield from texts_of_functions(Path(module.__file__), found.name)


def texts_of_functions(file: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield the whole texts in the functions of a module, without those that are a part of another text."""
    for function in ast.walk(ast.parse(file.read_text())):
        if isinstance(function, ast.FunctionDef):
            parts = {one for found in ast.walk(function) if isinstance(found, ast.JoinedStr) for one in found.values}
            for one in ast.walk(function):
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one not in parts:
                    yield f"{name}:{one.lineno}", one.value


def texts(value: object) -> Iterator[str]:
    """Yield the texts in a value: in tables and sequences, too."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from texts(one)
        case tuple() | list():
            for one in value:
                yield from texts(one)


def test_statements_of_store_are_prepared_by_postgresql(postgresql: DatabaseServer, database: DatabaseAddress) -> None:
    wrong, count = [], 0
    with closing(psycopg.connect(database.whole, autocommit=True)) as db:
        for place, text in statements():
            if place in PARTS or text in OF_FILE:
                continue
            if one := NUMBERS.get(place):
                text = text.replace(one, f"CAST({one} AS INTEGER)")
            count += 1
            try:
                db.execute(f"PREPARE one AS {translated(text).text}".encode())
                db.execute("DEALLOCATE one")
            except psycopg.Error as error:
                wrong.append(f"{place}: {error}")
    assert wrong == []
    assert count > 300


@pytest.mark.parametrize(
    ("sqlite", "postgresql_has"),
    [
        ("SELECT a FROM t WHERE b = ? AND c = ?", "SELECT a FROM t WHERE b = $1 AND c = $2"),
        ("SELECT a FROM t WHERE b = :b OR c = :b AND d = :d", "SELECT a FROM t WHERE b = $1 OR c = $1 AND d = $2"),
        ("SELECT ':a?' FROM t WHERE b = ?2 AND c = ?1", "SELECT ':a?' FROM t WHERE b = $2 AND c = $1"),
        ("SELECT a FROM t INDEXED BY i WHERE b LIKE 'x%'", "SELECT a FROM t WHERE b ILIKE 'x%'"),
        ("SELECT max(a) FROM (SELECT a FROM t)", "SELECT max(a) FROM (SELECT a FROM t) AS unnamed_1"),
        ("SELECT a FROM t ORDER BY last_call DESC", "SELECT a FROM t ORDER BY last_call DESC NULLS LAST"),
        ("SELECT a FROM t ORDER BY max(a), seq LIMIT 3", "SELECT a FROM t ORDER BY max(a) NULLS FIRST, seq LIMIT 3"),
        ("SELECT a FROM t WHERE +b = :b COLLATE NOCASE", 'SELECT a FROM t WHERE lower(b) = lower($1 COLLATE "C")'),
        ("SELECT user FROM t WHERE a IS NOT ?", 'SELECT "user" FROM t WHERE a IS DISTINCT FROM $1'),
        ("INSERT OR IGNORE INTO t VALUES (?)", "INSERT INTO t VALUES ($1) ON CONFLICT DO NOTHING"),
        ("SELECT a FROM t LIMIT -1 OFFSET ?", "SELECT a FROM t LIMIT ALL OFFSET $1"),
    ],
)
def test_statement_is_rewritten(sqlite: str, postgresql_has: str) -> None:
    assert translated(sqlite).text == postgresql_has


def test_the_number_in_a_text_is_the_same_on_both_engines(database: DatabaseAddress) -> None:
    with closing(psycopg.connect(database.whole, autocommit=True)) as db:
        for text in (*NO_NUMBERS, *WRITTEN, "", "x", "1a2b33_44"):
            assert db.execute("SELECT digits(%s)", [text]).fetchone() == (subject_access.digits(text),), text
    found = ("user3125550132", "3125550132x7", "conf_31255501", "1a2b33_44")
    assert [subject_access.digits(text) for text in found] == ["3125550132", "3125550132", "31255501", "33"]
