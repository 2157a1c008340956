"""Whole shifts, one for each size of the window: `tools/nightly shifts` and `tools/nightly firefox`."""

import pytest

from tests.browser.conftest import all_tests, pytest_addoption, pytest_pyfunc_call, runner, stage

__all__ = ["all_tests", "pytest_addoption", "pytest_pyfunc_call", "runner", "stage"]

# Width, height, and pixels of the screen for each pixel of the page. 640 is a window of 1280 at 200 % zoom.
SIZES = [(1280, 720, 1), (800, 600, 1), (640, 360, 2), (390, 844, 1), (360, 740, 1)]


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
def size(request: pytest.FixtureRequest) -> tuple[int, int, int]:
    """Provide each size of the window."""
    found: tuple[int, int, int] = request.param
    return found
