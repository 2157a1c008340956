"""The app of the tests after a login."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App
from tests.cli.far_app import far_app


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Provide an app that commands reach only after a login."""
    with far_app(demo_database, tmp_path, capsys) as made:
        yield made
