"""The tests of this folder decide themselves which connections stay open."""

import pytest


@pytest.fixture(autouse=True)
def kept_connections() -> None:
    """Keep none."""
