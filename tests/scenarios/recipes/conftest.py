"""The command `warmline` of recipes: a fork of a server that has loaded all commands."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from tests.lab.warm_warmline import warm_warmline
from tools.simulation.call_centre import command_line


@pytest.fixture(scope="package", autouse=True)
def warm_commands() -> Iterator[None]:
    """Start Python once for all recipes: they have about a hundred command lines."""
    with patch.object(command_line, "WARMLINE", (str(warm_warmline()),)):
        yield
