"""The table of docs/reference/doctor.md, made from the list of checks."""

from cli.doctor.check_list import TABLE
from pages.marked_text import PROJECT, cell, rows, with_tables

PAGE = PROJECT / "docs/reference/doctor.md"


def checks() -> str:
    """Return a row for each check, in the order in which they run."""
    return rows(("check", "passes if"), *((f"`{check.name}`", cell(check.passes_if)) for check in TABLE))


def filled(text: str) -> str:
    """Return the page with the table made again."""
    return with_tables(text, {"checks": checks})
