"""Everything that the documents name exists: commands, make targets, files."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.cli.whole_tree import whole_tree
from warmline.system.settings import DEFAULTS

APP = whole_tree()
ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"```.*?\n(.*?)```|`([^`\n]+)`", re.DOTALL)
COMMAND = re.compile(r"(?:^|[\s/])warmline((?: [a-z][a-z-]*\b(?![=./|]))+)", re.MULTILINE)
TARGET = re.compile(r"(?:^|&& )make ([a-z][a-z-]*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def code(page: Path) -> Iterator[str]:
    """Return what a page shows as code."""
    for block, span in CODE.findall(page.read_text()):
        yield block or span


def commands(page: Path) -> set[str]:
    return {named.strip() for text in code(page) for named in COMMAND.findall(text)}


def targets(page: Path) -> set[str]:
    return {named for text in code(page) for named in TARGET.findall(text)}


def exists(named: str) -> bool:
    """Return whether words after `warmline` are a command; a group's own arguments may follow it."""
    here = APP
    for word in named.split():
        inner = getattr(here, "commands", None)
        if inner is None:
            return True
        if word not in inner:
            return False
        here = inner[word]
    return True


def test_every_command_exists() -> None:
    assert {(page, named) for page in PAGES for named in commands(page) if not exists(named)} == set()


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    [computing] = re.findall(r"^COMPUTING := (.*)$", makefile, re.MULTILINE)
    there = {*phony.split(), *computing.split()}
    assert {(page, named) for page in PAGES for named in targets(page) if named not in there} == set()


def test_every_link_leads_to_a_file() -> None:
    links = [(page, link) for page in PAGES for link in LINK.findall(page.read_text())]
    assert [(page, link) for page, link in links if not (page.parent / link).exists()] == []


def test_the_settings_it_shows_exist() -> None:
    block = re.search(r"```toml\n(.*?)```", (ROOT / "docs/how-to/operations.md").read_text(), re.DOTALL)
    assert block
    assert {line.split(" = ")[0].strip() for line in block[1].splitlines() if " = " in line} <= set(DEFAULTS)


def test_nothing_points_out_of_the_repository() -> None:
    """No tracked file names a folder of a developer's machine, or one beside the repository."""
    named = ("/" + "work/", "../" + "shared")
    outside = re.compile("|".join((r"(?<![\w.])/" + "work/", r"\.\./" + "shared")))
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in tracked:
        path = ROOT / name
        if path.is_file() and not path.is_symlink():
            text = path.read_text(errors="replace")
            # A search for a text takes a tenth of one for an expression.
            assert not any(one in text for one in named) or not outside.search(text), name
