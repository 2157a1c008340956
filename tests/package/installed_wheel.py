"""A virtual environment outside the checkout, with Warmline from its wheel and the packages that it needs to run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.release.wheel import PROJECT

LOCK = PROJECT / "packaging/requirements-run.lock"
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")


def bare(folder: Path) -> None:
    """Create a virtual environment as an administrator does, with what Warmline needs, but not Warmline."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    words = ("--require-hashes", "--no-deps", "-r", LOCK)
    subprocess.run([folder / "bin/python", *PIP, *words], check=True)


def environment(folder: Path, wheel: Path, copied: Path) -> Path:
    """Install a wheel into a copy of a bare environment; return the path of its program `warmline`."""
    shutil.copytree(copied, folder, symlinks=True)
    install(folder / "bin/python", wheel)
    return folder / "bin/warmline"


def install(python: Path, wheel: Path) -> None:
    """Install a wheel, or replace the installed one, at a low priority beside calls."""
    subprocess.run(["nice", python, *PIP, "--no-deps", "--force-reinstall", wheel], check=True)


def run(*command: str | Path, folder: Path, limit: float = 60, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, without the variables and paths of the tests; return its output."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("WARMLINE_", "PYTHON", "VIRTUAL"))}
    return subprocess.run(
        [str(word) for word in command], cwd=folder, env=own | variables, capture_output=True, text=True, timeout=limit
    )
