"""Generated files equal what the code says; a part that was changed by hand is detected.

`tests/docs/test_additions.py` has the other half: one run writes the code, and then the pages that show it.
"""

import re
from pathlib import Path

import pytest

from tools.pages import core_records, schema_tables
from tools.pages.generated import PAGES
from tools.pages.generated_code import CODE, outdated
from tools.pages.marked_text import between
from warmline.options.values.entity import Entity, Option, OptionSection
from warmline.options.values.option_forms import NAME, YES_NO
from warmline.options.values.option_types import Number, Reference, Secret, Texts

GENERATED = {**CODE, **PAGES}
DESK = Entity(
    "front-desk",
    "a desk that visitors come to",
    NAME,
    ("EAST",),
    (
        OptionSection("Place", (Option("floor", Number(-2, 9), 0, "the floor; 0: the ground", unique=True),)),
        OptionSection(
            "People",
            (
                Option("open", YES_NO, "Y", "N: nobody sits there"),
                Option("sign", NAME, "", "the name on it", required=True),
                Option("keepers", Texts("[a-z]+", "names"), ("ann",), "who sits there"),
                Option("chief", Reference("agent", None), "", "who decides", required=True),
                Option("leads", Reference("list"), "", "where visitors are noted", core=False),
                Option("key", Secret("[0-9]+", "digits"), "", "the door's"),
            ),
        ),
    ),
)
COLUMNS = """\
CREATE TABLE front_desk (
    id TEXT PRIMARY KEY,
    -- the floor; 0: the ground
    floor INTEGER NOT NULL DEFAULT 0 CHECK (floor BETWEEN -2 AND 9),
    -- N: nobody sits there
    open TEXT NOT NULL DEFAULT 'Y' CHECK (open IN ('Y', 'N')),
    -- the name on it
    sign TEXT NOT NULL CHECK (sign <> ''),
    -- who sits there
    keepers TEXT NOT NULL DEFAULT '["ann"]' CHECK (json_valid(keepers)),
    -- who decides
    chief TEXT NOT NULL REFERENCES agent (id),
    -- where visitors are noted
    leads TEXT REFERENCES list (id),
    -- the door's
    key TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX front_desk_floor ON front_desk (floor);
"""
RECORD = '''\
@dataclass(frozen=True, slots=True)
class FrontDesk:
    """A desk that visitors come to."""

    id: str
    floor: int = 0
    open: str = "Y"
    sign: str = ""
    keepers: tuple[str, ...] = ("ann",)
    chief: str = ""
'''


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_a_generated_file_equals_the_code(path: Path) -> None:
    assert path.read_text() == GENERATED[path](path.read_text()), "out of date: python -m tools.pages"


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_a_change_by_hand_between_the_marks_is_found(path: Path) -> None:
    text = path.read_text()
    start = re.search(r"^ *(?:<!--|--|#) <?([a-z-]+)>?.*\n(?=[\s\S]*^ *(?:<!--|--|#) <?/\1\b)", text, re.MULTILINE)
    assert start
    changed = text[: start.end()] + "a line of somebody's\n" + text[start.end() :]
    assert GENERATED[path](changed) == text


def test_a_new_option_is_a_column_and_a_field() -> None:
    assert schema_tables.table(DESK) == COLUMNS
    assert core_records.record(DESK) == RECORD


def test_only_files_that_differ_are_written(tmp_path: Path) -> None:
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    page.write_text("old")
    other.write_text("new")
    assert outdated({path: lambda _: "new" for path in (page, other)}) == {page: "new"}


def test_a_mark_that_is_missing_is_an_error() -> None:
    assert between("a\n[\nold\n]\nb\n", "[\n", "]\n", "new\n") == "a\n[\nnew\n]\nb\n"
    for text in ("a\n]\n", "[\na\n", "[\n]\n[\n]\n"):
        with pytest.raises(ValueError, match="unpack"):
            between(text, "[\n", "]\n", "new\n")
