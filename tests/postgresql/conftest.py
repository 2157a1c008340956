"""One server for a run, which the processes of the run share, and a database for each test that asks for one."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.postgresql.template import TEMPLATE, make_template
from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.system.database_address import DatabaseAddress

FAST = "fsync = off\nfull_page_writes = off"  # the files are gone after the tests
NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatabaseServer]:
    """Provide the server of this run; it has a database with the schema, from which others are made."""
    if not cluster.is_installed():
        pytest.skip("needs Debian's PostgreSQL 15; tools/nightly database")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with ExitStack() as until_end:
        with (shared / "postgresql.lock").open("a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            found = _running(shared / "postgresql.json", until_end) or _started(shared / "postgresql.json", until_end)
        yield found


def _running(noted: Path, until_end: ExitStack) -> DatabaseServer | None:
    """Return the server that another process of this run has started; it does not end before this process."""
    if not noted.exists():
        return None
    folder, port = json.loads(noted.read_text())
    found = DatabaseServer(Path(folder), port)
    users = found.hold()
    until_end.callback(os.close, users)
    return found


def _started(noted: Path, until_end: ExitStack) -> DatabaseServer:
    found = until_end.enter_context(cluster.server(settings=FAST))
    make_template(found)
    noted.write_text(json.dumps([str(found.folder), found.port]))
    return found


@pytest.fixture
def database(postgresql: DatabaseServer, tmp_path: Path) -> Iterator[DatabaseAddress]:
    """Provide the address of a new database with the schema and its fixed rows."""
    name = f"warmline_{os.getpid()}_{next(NUMBERS)}"
    postgresql.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield DatabaseAddress(postgresql.address(name), str(tmp_path / "on_server.db"))
    postgresql.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty(postgresql: DatabaseServer) -> Iterator[DatabaseAddress]:
    """Provide the address of a new database without tables."""
    name = f"warmline_{os.getpid()}_{next(NUMBERS)}"
    postgresql.run(f"CREATE DATABASE {name}")
    yield DatabaseAddress(postgresql.address(name))
    postgresql.run(f"DROP DATABASE {name} WITH (FORCE)")
