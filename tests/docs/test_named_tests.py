"""A test that a page names exists."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGES = sorted((PROJECT / "docs").rglob("*.md"))


def test_each_test_named_on_a_page_exists() -> None:
    named = [(page.name, name) for page in PAGES for name in re.findall(r"`(tests/[\w/.]*)`", page.read_text())]
    assert [(page, name) for page, name in named if not (PROJECT / name).exists()] == []


def test_some_are_named() -> None:
    assert "`tests/scenarios/restarts/test_app_stopped.py`" in (PROJECT / "docs/explanation/security.md").read_text()
