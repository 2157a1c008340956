"""The fixtures of the HTTP interfaces' tests."""

import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.http.json_site import JsonSite, json_site
from tests.store.conftest import pytest_pyfunc_call as pytest_pyfunc_call  # a test may be a coroutine

RECORDED_NS = 1_795_305_600 * 10**9  # 2026-11-22 00:00:00 UTC, two days after the leads of the recorded answers


@pytest.fixture
def site(demo_database: Path, tmp_path: Path) -> Iterator[JsonSite]:
    """Provide the JSON API, with agent 1000 logged in and the demo configuration."""
    with json_site(tmp_path / demo_database.name, tmp_path, demo_database) as made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def time_of_the_record(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the other API of VICIdial run at the time of its record: duplicates of ten days, callbacks of next week."""
    if request.path.parent.name != "non_agent":
        yield
        return
    real_time_ns, shift_ns = time.time_ns, time.time_ns() - RECORDED_NS

    def read_time_ns() -> int:
        return real_time_ns() - shift_ns

    with patch.object(time, "time_ns", read_time_ns), patch.object(time, "time", lambda: read_time_ns() / 1e9):
        yield
