"""A manager's first day and a supervisor of one group, in Chromium on a real Asterisk: `tools/nightly managers`."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.browser import conftest
from tests.browser.conftest import all_tests, pytest_pyfunc_call, runner, stage
from tests.browser.stage import Stage
from tests.managers.yesterday import Yesterday, worked
from tests.scheduled_reports.mail_server import serving

__all__ = ["all_tests", "pytest_pyfunc_call", "runner", "stage"]


def pytest_addoption(parser: pytest.Parser) -> None:
    conftest.pytest_addoption(parser)
    parser.addoption("--leads", type=int, default=100_000, help="lines of the file that the manager uploads")


@pytest.fixture
def size(request: pytest.FixtureRequest) -> int:
    """Provide the number of lines of the file."""
    found: int = request.config.getoption("--leads")
    return found


@pytest.fixture(scope="package")
def yesterday(all_tests: Stage, runner: asyncio.Runner) -> Iterator[Yesterday]:
    """Provide a centre that has worked for a day, and a server that takes its mails."""
    with serving() as mails:
        made: Yesterday = runner.run(worked(all_tests, mails))
        runner.run(all_tests.end_people())
        yield made
