"""`make help` prints each target that a person types, with its sentence."""

import re
import subprocess

from tests.docs.page_blocks import PROJECT

PARTS_OF_TEST = {"test-listening", "test-late", "test-commands", "test-apis", "test-others"}
LISTS = re.compile(r"\$\(\w+\)")  # of targets that another target starts


def phony() -> set[str]:
    """Return the targets of the Makefile that are no files, without those that another one starts."""
    [line] = re.findall(r"^\.PHONY: (.*)$", (PROJECT / "Makefile").read_text(), re.MULTILINE)
    return {*LISTS.sub("", line).split()} - PARTS_OF_TEST


def test_each_target_is_printed_with_its_sentence() -> None:
    done = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True)
    lines = dict(re.split(r"  +", line, maxsplit=1) for line in done.stdout.splitlines())
    assert {name.removeprefix("make ") for name in lines} == phony()
    assert [text for text in lines.values() if not text.endswith(".")] == []
