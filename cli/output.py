"""What commands print: tables for people, JSON for programs, one line for what went wrong."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

UNLIMITED = 10_000  # columns: what is read by a program is never wrapped

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(data: object) -> None:
    """One JSON document."""
    print(json.dumps(data, indent=2, ensure_ascii=False))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal; without colours where the output is no terminal, or NO_COLOR is set."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for place, head in enumerate(heads):
        table.add_column(head, overflow="fold", no_wrap=place == 0)  # the name that a row is found by stays whole
    for row in rows:
        table.add_row(*map(Text, row))
    console().print(table)


def console() -> "Console":
    """Where people read."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else UNLIMITED)


def complain(text: object) -> None:
    """One line about what went wrong, to stderr."""
    print(f"warmline: {text}", file=sys.stderr)
