"""Attacks beside calls in a lab; the lab and its loop are those of the scenarios, passwords have their full cost."""

import pytest

from tests.scenarios import conftest as scenarios

pytest_pyfunc_call, runner = scenarios.pytest_pyfunc_call, scenarios.runner
site, real = scenarios.site, scenarios.real


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> None:
    """Leave the cost of a password as an installation has it: a flood of guesses is judged."""
