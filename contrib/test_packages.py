"""Each package of contrib is known wherever it must be, and each of its commands is one of `warmline`."""

import tomllib
from pathlib import Path
from typing import Any

from tests.cli.whole_tree import whole_tree
from warmline.system.contrib_table import COMMANDS

CONTRIB = Path(__file__).parent
NAMES = {file.parent.name for file in CONTRIB.glob("*/package.toml")}


def test_each_package_is_built_and_its_types_are_checked() -> None:
    tool = tomllib.loads((CONTRIB.parent / "pyproject.toml").read_text())["tool"]
    places = {f"contrib/{name}" for name in NAMES}
    assert set(tool["setuptools"]["packages"]["find"]["where"]) == {".", *places}
    assert set(tool["mypy"]["mypy_path"].split(":")) == places
    assert {f"warmline_contrib.{name}" for name in NAMES} <= set(tool["mypy"]["packages"])


def test_each_command_of_a_package_is_in_the_tree() -> None:
    """A group or a heading that nothing asks for would lose a command without a word."""
    tree: Any = whole_tree()
    for row in COMMANDS:
        group = tree.commands[row["group"]] if row["group"] else tree
        assert row["name"] in group.commands, row["name"]
