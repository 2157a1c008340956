"""A database for each test; a test that is a coroutine gets an event loop."""

import asyncio
import inspect
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.postgresql import databases, look_inside
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.database.reading import keeping
from warmline.store.postgresql import write_epoch
from warmline.system.database_address import DatabaseAddress

# Tests of what a file of SQLite is or says: its locks and its disk, its plans, its words, its copies.
OF_FILE = {
    "test_a_locked_file_is_waited_for_and_order_kept",
    "test_the_journal_waits_for_space_on_a_full_disk",
    "test_the_journal_waits_for_a_disk_that_became_read_only",
    "test_a_second_app_on_one_database_is_refused",
    "test_a_failing_task_changes_nothing_and_affects_no_other",
    "test_a_copy_has_it_and_a_deleted_user_has_none",
    "test_many_at_once_lose_nothing",
}


@pytest.fixture(scope="session")
def server() -> Iterator[DatabaseServer]:
    """Run a PostgreSQL for the tests of this process."""
    with databases.server() as found:
        yield found


@pytest.fixture(autouse=True)
def kept_connections() -> Iterator[None]:
    """Keep connections open until the test ends, as an app does: SQLite parses the whole schema at each opening."""
    with keeping():
        yield


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that looks into the database itself do so in PostgreSQL, if the option --engine names it."""
    if request.config.getoption("--engine") == "sqlite":
        yield
        return
    if getattr(request.node, "originalname", "") in OF_FILE:
        pytest.skip("a test of SQLite's file")
    write_epoch.write_under(0)  # a test may have left a writer open
    with patch.object(sqlite3, "connect", look_inside.connect):
        yield


@pytest.fixture
def db(request: pytest.FixtureRequest, tmp_path: Path, new_database: Path) -> Path | DatabaseAddress:
    """Provide a new database with the schema and its fixed rows, of the engine that the option --engine names."""
    if request.config.getoption("--engine") == "postgresql":
        return databases.emptied(request.getfixturevalue("server"), tmp_path / "warmline.db")
    return Path(shutil.copy(new_database, tmp_path))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True
