"""Both engines give the same answers about the same histories: every report, list, search and story, cell by cell."""

import secrets
import time
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.postgresql import histories, readers, writers
from tests.postgresql.facts_of_history import HistoryFacts, facts_of
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.database.reading import keeping
from warmline.store.maintenance.move import move
from warmline.store.postgresql.schema import columns
from warmline.system.database_address import DatabaseAddress
from warmline.text.coded_error import CodedError


@pytest.fixture(scope="module")
def moved(
    postgresql: DatabaseServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[tuple[str, DatabaseAddress, HistoryFacts]]]:
    """Provide each history: its file, its database of PostgreSQL, and its facts."""
    folder = tmp_path_factory.mktemp("histories")
    found = []
    for number, path in enumerate((histories.of_agents(folder), histories.of_dialler(folder))):
        postgresql.run(f"CREATE DATABASE history_{number}")
        address = DatabaseAddress(postgresql.address(f"history_{number}"), str(folder / f"server_{number}.db"))
        move(path, address)
        found.append((str(path), address, facts_of(path)))
    with keeping():
        yield found


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
