"""A database with a campaign, its list and a lead."""

from pathlib import Path

import pytest

from tests.cli.command_line import Run


@pytest.fixture
def db(db: Path, run: Run) -> Path:
    """Provide a campaign that dials Austria all day, and a lead there."""
    for command in (
        ("call-time", "create", "ALWAYS", "ct_default_start=0", "ct_default_stop=2400"),
        ("campaign", "create", "SALES", "local_call_time=ALWAYS"),
        ("list", "create", "101", "campaign=SALES", "country=AT"),
        ("lead", "create", "--list", "101", "phone_number=01 5344960", "city=Wien"),
    ):
        assert run(*command)[0] == 0
    return db
