"""Runs a Python program in which the modules of some parts cannot be imported, as if their files were not there."""

import runpy
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

PROJECT = Path(__file__).parents[2]
WITHIN = 60  # seconds; only a failing test takes this long


class Bar:
    """Refuses the import of these modules."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        if name in self._names:
            raise ModuleNotFoundError(f"{name} is barred", name=name)
        return None


def run(names: Path, *program: str, says: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a program and its arguments with the modules barred whose names are the lines of a file."""
    return subprocess.run(
        [sys.executable, "-m", "tests.parts.barred", str(names), *program],
        input=says,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env={"PATH": "/usr/bin:/bin", **environment},
        timeout=WITHIN,
    )


if __name__ == "__main__":
    sys.meta_path.insert(0, Bar(set(Path(sys.argv[1]).read_text().split())))
    sys.argv = sys.argv[2:]
    runpy.run_path(sys.argv[0], run_name="__main__")
