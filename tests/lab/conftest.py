"""One lab for the tests of a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lab import instance
from lab.description import Lab


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    directory = tmp_path_factory.mktemp("lab")
    try:
        yield instance.up(directory)
    finally:
        stop(directory)


def stop(directory: Path) -> None:
    """End the lab in this folder, if there is one."""
    if (directory / "warmline.toml").exists():
        instance.down(directory)
