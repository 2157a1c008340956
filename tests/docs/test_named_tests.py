"""A test that a page names exists."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGES = sorted((PROJECT / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_test_named_on_a_page_exists(page: Path) -> None:
    named = re.findall(r"`(tests/[\w/.]*)`", page.read_text())
    assert [name for name in named if not (PROJECT / name).exists()] == []


def test_some_are_named() -> None:
    assert "`tests/scenarios/restarts/test_app_stopped.py`" in (PROJECT / "docs/explanation/security.md").read_text()
