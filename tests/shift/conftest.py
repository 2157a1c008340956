"""Whole shifts in Chromium, one for each size of the window (`make acceptance-shift`). The lab is of tests/browser."""

import asyncio
import inspect

import pytest

from tests.browser import conftest as browser

pytest_addoption, runner, all_tests, stage = (
    browser.pytest_addoption,
    browser.runner,
    browser.all_tests,
    browser.stage,
)

LIMIT = 500.0  # seconds of a shift, each step of which is judged in three schemes
# Width, height, and pixels of the screen for each pixel of the page. 640 is a window of 1280 at 200 % zoom.
SIZES = [(1280, 720, 1), (800, 600, 1), (640, 360, 2), (390, 844, 1), (360, 740, 1)]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    """Run a test, which is a coroutine."""
    given = {name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters}
    pyfuncitem.funcargs["runner"].run(asyncio.wait_for(pyfuncitem.obj(**given), LIMIT))
    return True


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
def size(request: pytest.FixtureRequest) -> tuple[int, int, int]:
    """Provide each size of the window."""
    found: tuple[int, int, int] = request.param
    return found
