"""Shared by the generators: rows of a Markdown table, and the text between two marks of a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def rows(*lines: tuple[str, ...]) -> str:
    """Return a Markdown table; the first line is its head."""
    head, *body = lines
    marks = "|".join("---" for _ in head)
    return "\n".join(["| " + " | ".join(head) + " |", f"|{marks}|", *("| " + " | ".join(line) + " |" for line in body)])


def cell(text: str) -> str:
    """Return the text in the form of a Markdown table's cell."""
    return text.replace("|", "\\|")


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
