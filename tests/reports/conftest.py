"""The made day, once for all tests of a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reports import made_day
from warmline.store.database.reading import keeping


@pytest.fixture(scope="package", autouse=True)
def kept_connections() -> Iterator[None]:
    """Keep connections open until the last test: hundreds of commands read the same day."""
    with keeping():
        yield


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The day's database."""
    path = tmp_path_factory.mktemp("day") / "warmline.db"
    with keeping():
        made_day.make(path)
    return path
