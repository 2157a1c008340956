"""One Asterisk for all tests of this folder; a `Bench` on it for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.asterisk import private
from tests.store.conftest import pytest_pyfunc_call as pytest_pyfunc_call  # a test may be a coroutine


@pytest.fixture(scope="session")
def asterisk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[private.Private]:
    folder: Path = tmp_path_factory.mktemp("asterisk")
    with private.running(folder) as started:
        yield started
