"""Writes the table of reports in docs/how-to/audit.md from the command tree."""

from typing import Any

from tools.pages.cli_page import arguments, whole_tree
from tools.pages.marked_text import PROJECT, cell, rows, with_tables

PAGE = PROJECT / "docs/how-to/audit.md"
SHARED = ("--since", "--day", "--between", "--json", "--csv", "--ndjson", "--fields")
OTHERS = ("replay", "verify")  # they compare records, and the page describes them elsewhere


def reports() -> str:
    """Return a row for each report: what it shows, and which options of the page's first table it has."""
    group = whole_tree().commands["audit"]
    found = {name: command for name, command in group.commands.items() if name not in OTHERS}
    return rows(("report", "what it shows", "options"), *(_row(name, one) for name, one in found.items()))


def _row(name: str, command: Any) -> tuple[str, str, str]:
    given = {word for option in command.params for word in option.opts}
    has = [word for word in SHARED if word in given]
    options = "all" if len(has) == len(SHARED) else ", ".join(f"`{word}`" for word in has)
    return f"`{cell(' '.join((name, *arguments(command))))}`", cell(" ".join(command.help.split())), options


def filled(text: str) -> str:
    """Return the page with a new table."""
    return with_tables(text, {"reports": reports})
