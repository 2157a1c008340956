"""The tables of docs/reference/webhook-variables.md, made from the table of variables."""

from collections.abc import Callable, Mapping
from functools import partial

from pages.marked_text import PROJECT, cell, rows, with_tables
from warmline.text.webhook_variables import EMPTY, OF_CALL, OF_LEAD, OURS

PAGE = PROJECT / "docs/reference/webhook-variables.md"


def variables(named: Mapping[str, str]) -> str:
    """Return a row for each variable."""
    return rows(("variable", "value"), *((f"`{name}`", cell(meaning)) for name, meaning in named.items()))


def empty() -> str:
    """Return the names of VICIdial's variables that have no value."""
    return ", ".join(f"`{name}`" for name in EMPTY) + "."


TABLES: dict[str, Callable[[], str]] = {
    "call": partial(variables, OF_CALL),
    "ours": partial(variables, OURS),
    "lead": partial(variables, OF_LEAD),
    "empty": empty,
}


def filled(text: str) -> str:
    """Return the page with each table made again."""
    return with_tables(text, TABLES)
