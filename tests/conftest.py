"""What tests of every kind start from."""

from pathlib import Path

import pytest

from warmline.lab import configure


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the lab's demo configuration, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "warmline.db"
    configure.fill(path, [])
    return path
