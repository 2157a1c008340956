"""The tables that pages show have the columns that the commands have."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.agent import agent_status, callback
from cli.audit import audit_calls, audit_recordings, audit_transfers
from cli.calls import history

PROJECT = Path(__file__).parents[2]
PAGES = [PROJECT / "README.md", *(PROJECT / "docs/tutorial").glob("*.md")]
REPORTS = {"calls": audit_calls, "recordings": audit_recordings, "transfers": audit_transfers}
HEADS = {
    "agent status": agent_status.HEADS,
    "agent callbacks": callback.HEADS,
    "history": history.HEADS,
} | {
    f"audit {name}": tuple(one.heading.strip() or one.name for one in report.COLUMNS)
    for name, report in REPORTS.items()
}
TYPED = re.compile(r"^\$ warmline ((?:agent |audit )?[a-z]+)(.*)\n((?:[^$`].*\n)+)", re.M)


def shown() -> Iterator[tuple[str, list[str]]]:
    """Each table of those commands: whose, and the columns' names, with those for which there was no room."""
    for page in PAGES:
        for command, options, lines in TYPED.findall(page.read_text()):
            first = lines.split("\n")[0]
            if command in HEADS and "--csv" not in options and "  " in first:
                left_out = re.search(r"^No room for (.*): see --fields", lines, re.MULTILINE)
                yield command, re.split(r"\s{2,}", first.strip()) + (left_out[1].split(", ") if left_out else [])


@pytest.mark.parametrize(("command", "heads"), list(shown()))
def test_each_column_is_one_of_the_command(command: str, heads: list[str]) -> None:
    assert [head for head in heads if head not in HEADS[command]] == []


def test_each_table_is_shown_on_a_page() -> None:
    assert {command for command, _ in shown()} == set(HEADS)
