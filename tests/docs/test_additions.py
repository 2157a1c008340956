"""The pages of additions, followed in a copy of the project: what they lead to passes its tests.

An addition that the project has already is taken back and made again.
"""

import filecmp
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.docs.additions import Addition, addition
from tests.docs.commands_not_run import ADDITIONS
from tests.docs.page_blocks import PROJECT


def tracked() -> list[str]:
    """Return the files of the project, without those that are ignored."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted({name for name in listed if (PROJECT / name).is_file()})


class Copy:
    """A copy of the project, with the interpreter of the project."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.folder = folder
        for name in names:
            self._take(PROJECT / name)
        for place in {(PROJECT / name).parent for name in names if name.endswith(".py")}:
            for compiled in place.glob("__pycache__/*.pyc"):  # also those with the assertions of pytest
                self._take(compiled)
        (folder / ".venv").symlink_to(PROJECT / ".venv")
        for name in {"pyproject.toml", "packaging/requirements.lock"}.intersection(names):
            os.utime(folder / name, (0, 0))  # older than the environment, so make does not install the copy into it
        self.run("git", "init", "--quiet")
        self.run("git", "add", "--intent-to-add", ".")  # some tests list the tracked files

    def _take(self, file: Path) -> None:
        if file.exists():
            target = self.folder / file.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target, follow_symlinks=False)

    def run(self, *command: str, given: str = "", fails: bool = False) -> str:
        """Run a command in the copy and return its output. It must exit with 0, or not with 0 if it `fails`."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "WARMLINE_"))}
        env["PYTHONPATH"] = str(self.folder)
        env["PYTEST_ADDOPTS"] = "-p no:schemathesis"  # which takes half a second
        done = subprocess.run(command, cwd=self.folder, env=env, input=given, capture_output=True, text=True)
        assert bool(done.returncode) is fails, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def type(self, line: str) -> str:
        """Run a command line of a page."""
        program, *words = shlex.split(line.replace("\\\n", ""))
        return self.run(sys.executable if program == ".venv/bin/python" else program, *words)

    def apply(self, diff: str, *options: str) -> None:
        """Apply a diff: each of its lines, not only those that the headers of its hunks count."""
        counted = [line.split("\t")[0] for line in self.run("git", "apply", "--numstat", given=diff).splitlines()]
        lines = [line for line in diff.splitlines() if re.match(r"\+(?!\+\+ )", line)]
        assert sum(map(int, counted)) == len(lines), f"a hunk is longer than its header says:\n{diff}"
        self.run("git", "apply", *options, given=diff)


def is_there(page: Addition) -> bool:
    """Return whether the project has an addition already."""
    command = ("git", "apply", "--reverse", "--check")
    return not subprocess.run(command, cwd=PROJECT, input=page.by_hand[0], capture_output=True, text=True).returncode


@pytest.mark.parametrize("page", ADDITIONS, ids=lambda page: Path(page).stem)
def test_a_page_leads_to_a_checked_addition(tmp_path: Path, page: str) -> None:
    copy, parts = Copy(tmp_path, tracked()), addition(page)

    def make() -> None:
        for diff in parts.by_hand:
            copy.apply(diff)
        for line in parts.commands:
            copy.type(line)

    def take_back() -> None:
        for diff in reversed(parts.by_hand):
            copy.apply(diff, "--reverse")
        for line in parts.commands:
            copy.type(line)

    if is_there(parts):
        take_back()
        make()
    else:
        make()
        for diff in parts.written:
            copy.apply(diff, "--reverse", "--check")
        copy.run(sys.executable, "-m", "ruff", "check", *sorted(name for name in parts.changed if name.endswith(".py")))
        for line in parts.checks:
            copy.type(line)
        take_back()
    assert filecmp.cmpfiles(PROJECT, copy.folder, tracked(), shallow=False)[1] == []
