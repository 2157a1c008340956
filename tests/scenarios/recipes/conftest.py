"""The command `warmline` of recipes: a fork of a server that has loaded all commands."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from tests.lab.warm_warmline import warm_warmline
from tools.simulation.call_centre import command_line


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Provide a program that does what `warmline` does, to the end of the run."""
    with warm_warmline(tmp_path_factory.mktemp("recipes")) as program:
        yield str(program)


@pytest.fixture(scope="package", autouse=True)
def warm_commands(program: str) -> Iterator[None]:
    """Start Python once for all recipes: they have about a hundred command lines."""
    with patch.object(command_line, "WARMLINE", (program,)):
        yield
