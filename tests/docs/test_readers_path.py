"""A reader's way from README to the first call: README, the page for what they have, and the first how-to guide."""

import re
from pathlib import PurePosixPath

import pytest

from tests.docs.page_blocks import PROJECT, SHELLS, blocks

README, INDEX = "README.md", "docs/index.md"
SCREEN = 60  # lines of a page of docs/start
WAY = 600  # lines in all
FIRST_SCREEN = 30  # lines of README
TYPED = 10  # lines
STARTS = ("bot", "freepbx", "queue", "scripts", "vicidial")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def lines(page: str) -> list[str]:
    """Return the lines of a page."""
    return (PROJECT / page).read_text().splitlines()


def links(page: str, most: int | None = None) -> set[str]:
    """Return the pages to which the first lines of a page lead, by their paths below the project."""
    text = "\n".join(lines(page)[:most])
    found = (PROJECT / page).parent
    return {str((found / link).resolve().relative_to(PROJECT)) for link in LINK.findall(text)}


def starts() -> list[str]:
    """Return the pages that begin with what a reader has."""
    return sorted(str(path.relative_to(PROJECT)) for path in (PROJECT / "docs/start").glob("*.md"))


def first_how_to() -> str:
    """Return the first page of the how-to guides in the index."""
    guides = (PROJECT / INDEX).read_text().partition("\n## How-to guides")[2]
    return str(PurePosixPath("docs", LINK.findall(guides)[0]))


def test_the_way_is_short() -> None:
    way = [README, *starts(), first_how_to()]
    assert len(way) == 7
    assert sum(len(lines(page)) for page in way) <= WAY


def test_the_first_screen_of_readme_leads_to_each_start() -> None:
    assert starts() == [f"docs/start/{name}.md" for name in STARTS]
    assert set(starts()) <= links(README, FIRST_SCREEN)


def test_readme_leads_to_the_first_how_to_guide() -> None:
    assert first_how_to() == "docs/how-to/install.md"
    assert first_how_to() in links(README)


def test_the_index_has_each_start() -> None:
    assert set(starts()) <= links(INDEX)


@pytest.mark.parametrize("page", starts())
def test_a_start_is_one_screen_with_lines_to_type(page: str) -> None:
    assert len(lines(page)) <= SCREEN
    typed = next(block.text.splitlines() for block in blocks(page) if block.language in SHELLS)
    assert 1 < len(typed) <= TYPED


@pytest.mark.parametrize("page", starts())
def test_a_start_leads_on(page: str) -> None:
    """To the first how-to guide, and to at least two other pages."""
    assert first_how_to() in links(page)
    assert len(links(page)) > 2
