"""Shared by the generators: rows of a Markdown table, a whole page, and the text between two marks of a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[2]
GENERATED = PROJECT / "docs/reference/generated"  # pages that are made whole


def rows(*lines: tuple[str, ...]) -> str:
    """Return a Markdown table; the first line is its head."""
    head, *body = lines
    marks = "|".join("---" for _ in head)
    return "\n".join(["| " + " | ".join(head) + " |", f"|{marks}|", *("| " + " | ".join(line) + " |" for line in body)])


def cell(text: str) -> str:
    """Return the text in the form of a Markdown table's cell."""
    return text.replace("|", "\\|")


def whole_page(title: str, head: str, *parts: str) -> str:
    """Return a page of the generated folder: its title, the sentences of its head, and its tables and headings."""
    return "\n\n".join([f"# {title}", head, *parts]).rstrip("\n") + "\n"


def with_tables(text: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """Return the page with new text between the marks `<!-- NAME -->` and `<!-- /NAME -->` of each table.

    Raises ValueError if the page does not have each mark exactly once.
    """
    for name, make in tables.items():
        text = between(text, f"<!-- {name} -->\n", f"<!-- /{name} -->\n", make() + "\n")
    return text


def between(text: str, start: str, end: str, new: str) -> str:
    """Return the text with `new` between two lines, which stay.

    Raises ValueError if a line does not occur exactly once.
    """
    before, old = text.split(start)
    _, after = old.split(end)
    return before + start + new + end + after
