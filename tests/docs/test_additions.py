"""The pages of additions, followed by a program: `git apply` takes their diffs, and what they lead to passes its tests.

All pages are followed in one copy of the project. The additions that it has already are taken back and made again. The
others are made, the first lines of the pages' last blocks run as one, and ruff checks the changed files. Then they are
taken back, too. `tools/nightly soak` makes a copy for each page, and runs the other lines too.
"""

import filecmp
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile
from pathlib import Path

import pytest

from tests.docs.commands_not_run import ADDITIONS
from tests.docs.page_blocks import PROJECT, SHELLS, Block, blocks, command_lines
from tests.soak import soaking

STATE = "docs/contributing/add-a-state.md"
PYTEST = ".venv/bin/python -m pytest "
PRODUCT = ("agi-bin", "ari_app", "cli", "warmline", "workspace")
FILE = re.compile(r"^\+\+\+ b/(.*)$", re.MULTILINE)
OPTION_CASE = re.compile(r'^\+ +"(\w+)": Case\(', re.MULTILINE)
REPORT = re.compile(r"^\+\+\+ b/warmline/store/daily_reports/(\w+)_report\.py$", re.MULTILINE)


@dataclass
class Addition:
    """A page: the diffs that a reader applies, the commands that write the rest, what these write, and the checks."""

    by_hand: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)

    @property
    def changed(self) -> list[str]:
        """Return the files that a reader changes."""
        return [name for diff in self.by_hand for name in FILE.findall(diff)]


def addition(page: str) -> Addition:
    """Return the parts of a page. Diffs behind the first commands show what these write; the last commands check."""
    found = [block for block in blocks(page) if block.language in (*SHELLS, "diff")]

    def is_diff(block: Block) -> bool:
        return block.language == "diff"

    *before, last = found
    return Addition(
        [block.text for block in takewhile(is_diff, before)],
        [line.text for block in before for line in command_lines(block)],
        [block.text for block in dropwhile(is_diff, before) if is_diff(block)],
        [line.text for line in command_lines(last)],
    )


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
        for name in {"pyproject.toml", "packaging/requirements.lock", "tests/datasette.lock"}.intersection(names):
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


def make(copy: Copy, pages: Sequence[Addition]) -> None:
    """Make the changes by hand of additions."""
    for diff in (diff for page in pages for diff in page.by_hand):
        copy.apply(diff)


def take_back(copy: Copy, pages: Sequence[Addition]) -> None:
    """Take back the changes by hand of additions."""
    for diff in (diff for page in reversed(pages) for diff in reversed(page.by_hand)):
        copy.apply(diff, "--reverse")


def write(copy: Copy, pages: Sequence[Addition], but: Sequence[Addition] = ()) -> None:
    """Run the commands that write the rest, but those of other pages. One of several pages runs once."""
    done = {line for page in but for line in page.commands}
    for line in dict.fromkeys(line for page in pages for line in page.commands if line not in done):
        copy.type(line)


def without_old_cases(pages: Sequence[Addition]) -> tuple[str, ...]:
    """Return pytest's words that leave out cases of options and reports which no page adds; the soak runs all."""
    if soaking():
        return ()
    diffs = [diff for page in pages for diff in page.by_hand]
    [option], [report] = ([name for diff in diffs for name in form.findall(diff)] for form in (OPTION_CASE, REPORT))
    of_options = f"not test_each_option_changes_the_result or {option}"
    of_reports = f"not test_a_report_has_the_figures_of_the_journal or {report}"
    return "-k", shlex.quote(f"({of_options}) and ({of_reports})")


def check(copy: Copy, pages: Sequence[Addition]) -> None:
    """Check additions as their pages say. The tests that take seconds run as one, because a start takes seconds too."""
    changed = {name for page in pages for name in page.changed if name.endswith(".py")}
    copy.run(sys.executable, "-m", "ruff", "check", *sorted(changed))
    near = [page.checks[0] for page in pages]
    assert [line for line in near if not line.startswith(PYTEST)] == []
    copy.type(PYTEST + " ".join((*(line.removeprefix(PYTEST) for line in near), *without_old_cases(pages))))
    for line in (line for page in pages for line in page.checks[1:]) if soaking() else ():
        copy.type(line)


