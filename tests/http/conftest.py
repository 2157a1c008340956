"""The fixture of the JSON API's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.json_site import JsonSite, json_site
from tests.store.conftest import pytest_pyfunc_call as pytest_pyfunc_call  # a test may be a coroutine


@pytest.fixture
def site(demo_database: Path, tmp_path: Path) -> Iterator[JsonSite]:
    """Provide the JSON API, with agent 1000 logged in and the demo configuration."""
    with json_site(tmp_path / demo_database.name, tmp_path, demo_database) as made:
        yield made
