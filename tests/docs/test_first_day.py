"""docs/tutorial/first-day.md: the commands on it are valid, with every option."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.whole_tree import whole_tree
from warmline.options.option_table import ENTITIES

PAGE = Path(__file__).parents[2] / "docs/tutorial/first-day.md"
TYPED = re.findall(r"^\$ warmline (.*)$", PAGE.read_text(), re.MULTILINE)
TREE = whole_tree()


def words(line: str) -> list[str]:
    """Return one command's words, without its pipe."""
    found = shlex.split(line)
    return found[: found.index("|")] if "|" in found else found


@pytest.mark.parametrize("line", TYPED)
def test_every_command_is_understood(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command: Any = TREE
    rest = words(line)
    while hasattr(command, "commands") and rest and rest[0] in command.commands:
        command = command.commands[rest.pop(0)]
    given = command.make_context("warmline", rest).params  # refuses options and words that there are not
    for pair in given.get("options") or ():
        name, equals, value = pair.partition("=")
        ENTITIES[line.split()[0]].option(name)
        assert equals and value


def test_all_of_the_day_is_there() -> None:
    named = {" ".join(line.split()[:2]) for line in TYPED}
    assert named >= {"campaign create", "explain recording", "audit recordings", "audit transfers", "config undo"}
    assert {line.split()[0] for line in TYPED} >= {"lab", "install", "doctor", "route", "db"}


def test_shown_tables_fit_80_columns() -> None:
    """Tables are those of 80 columns."""
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(), re.DOTALL):
        tables = re.findall(r"^(?:when|agent|rule) .*(?:\n.+)*", block, re.MULTILINE)
        assert [line for table in tables for line in table.splitlines() if len(line) > 80 and "$" not in line] == []
