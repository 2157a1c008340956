"""The packages of this checkout, and an environment with the wheel: made once for all tests of the folder."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from release.wheel import PROJECT, build
from tests.package.debian_root import DebianRoot, missing_tools
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


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Debian package of this checkout."""
    assert not missing_tools(), f"these programs are missing; on Debian: apt install {' '.join(missing_tools())}"
    folder = tmp_path_factory.mktemp("deb")
    subprocess.run(["make", "deb", f"DIST={folder}"], cwd=PROJECT, check=True)
    [built] = folder.glob("warmline_*.deb")
    return built


@pytest.fixture
def debian(tmp_path: Path) -> Iterator[DebianRoot]:
    """Yield a clean Debian that has booted."""
    with DebianRoot(tmp_path / "debian") as root:
        yield root
