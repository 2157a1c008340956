"""Writes the tables of variables and results in docs/how-to/after-the-call.md."""

from pages.marked_text import PROJECT, rows, with_tables
from warmline.core.rules.call_result import RESULTS, VARIABLES

PAGE = PROJECT / "docs/how-to/after-the-call.md"


def variables() -> str:
    """Return a row for each variable."""
    found = VARIABLES | {"WARMLINE_DATA_name": "each item of [the call's data](call-data.md)"}
    return rows(("variable", "value"), *((f"`{name}`", text) for name, text in found.items()))


def results() -> str:
    """Return a row for each word of WARMLINE_RESULT."""
    return rows(("`WARMLINE_RESULT`", "what happened"), *((f"`{word}`", text) for word, text in RESULTS.items()))


def filled(text: str) -> str:
    """Return the page with new tables."""
    return with_tables(text, {"variables": variables, "results": results})
