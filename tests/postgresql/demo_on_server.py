"""Call centres on the simulated Asterisk whose databases are on a server, each a copy of the demo configuration."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from tests.postgresql.databases import SETTINGS, AddressOfTest
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.postgresql import cluster
from warmline.store.database import lease
from warmline.store.database.database import connect
from warmline.store.maintenance.move import move
from warmline.store.postgresql import write_epoch
from warmline.system.database_address import DatabaseAddress

DEMO = "demo"


class DemoOnServer:
    """A server with a database of the demo configuration, which is copied for each test."""

    def __init__(self, server: cluster.DatabaseServer, demo: Path) -> None:
        self._server = server
        self._numbers = count(1)
        server.run(f"CREATE DATABASE {DEMO}")
        move(demo, DatabaseAddress(server.address(DEMO)))

    @contextmanager
    def driver(self, files: Path) -> Iterator[RecordedDriver]:
        """Provide the core on a copy, and remove that afterwards. `files` is how the paths of its files begin."""
        name = f"test_{next(self._numbers)}"
        self._server.run(f"CREATE DATABASE {name} TEMPLATE {DEMO}")
        address = AddressOfTest(self._server.address(name), str(files))
        with closing(connect(address)) as leads:
            write_epoch.write_under(lease.take(leads, "test"))  # the function that writes turns wants one
            try:
                with closing(RecordedDriver(address)) as driver:  # type: ignore[arg-type] # it stands for a path
                    yield driver
            finally:
                write_epoch.write_under(0)
        self._server.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def demo_on_server(demo: Path) -> Iterator[DemoOnServer]:
    """Run a server for copies of this database."""
    with cluster.server(settings=SETTINGS) as server:
        yield DemoOnServer(server, demo)
