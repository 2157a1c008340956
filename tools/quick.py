"""`make quick`: the tests near to what differs from main (BASE=COMMIT: from there), the nearest first, for a minute."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

SECONDS, STARTED = 55, time.monotonic()
FENCES = [f"tests/tree/test_{name}.py" for name in ("imports", "layers", "dial_gate")]
SLOW = tuple(  # only near if they import what changed
    f"tests/{name}/" for name in ("scenarios", "browser", "package", "servers", "lab", "postgresql")
)
IMPORT = re.compile(r"^ *(?:from ([\w.]+) )?import (\([^)]*\)|.*)", re.MULTILINE)
CHANGED, SAME_NAME, IMPORTS, SAME_FOLDER, OUTER_FOLDER, FAR = range(6)


def git(*words: str) -> list[str]:
    return subprocess.check_output(["git", *words], text=True).splitlines()


def folder_of_tests(path: str) -> Path:
    """Return the folder with the tests of a changed file, which may not exist."""
    if path.startswith("warmline_contrib/"):
        return Path("contrib", Path(path).parts[1], "tests")
    path = re.sub("^(ari_app|tests|warmline)/", "", path)
    return Path("tests", path.replace("agi-bin/", "agi/").replace("workspace/", "http/workspace/")).parent


def distance(test: str, paths: set[str], folders: set[Path]) -> int:
    """Return how near a test is to the changed files."""
    lines = IMPORT.findall(Path(test).read_text())
    names = {f"{module}.{name}".strip(".") for module, words in lines for name in ("", *re.findall(r"[\w.]+", words))}
    if test in paths or (modules := paths & {f"{name.replace('.', '/')}.py" for name in names}):
        return CHANGED if test in paths else SAME_NAME if any(Path(path).stem in test for path in modules) else IMPORTS
    parents = {*Path(test).parents[:-2]}
    near = [
        SAME_FOLDER if folder in parents else OUTER_FOLDER for folder in folders if {folder, folder.parent} & parents
    ]
    return FAR if test.startswith(SLOW) else min(near, default=FAR)


class Minute:
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if time.monotonic() > STARTED + SECONDS:
            item.session.shouldstop = f"the minute is over before {item.nodeid}; `make test` has the rest"


if __name__ == "__main__":
    base = os.environ.get("BASE") or git("merge-base", "main", "HEAD")[0]
    changed = {*git("diff", "--name-only", base), *git("ls-files", "--others", "--exclude-standard")}
    changed = {re.sub("^contrib/[^/]+/(?=warmline_contrib/)", "", path) for path in changed}  # as modules name it
    folders = {folder_of_tests(path) for path in changed if "/test_" not in path}
    night = tuple(line for line in Path("tests/by_night.txt").read_text().splitlines() if line[:1] not in ("", "#"))
    tests = [
        test
        for test in git("ls-files", "-co", "--exclude-standard", "tests/**/test_*.py", "contrib/*/tests/**/test_*.py")
        if Path(test).exists()
    ]
    near = {test: distance(test, changed, folders) for test in tests if not test.startswith(night)}
    chosen = sorted((test for test in near if near[test] < FAR), key=lambda test: (test.startswith(SLOW), near[test]))
    print(f"{len(changed)} files differ, {len(chosen)} files of tests are near", *chosen[:5], sep="\n  ", flush=True)
    print("`make check-scripts` judges scripts\n" * any(path.endswith((".js", ".css")) for path in changed), end="")
    sys.exit(pytest.main(["-q", "-p", "no:schemathesis", *FENCES, *chosen, *sys.argv[1:]], plugins=[Minute()]))
