"""docs/how-to/coming-from-*.md: each has the five tasks, outlines that are Python, and names of Warmline that exist."""

import ast
import re
from types import FunctionType

import pytest

from tests.docs.page_blocks import PROJECT, blocks
from warmline import agi, ari
from warmline.agi import testing
from warmline.ari import events

LIBRARIES = ("pyst2", "panoramisk", "asyncari", "ari-py")
TASKS = {
    "A PIN with a lock-out": "five-scripts.md#a-pin-with-a-lock-out",
    "A greeting and a menu": "five-scripts.md#a-greeting-and-a-menu",
    "A survey": "five-scripts.md#a-survey",
    "A callback instead of waiting": "scripts.md#tell-callers-the-real-wait",
    "Call people, play, take a key": "ari-scripts.md#a-first-script",
}
OBJECTS = {"agi": agi.AGI, "ari": ari.Ari, "channel": ari.Channel, "bridge": ari.Bridge, "events": events}
FIELDS = {"agi.env", "channel.number", "channel.id", "channel.why_gone"}  # set by __init__
OF_ASTERISK = ("Stasis",)
ROW = re.compile(r"^\| (.+?) \| (.+) \|$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def path(library: str) -> str:
    return f"docs/how-to/coming-from-{library}.md"


def text(library: str) -> str:
    return (PROJECT / path(library)).read_text()


def own_names(library: str) -> list[str]:
    """Return the names of Warmline in the second column of the table of names."""
    table = text(library).split("## Names")[1].split("\n## ")[0]
    code = [code for _, ours in ROW.findall(table) for code in CODE.findall(ours)]
    return [name for one in code for name in re.findall(r"(?<![\w.-])[A-Za-z_][\w.]*\w", re.sub(r'"[^"]*"', "", one))]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_five_tasks_stand_in_order_each_with_the_whole_script(library: str) -> None:
    parts = re.findall(r"^\*\*(.+?)[.:]\*\*(.*?)(?=^\*\*|\Z)", text(library), re.MULTILINE | re.DOTALL)
    assert [task for task, _ in parts] == list(TASKS)
    assert [task for task, told in parts if f"]({TASKS[task]})" not in told] == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_outlines_are_python_and_short(library: str) -> None:
    outlines = [block.text for block in blocks(path(library)) if block.language == "python"]
    assert len(outlines) == (4 if library == "pyst2" else 5)
    for outline in outlines:
        assert ast.parse(outline).body
    assert len(text(library).splitlines()) <= 150


@pytest.mark.parametrize("library", [library for library in LIBRARIES if library != "pyst2"])
def test_names_of_warmline_exist(library: str) -> None:
    checked = 0
    for name in own_names(library):
        first, _, rest = name.partition(".")
        if first in OBJECTS and rest and name not in FIELDS:
            assert isinstance(getattr(OBJECTS[first], rest), FunctionType | property | type), name
            checked += 1
        elif name[0].isupper() and not rest and name not in OF_ASTERISK:
            assert any(hasattr(module, name) for module in (agi, ari, testing)), name
            checked += 1
    assert checked >= (4 if library == "panoramisk" else 8)


def test_the_index_and_the_page_of_scripts_lead_here() -> None:
    index, scripts = ((PROJECT / "docs" / page).read_text() for page in ("index.md", "how-to/scripts.md"))
    for library in LIBRARIES:
        assert f"](how-to/coming-from-{library}.md)" in index
        assert f"](coming-from-{library}.md)" in scripts
