"""Fixtures of the scenarios: the same ones run in a simulated and in a real world."""

import asyncio
import inspect
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worlds.language import World
from tests.worlds.real import RealWorld
from tests.worlds.simulated import SimulatedWorld
from tests.worlds.site import Site
from warmline.lab import configure


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A scenario is a coroutine: it runs on the loop that its world lives on."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    given = {name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters}
    runner = pyfuncitem.funcargs["runner"]
    assert isinstance(runner, asyncio.Runner)
    runner.run(pyfuncitem.obj(**given))
    return True


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """The one loop of all worlds: parties stay on the line between two scenarios."""
    with asyncio.Runner() as loop:
        yield loop


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the lab's demo configuration, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "warmline.db"
    configure.fill(path, [])
    return path


@pytest.fixture(scope="session")
def site(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The one lab of all real scenarios, with its phones and the far end of its trunk."""
    open_site = Site(tmp_path_factory.mktemp("site"))
    try:
        runner.run(open_site.open())
        yield open_site
    finally:
        runner.run(open_site.close())


@pytest.fixture(params=["simulated", "real"])
def world(request: pytest.FixtureRequest, runner: asyncio.Runner, tmp_path: Path) -> Iterator[World]:
    """A call centre with the demo configuration, in each of the two worlds."""
    made: World
    if request.param == "simulated":
        database = shutil.copy(request.getfixturevalue("demo_database"), tmp_path)
        made = SimulatedWorld(Path(database))
    else:
        made = RealWorld(request.getfixturevalue("site"))
    yield made
    runner.run(made.close())
