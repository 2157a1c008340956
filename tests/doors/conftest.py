"""Attacks beside calls in a lab; the lab and its loop are those of the scenarios, passwords have their full cost."""

import pytest

from tests.doors import door_table
from tests.scenarios import conftest as scenarios

FIRST = "test_fifty_agents_log_in_beside_guesses"

pytest_pyfunc_call, runner = scenarios.pytest_pyfunc_call, scenarios.runner
site, real = scenarios.site, scenarios.real


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> None:
    """Leave the cost of a password as an installation has it: a flood of guesses is judged."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the shift first: its seconds are judged, and the lab of the other tests is not open yet."""
    items.sort(key=lambda item: item.name != FIRST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in door_table.lines(door_table.FOUND):
        terminalreporter.write_line(line)
