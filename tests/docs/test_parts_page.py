"""docs/explanation/parts.md: its files and commands belong to the part that the page says."""

import re
from typing import Any

import pytest

from cli.tree.root_rows import ROOT
from cli.tree.tree_row import TreeCommand, TreeGroup, rows_of
from tests.tree.parts import PLACES, Part, part_of
from tools.pages.marked_text import PROJECT

PAGE = (PROJECT / "docs/explanation/parts.md").read_text()
ROWS = re.findall(
    r"^\| (toolkit|centre|dialler) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE.split("## What belongs")[1], re.M
)
CODE = re.compile("`([^`]+)`")
NAMED = [(Part[part.upper()], CODE.findall(commands), CODE.findall(files)) for part, commands, files, _ in ROWS]

NO_PYTHON = ("agi-bin", "dialplan", "workspace")


def row_of(words: str) -> Any:
    """Return the row of a command or a group of `warmline`."""
    rows: Any = ROOT
    for word in words.split():
        found = next(row for row in rows if row.name == word)
        rows = rows_of(found) if isinstance(found, TreeGroup) else ()
    return found


def targets(row: TreeCommand | TreeGroup) -> list[str]:
    """Return the files of the functions of a command, or of all commands of a group."""
    if isinstance(row, TreeCommand):
        return [row.target.partition(":")[0].replace(".", "/") + ".py"]
    return [target for one in rows_of(row) for target in targets(one)]


def test_each_named_place_belongs_to_its_part() -> None:
    assert [part for part, _, _ in NAMED] == [Part.TOOLKIT, Part.CENTRE, Part.DIALLER]
    for part, _, files in NAMED:
        for path in (place.rstrip("/") for place in files):
            assert (PROJECT / path).is_dir(), path
            assert path in NO_PYTHON or part_of(f"{path}/any.py") is part, path


def test_each_folder_of_the_toolkit_and_the_dialler_is_named() -> None:
    named = {place.rstrip("/") for _, _, files in NAMED for place in files}
    folders = {place for place, part in PLACES.items() if part in (Part.TOOLKIT, Part.DIALLER) and "." not in place}
    assert folders - named == set()


@pytest.mark.parametrize(("part", "words"), [(part, words) for part, commands, _ in NAMED for words in commands])
def test_each_named_command_belongs_to_its_part(part: Part, words: str) -> None:
    assert part in {part_of(file) for file in targets(row_of(words))}
