"""`git apply` takes the diffs of the pages of additions; tools/nightly scenarios follows the pages to their end."""

import re
import subprocess

from tests.docs.additions import addition
from tests.docs.commands_not_run import ADDITIONS
from tests.docs.page_blocks import PROJECT


def is_refused(diffs: list[str], *words: str) -> str:
    """Return why `git apply` does not take diffs one after the other, "" if it does."""
    command = ["git", "apply", "--check", *words]
    done = subprocess.run(command, cwd=PROJECT, input="".join(diffs), capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def test_each_page_has_its_parts_and_its_diffs_fit() -> None:
    wrong = []
    for page in ADDITIONS:
        parts = addition(page)
        if not (parts.by_hand and parts.commands and len(parts.checks) == 3):
            wrong.append(f"{page}: a part is missing")
        if (why := is_refused(parts.by_hand)) and is_refused(
            parts.by_hand[::-1], "--reverse"
        ):  # it may be there already
            wrong.append(f"{page}: {why}")
        tests = re.findall(r"\btests/[\w/]+\.py", " ".join(parts.checks))
        wrong += [
            f"{page}: {test} is missing"
            for test in tests
            if not {test} & {*parts.changed} and not (PROJECT / test).exists()
        ]
    assert wrong == []
