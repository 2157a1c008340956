"""Runs each scenario in both worlds: the simulated one, and a real Asterisk in one lab for all scenarios."""

import asyncio
import inspect
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import pytest
import uvloop

from tests.begun_drivers import BegunDriver
from tests.internals.scenarios import keeping
from tests.lab.warm_warmline import warm_warmline
from tests.postgresql import look_inside
from tests.postgresql.demo_on_server import DemoOnServer, demo_on_server
from tests.postgresql.server_site import ServerSite
from tests.scenarios.combinations import left_to_the_night
from tests.soak import soaking
from tools.simulation.call_centre import command_line
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import ScenarioWorld
from tools.simulation.call_centre.simulated_world import SimulatedWorld
from tools.simulation.postgresql import cluster

LIMIT = 60.0  # seconds that a scenario may take; the longest takes 7
# Scenarios in which the call process can write to no file; it writes to a server all the same.
OF_FILE = {
    "test_a_leave_on_a_full_disk_continues_and_is_written_when_the_disk_has_space",
    "test_an_unrecorded_leave_is_not_undone_after_a_kill",
    "test_an_unrecorded_park_leaves_the_customer_with_music_until_the_agent_takes_them_back",
}


def on_server(request: pytest.FixtureRequest) -> bool:
    """Return whether the databases of scenarios are those of a server."""
    return bool(request.config.getoption("--engine") == "postgresql")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave combinations of values to the soak that only repeat on a real Asterisk what other cases show there."""
    if not soaking() and (left := left_to_the_night(items)):
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a scenario, which is a coroutine, on the loop of its world."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    given = {name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters}
    runner = pyfuncitem.funcargs["runner"]
    assert isinstance(runner, asyncio.Runner)
    runner.run(asyncio.wait_for(pyfuncitem.obj(**given), LIMIT))
    return True


@pytest.fixture(scope="package", autouse=True)
def warm_commands() -> Iterator[None]:
    """Let commands of `warmline` be forks of a process that has loaded all commands."""
    with patch.object(command_line, "WARMLINE", (str(warm_warmline()),)):
        yield


@pytest.fixture(scope="package")
def runner() -> Iterator[asyncio.Runner]:
    """Provide the one loop of all worlds: agents stay on the line between two scenarios.

    The loop of the app takes less of the processor than Python's, because 50 times a second it has packets to read.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        yield loop


@pytest.fixture(scope="package")
def site(
    request: pytest.FixtureRequest, runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LabSite]:
    """Provide the lab of all real scenarios, with its phones and the far end of its trunk.

    Its app works with the engine that the option --engine names.
    """
    folder = tmp_path_factory.mktemp("site")
    with ExitStack() as until_end:
        opened = LabSite(folder)
        if on_server(request):
            opened = ServerSite(folder, until_end.enter_context(cluster.server()))
        try:
            runner.run(opened.open())
            yield opened
        finally:
            runner.run(opened.close())


@pytest.fixture(scope="package")
def databases(demo_database: Path) -> Iterator[DemoOnServer]:
    """Provide a server for the databases of simulated scenarios."""
    with demo_on_server(demo_database) as found:
        yield found


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a scenario that looks into the database itself do so in PostgreSQL, if the option --engine names it."""
    if not on_server(request):
        yield
        return
    if getattr(request.node, "originalname", "") in OF_FILE:
        pytest.skip("a test of SQLite's file")
    with patch.object(sqlite3, "connect", look_inside.connect):
        yield


@pytest.fixture
def simulated(
    request: pytest.FixtureRequest, runner: asyncio.Runner, demo_database: Path, tmp_path: Path
) -> Iterator[ScenarioWorld]:
    """Provide a new call centre on the simulated Asterisk, with the engine that the option --engine names."""
    with ExitStack() as until_end:
        path = tmp_path / demo_database.name
        if on_server(request):
            driver = until_end.enter_context(request.getfixturevalue("databases").driver(path))
        else:
            driver = BegunDriver.copy(demo_database, path)
        world = SimulatedWorld(driver)
        with keeping():  # a scenario often looks for records, and SQLite parses the whole schema at each opening
            yield world
            runner.run(world.close())


@pytest.fixture
def real(runner: asyncio.Runner, site: LabSite) -> Iterator[ScenarioWorld]:
    """Provide the call centre in the lab, with only paused agents on the line; a failed scenario gets a new lab."""
    world = RealWorld(site)
    try:
        with keeping():
            yield world
            runner.run(world.close())
    except BaseException:
        runner.run(site.renew())
        raise


@pytest.fixture(params=["simulated", "real"])
def world(request: pytest.FixtureRequest, runner: asyncio.Runner) -> ScenarioWorld:
    """Provide a call centre with the demo configuration, in each of the two worlds, running on `runner`."""
    found: ScenarioWorld = request.getfixturevalue(request.param)
    return found
