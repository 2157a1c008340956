"""The packages of this checkout, and an environment with the wheel: made once for all tests of the folder."""

from pathlib import Path

import pytest

from release.wheel import build
from tests.package.installed_wheel import environment


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the wheel and the source archive."""
    wheel, archive = build(tmp_path_factory.mktemp("dist"))
    return wheel, archive


@pytest.fixture(scope="session")
def warmline(packages: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program `warmline` of an environment with the wheel."""
    return environment(tmp_path_factory.mktemp("env"), packages[0])
