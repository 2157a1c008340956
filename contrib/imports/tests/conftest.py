"""A database for each import, of the engine that the option --engine names."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.postgresql import databases, look_inside
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.postgresql import write_epoch
from warmline.system.database_address import DatabaseAddress


@pytest.fixture(scope="session")
def server() -> Iterator[DatabaseServer]:
    """Run a PostgreSQL for the tests of this process."""
    with databases.server() as found:
        yield found


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that looks into the database itself do so in PostgreSQL, if the option --engine names it."""
    if request.config.getoption("--engine") == "sqlite":
        yield
        return
    write_epoch.write_under(0)  # a test of the store may have left a writer open
    with patch.object(sqlite3, "connect", look_inside.connect):
        yield


@pytest.fixture
def database(
    request: pytest.FixtureRequest, tmp_path: Path, new_database: Path, monkeypatch: pytest.MonkeyPatch
) -> Path | DatabaseAddress:
    """Provide a new database, which the settings name."""
    monkeypatch.setenv("SUDO_USER", "ada")
    path = tmp_path / "warmline.db"
    if request.config.getoption("--engine") == "sqlite":
        monkeypatch.setenv("WARMLINE_DB", str(path))
        return Path(shutil.copy(new_database, path))
    found = databases.emptied(request.getfixturevalue("server"), path)
    monkeypatch.setenv("WARMLINE_DB", found.whole)
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path / "spool"))
    return found
