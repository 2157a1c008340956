"""Both engines give the same answers about the same histories: every report, list, search and story, cell by cell.

Each statement that a function of the store puts together occurs in one that both engines ran.
"""

import ast
import re
import secrets
import time
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import warmline.store
from tests.postgresql import histories, readers, test_statements, writers
from tests.postgresql.at_night import at_night
from tests.postgresql.facts_of_history import HistoryFacts, facts_of
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.database.reading import keeping
from warmline.store.maintenance.move import move
from warmline.store.postgresql import server_connection
from warmline.store.postgresql.schema import columns
from warmline.store.postgresql.statements import Statement, translated
from warmline.system.database_address import DatabaseAddress
from warmline.text.coded_error import CodedError

pytestmark = at_night  # half a minute

STORE = Path(warmline.store.__file__).parent
BEGINS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
# Files whose statements are for the file of SQLite, or that other tests run on both engines.
LEFT_OUT = ("imports", "maintenance", "migrations", "postgresql", "notes")
OF_OTHER_SYSTEMS = "warmline_contrib.imports."  # their tests run on both engines, too


class _Asked:
    """The statements that a connection to PostgreSQL was asked to run."""

    def __init__(self) -> None:
        self.texts: set[str] = set()

    def __call__(self, sql: str) -> Statement:
        self.texts.add(sql)
        return translated(sql)


@pytest.fixture(scope="module")
def asked() -> Iterator[_Asked]:
    found = _Asked()
    with patch.object(server_connection, "translated", found), keeping():
        yield found


@pytest.fixture(scope="module")
def moved(
    postgresql: DatabaseServer, tmp_path_factory: pytest.TempPathFactory, asked: _Asked
) -> list[tuple[str, DatabaseAddress, HistoryFacts]]:
    """Provide each history: its file, its database of PostgreSQL, and its facts."""
    folder = tmp_path_factory.mktemp("histories")
    found = []
    for number, path in enumerate((histories.of_agents(folder), histories.of_dialler(folder))):
        postgresql.run(f"CREATE DATABASE history_{number}")
        address = DatabaseAddress(postgresql.address(f"history_{number}"), str(folder / f"server_{number}.db"))
        move(path, address)
        found.append((str(path), address, facts_of(path)))
    return found


def test_answers_of_both_engines_equal(moved: list[tuple[str, DatabaseAddress, HistoryFacts]]) -> None:
    different = []
    for path, address, at in moved:
        for name, read in readers.readers().items():
            ours, theirs = _told(read, path, at), _told(read, address, at)
            if ours != theirs:
                different.append(f"{Path(path).stem}: {name}: {_first_difference(ours, theirs)}")
    assert different == []


def test_changes_of_both_engines_equal(moved: list[tuple[str, DatabaseAddress, HistoryFacts]]) -> None:
    different = []
    for path, address, at in moved:
        for name, write in writers.writers().items():
            drawn = patch.object(secrets, "token_urlsafe", lambda _: "drawn")
            with patch.object(time, "time_ns", lambda: writers.NOW), drawn:
                ours, theirs = _told(write, path, at), _told(write, address, at)
            if ours != theirs:
                different.append(f"{Path(path).stem}: {name}: {_first_difference(ours, theirs)}")
        for table in columns():
            here, there = writers.rows(path, table), writers.rows(address, table)
            if here != there:
                different.append(f"{Path(path).stem}: table {table}: {_first_difference(here, there)}")
    assert different == []


def test_every_built_statement_ran(moved: object, asked: _Asked) -> None:
    """Run behind the two tests above, which fill `asked`."""
    if len(asked.texts) < 300:
        pytest.skip("the tests above did not run")
    ran = [_bare(text) for text in asked.texts]
    missing = [place for place, pattern in _templates() if not any(pattern.search(text) for text in ran)]
    assert missing == []


def _told(read: readers.Reader, database: str, at: HistoryFacts) -> object:
    try:
        return _plain(read(database, at))
    except CodedError as error:
        return str(error).replace(str(database), "DATABASE")
    except Exception as error:  # the others are compared all the same
        return f"{type(error).__name__}: {error}"


def _plain(value: Any) -> object:
    """Return a value with its types, in a form that does not depend on the order of keys and sets."""
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, [(one.name, _plain(getattr(value, one.name))) for one in fields(value)]
    if hasattr(value, "__struct_fields__"):
        return type(value).__name__, [(name, _plain(getattr(value, name))) for name in value.__struct_fields__]
    if type(value).__module__.startswith("warmline") and (names := getattr(type(value), "__slots__", ())):
        return type(value).__name__, [(name, _plain(getattr(value, name))) for name in names]
    match value:
        case Mapping():
            return sorted(((repr(key), _plain(one)) for key, one in value.items()), key=lambda pair: pair[0])
        case Set():
            return sorted(map(repr, value))
        case tuple() | list() | Iterator():
            return [_plain(one) for one in value]
        case _:
            return type(value).__name__, repr(value)


def _first_difference(ours: object, theirs: object) -> str:
    """Return the innermost values that differ, as text."""
    while isinstance(ours, list | tuple) and isinstance(theirs, list | tuple) and len(ours) == len(theirs):
        pairs = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
        if not pairs:
            break
        ours, theirs = pairs[0]
    return f"{str(ours)[:300]} in a file, {str(theirs)[:300]} in PostgreSQL"


def _templates() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the statements with open parts: those of modules, and those that functions put together."""
    for place, text in test_statements.texts_of_store():
        if place.startswith(OF_OTHER_SYSTEMS):
            continue
        if BEGINS.match(text) and test_statements.OPEN.search(text):
            yield place, _pattern(test_statements.OPEN.split(text))
    for file in STORE.rglob("*.py"):
        if file.relative_to(STORE).parts[0] in LEFT_OUT:
            continue
        for function in ast.walk(ast.parse(file.read_text())):
            if isinstance(function, ast.FunctionDef):
                for one in ast.walk(function):
                    if isinstance(one, ast.JoinedStr) and BEGINS.match(_constant(one.values[0])):
                        parts = [_constant(part) for part in one.values if isinstance(part, ast.Constant)]
                        yield f"{file.relative_to(STORE)}:{one.lineno}", _pattern(parts)


def _constant(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else ""


def _pattern(parts: list[str]) -> re.Pattern[str]:
    return re.compile(".*?".join(re.escape(_bare(part)) for part in parts), re.DOTALL)


def _bare(text: str) -> str:
    """Return a statement with single spaces, and without the doubled braces of templates."""
    return " ".join(text.replace("{{", "{").replace("}}", "}").split())
