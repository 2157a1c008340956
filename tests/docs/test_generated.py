"""Files that are made from the code are what it says; a part of one that was changed by hand is found."""

import re
from pathlib import Path

import pytest

from pages.generated import GENERATED, outdated
from pages.marked_text import between


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_it_is_what_the_code_says(path: Path) -> None:
    assert path.read_text() == GENERATED[path](path.read_text()), "out of date: python -m pages"


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_a_change_by_hand_between_the_marks_is_found(path: Path) -> None:
    text = path.read_text()
    start = re.search(r"^ *(?:<!--|--|#) <?([a-z-]+)>?.*\n(?=[\s\S]*^ *(?:<!--|--|#) <?/\1\b)", text, re.MULTILINE)
    assert start
    changed = text[: start.end()] + "a line of somebody's\n" + text[start.end() :]
    assert GENERATED[path](changed) == text


def test_only_files_that_differ_are_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    page.write_text("old")
    other.write_text("new")
    for path in tuple(GENERATED):
        monkeypatch.delitem(GENERATED, path)
    for path in (page, other):
        monkeypatch.setitem(GENERATED, path, lambda _: "new")
    assert outdated() == {page: "new"}


def test_a_mark_that_is_missing_is_an_error() -> None:
    assert between("a\n[\nold\n]\nb\n", "[\n", "]\n", "new\n") == "a\n[\nnew\n]\nb\n"
    for text in ("a\n]\n", "[\na\n", "[\n]\n[\n]\n"):
        with pytest.raises(ValueError, match="unpack"):
            between(text, "[\n", "]\n", "new\n")
