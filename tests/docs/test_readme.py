"""Everything that the documents name exists: commands, make targets, files."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_exists(page: Path) -> None:
    assert {named for named in commands(page) if not exists(named)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    [computing] = re.findall(r"^COMPUTING := (.*)$", makefile, re.MULTILINE)
    assert targets(page) <= {*phony.split(), *computing.split()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert {link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()} == set()


def test_commands_targets_and_files_are_found_in_the_readme() -> None:
    readme = ROOT / "README.md"
    assert {"demo outbound", "install", "uninstall"} <= commands(readme)
    assert {"demo", "test", "lab"} <= targets(readme)
    assert exists("agent status") and not exists("agent everything") and not exists("everything")


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120


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