def differing(copy: Copy) -> list[str]:
    """Return the files of the project that are missing in the copy or differ."""
    return filecmp.cmpfiles(PROJECT, copy.folder, tracked(), shallow=False)[1]


def follow(folder: Path, there: Sequence[str], others: Sequence[str]) -> None:
    """Follow pages in a new copy: the project has the additions that are `there`. The copy must end as the project."""
    assert STATE not in others, "the page shows a state that exists"
    copy, old, new = Copy(folder, tracked()), [addition(name) for name in there], [addition(name) for name in others]
    search = ("git", "grep", "--ignore-case", "both_parked", "--", *PRODUCT)
    assert "call_states.py" in copy.run(*search)
    take_back(copy, old)
    make(copy, new)
    write(copy, old)
    if STATE in there:
        copy.run(*search, fails=True)
    make(copy, old)  # which the project's tests need; the pages are written again at the end
    write(copy, new, but=old)
    for diff in (diff for page in new for diff in page.written):
        copy.apply(diff, "--reverse", "--check")
    if new:
        check(copy, new)
    take_back(copy, new)
    write(copy, [*old, *new])  # once: the pages show the rows of commands that the same run has written
    assert differing(copy) == []


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Future[None]]]:
    """Return what follows each page, two at a time."""
    there = [page for page in ADDITIONS if is_there(addition(page))]
    new = [page for page in ADDITIONS if page not in there]
    folder = tmp_path_factory.mktemp("additions")
    ways = [*(([page], []) for page in there), *(([], [page]) for page in new)] if soaking() else [(there, new)]
    found: dict[str, Future[None]] = {}
    with ThreadPoolExecutor(2) as pool:
        for old, added in ways:
            result = pool.submit(follow, folder / Path((*old, *added)[0]).stem, old, added)
            found |= dict.fromkeys((*old, *added), result)
        yield found
        pool.shutdown(cancel_futures=True)  # of pages that are not selected


@pytest.mark.parametrize("page", ADDITIONS, ids=lambda page: Path(page).stem)
def test_a_page_leads_to_a_checked_addition(followed: Mapping[str, Future[None]], page: str) -> None:
    followed[page].result()


def test_the_pages_have_their_parts() -> None:
    assert len(ADDITIONS) == 4 and STATE in ADDITIONS
    parts = {page: addition(page) for page in ADDITIONS}
    assert [page for page, one in parts.items() if not (one.by_hand and one.commands and len(one.checks) == 3)] == []
    assert [page for page, one in parts.items() if one.written] == ["docs/contributing/add-an-option.md"]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a copy of one file."""
    return Copy(tmp_path_factory.mktemp("scratch"), ["LICENSE"])


FIRST, SECOND = (PROJECT / "LICENSE").read_text().splitlines()[:2]
DIFF = f"--- a/LICENSE\n+++ b/LICENSE\n@@ -1,2 +1,{{}} @@\n {{}}\n+one\n+two\n {SECOND}\n"
NEW_FILE = "--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1,{} @@\n+one\n+two\n"


@pytest.mark.parametrize("right", [DIFF.format(4, FIRST), NEW_FILE.format(2)], ids=("hunk", "file"))
def test_a_diff_that_fits_is_taken(scratch: Copy, right: str) -> None:
    scratch.apply(right, "--check")


@pytest.mark.parametrize(
    "wrong",
    [DIFF.format(3, FIRST), DIFF.format(4, "another line"), NEW_FILE.format(1)],
    ids=("hunk", "context", "file"),
)
def test_a_diff_with_a_wrong_header_or_context_is_found(scratch: Copy, wrong: str) -> None:
    with pytest.raises(AssertionError):
        scratch.apply(wrong, "--check")
