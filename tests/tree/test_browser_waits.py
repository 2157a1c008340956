"""A test of a page does not read the page at once after a press: it may still draw, or wait for an answer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tree.test_imports import ROOT

ACTS = {"check", "click", "dblclick", "fill", "insert_text", "press", "press_sequentially", "reload", "type"}
READS = {
    *("all_inner_texts", "axe", "content", "count", "evaluate", "focus", "get_attribute", "inner_text", "input_value"),
    *("is_hidden", "is_visible", "requests", "text_content", "title"),
}
FOLDERS = ("browser", "shift", "managers")
FILES = [file for folder in FOLDERS for file in sorted((ROOT / "tests" / folder).rglob("*.py"))]
PRESSED = "async def test() -> None:\n    await page.keyboard.press('y')\n    "


def hasty(source: str) -> Iterator[int]:
    """Return the line of each statement that reads the page, or its requests, with nothing awaited since an act."""
    for node in ast.walk(ast.parse(source)):
        block, acted = getattr(node, "body", None), False
        for one in block if isinstance(block, list) else ():
            used = {each.attr for each in ast.walk(one) if isinstance(each, ast.Attribute)}
            if acted and isinstance(one, ast.Assert | ast.Assign) and used & READS:
                yield one.lineno
            if any(isinstance(each, ast.Await) for each in ast.walk(one)):
                acted = isinstance(one, ast.Expr) and bool(used & ACTS)


@pytest.mark.parametrize("file", FILES, ids=str)
def test_no_test_reads_the_page_directly_after_a_press(file: Path) -> None:
    why = "wait for the state: expect(...), has_focus, sends_only, or settles before a read that must be one"
    assert list(hasty(file.read_text())) == [], why


@pytest.mark.parametrize(
    "read", ["await rows.count() == 6", "server.requests == []", "await page.locator('b').inner_text() == 'x'"]
)
def test_a_read_directly_after_a_press_is_found(read: str) -> None:
    assert list(hasty(f"{PRESSED}assert {read}")) == [3]
    assert list(hasty(f"{PRESSED}rows = page.locator('tr')\n    found = {read}")) == [4]


@pytest.mark.parametrize("read", ["assert (await one.commands(1))[0] == 'x'", "await expect(rows).to_have_count(6)"])
def test_a_wait_after_a_press_is_not_found(read: str) -> None:
    assert list(hasty(PRESSED + read)) == []
