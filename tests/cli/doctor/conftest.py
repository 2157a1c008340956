"""The made-up machine of the checks."""

import pytest

from tests.cli.doctor.made_machine import machine  # noqa: F401 - the fixture


@pytest.fixture(autouse=True)
def kept_connections() -> None:
    """Keep none: doctor opens the file itself, and closing it ends the locks of a connection of this process."""
