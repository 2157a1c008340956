"""The packages of this checkout, and an environment with the wheel: made once for all processes of a run."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from lab import asterisk
from tests.package import installed_wheel
from tests.package.debian_root import DebianRoot, missing_tools
from tools.release.wheel import PROJECT, build

MONTH = 30 * 86400.0  # seconds


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder of this run that `make` has filled. The first process that asks fills it, and others wait."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / name
    with open(base / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(partial := base / f"{name}.partial")
            partial.rename(folder)
    return folder


def kept(name: str, lock_file: Path, make: Callable[[Path], object]) -> Path:
    """Return a folder with the packages of a lock file for this Python; the first call on this machine fills it.

    Folders of other lock files and Pythons are removed when no run has used them for a month.
    """
    python = f"{sys.version} {Path(sys.executable).resolve()}"
    made_of = sha256(lock_file.read_bytes() + python.encode()).hexdigest()
    folder = asterisk.cache_folder().with_name(f"tests-{name}")
    folder.mkdir(parents=True, exist_ok=True)
    ready, partial = folder / made_of[:8], folder / "partial"
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(partial, ignore_errors=True)
            make(partial)
            partial.rename(ready)
        ready.touch()
        for other in (path for path in folder.iterdir() if path.is_dir()):
            if time.time() - other.stat().st_mtime > MONTH:
                shutil.rmtree(other)
    return ready


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the wheel and the source archive."""
    folder = once(tmp_path_factory, "dist", build)
    ([wheel], [archive]) = (list(folder.glob(f"*{end}")) for end in (".whl", ".tar.gz"))
    return wheel, archive


@pytest.fixture(scope="session")
def bare() -> Path:
    """Return an environment with the packages that Warmline needs, to be copied."""
    return kept("bare", installed_wheel.LOCK, installed_wheel.bare)


@pytest.fixture(scope="session")
def warmline(packages: tuple[Path, Path], bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program `warmline` of an environment with the wheel."""
    return installed_wheel.environment(tmp_path_factory.mktemp("env") / "env", packages[0], bare)


def debian_package(factory: pytest.TempPathFactory) -> Path:
    """Return the Debian package of this checkout. The first process that asks builds it, and others wait."""
    assert not missing_tools(), f"these programs are missing; on Debian: apt install {' '.join(missing_tools())}"

    def make(folder: Path) -> None:
        subprocess.run(["make", "deb", f"DIST={folder}"], cwd=PROJECT, check=True)

    [built] = once(factory, "deb", make).glob("warmline_*.deb")
    return built


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Debian package of this checkout."""
    return debian_package(tmp_path_factory)


@pytest.fixture(scope="session")
def media_package(package: Path) -> Path:
    """Return the Debian package of a media server, which the same build has made."""
    [built] = package.parent.glob("warmline-media_*.deb")
    return built


@pytest.fixture
def debian(tmp_path: Path) -> Iterator[DebianRoot]:
    """Yield a clean Debian that has booted."""
    with DebianRoot(tmp_path / "debian") as root:
        yield root
