"""Tests in a real browser, against a real Asterisk: `make test-browser`. Tests are coroutines on one loop."""

import asyncio
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.drawn_page import opened_browser
from tests.browser.stage import DRIVERS, Stage
from tests.scenarios.conftest import real, site

__all__ = ["real", "site"]  # the lab of the scenarios, for pages without a browser

LAB = {"stage", "real", "site"}  # fixtures whose tests have an Asterisk; the page of all others is only drawn
SILENT = {"pages", "attacks"}  # folders of tests with a lab in which no gap in the sound is judged
LIMIT = 60.0  # seconds that a test may take, unless its module has a LIMIT of its own


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shots", type=Path, default=None, metavar="FOLDER", help="write screenshots for the docs there")
    parser.addoption("--browser", choices=DRIVERS, default="shell", help="the browser of people")
    parser.addoption("--half", choices=("lab", "drawn"), default=None, help="run one of the two halves")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the other half, if the run has one half. Those without sound are with the drawn ones."""

    def half_of(item: pytest.Item) -> str:
        return "lab" if LAB.intersection(item.fixturenames) and item.path.parent.name not in SILENT else "drawn"  # type: ignore[attr-defined] # of functions

    if half := config.getoption("--half", None):
        others = [one for one in items if half_of(one) != half]
        config.hook.pytest_deselected(items=others)
        items[:] = [one for one in items if one not in others]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test, which is a coroutine."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    given = {name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters}
    limit = getattr(pyfuncitem.module, "LIMIT", LIMIT)
    pyfuncitem.funcargs["runner"].run(asyncio.wait_for(pyfuncitem.obj(**given), limit))
    return True


@pytest.fixture(scope="package")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as loop:
        yield loop


@pytest.fixture(scope="package")
def all_tests(
    runner: asyncio.Runner, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Provide the lab and the browsers of all tests."""
    given = request.config.getoption
    opened = Stage(tmp_path_factory.mktemp("b"), given("--shots"), given("--browser"))
    try:
        runner.run(opened.open())
        yield opened
    finally:
        runner.run(opened.close())


@pytest.fixture
def stage(all_tests: Stage, runner: asyncio.Runner) -> Iterator[Stage]:
    """Provide the lab. At the end, all windows close, and no page may have violated its policy."""
    yield all_tests
    runner.run(all_tests.end_people())


@pytest.fixture(scope="package")
def chromium(runner: asyncio.Runner) -> Iterator[Browser]:
    """Provide a browser for pages before a server with invented screens."""
    opened = opened_browser()
    yield runner.run(opened.__aenter__())
    runner.run(opened.__aexit__(None, None, None))
