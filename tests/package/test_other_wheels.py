"""The wheel of the source archive, and the one without the packages of contrib, with a call, a script and doctor."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.package import installed_wheel
from tests.package.installed_wheel import run
from tests.package.test_wheel import (  # noqa: F401 - the same tests, with the fixture of this file
    test_commands_that_need_no_asterisk,
    test_install_doctor_and_uninstall,
    test_the_demo_plays,
)
from tools.release.wheel import build


@pytest.fixture(scope="session")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the core."""
    return build(tmp_path_factory.mktemp("core"), is_core=True)[0]


@pytest.fixture(scope="session")
def warmline(core: Path, bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program `warmline` of an environment with the core alone."""
    return installed_wheel.environment(tmp_path_factory.mktemp("env") / "env", core, bare)


def test_a_new_script_passes_its_test_in_the_core(warmline: Path, tmp_path: Path) -> None:
    assert run(warmline, "own-script", "new", "ticket", folder=tmp_path).returncode == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["test_ticket.py", "ticket"]
    test = run(warmline.with_name("python"), "test_ticket.py", folder=tmp_path)
    assert test.returncode == 0 and "Ran 2 tests" in test.stderr, test.stderr


def test_the_core_has_no_package_and_no_command_of_contrib(core: Path, warmline: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(core) as wheel:
        assert [name for name in wheel.namelist() if name.startswith("warmline_contrib")] == []
    refusal = run(warmline, "dialplan", "lint", folder=tmp_path)
    assert (refusal.returncode, refusal.stdout) == (1, "")
    assert "command 'warmline dialplan' does not exist" in refusal.stderr


def test_the_source_archive_gives_the_same_wheel(packages: tuple[Path, Path], tmp_path: Path) -> None:
    wheel, archive = packages
    subprocess.run(["tar", "--extract", "--file", archive], cwd=tmp_path, check=True)  # 3.11.2 has no filter=
    [source] = tmp_path.iterdir()
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", tmp_path, source], check=True)
    [wheel_again] = tmp_path.glob("*.whl")
    assert read_contents(wheel_again) == read_contents(wheel)


def read_contents(wheel: Path) -> dict[str, bytes]:
    """Return the bytes of each file of a wheel."""
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
