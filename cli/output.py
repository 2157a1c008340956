"""What commands print: tables for people, JSON for programs, one line for what went wrong."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

VERSION = 1  # of the JSON: counted up when a field goes away or means something else
fields: tuple[str, ...] = ()  # of the JSON, that this command line asks for; none: all

UNLIMITED = 10_000  # columns: what is read by a program is never wrapped

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(data: Any) -> None:
    """One JSON document: an object or a list of objects, with the fields that were asked for."""
    print(json.dumps(picked(data) if fields else data, indent=2, ensure_ascii=False))


def picked(data: Any) -> Any:
    """Only those `fields`, in their order. Raises TyperException at one that there is not."""
    if isinstance(data, list):
        return [picked(one) for one in data]
    for name in fields:
        if name not in data:
            raise typer.BadParameter(f"there is no field {name!r}; there are {', '.join(data)}")
    return {name: data[name] for name in fields}


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
