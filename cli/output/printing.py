"""What commands print: tables for people, JSON for programs, one line for what went wrong."""

import json
import sys
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import time_zone
from warmline.text.printable import is_shown

if TYPE_CHECKING:
    from rich.console import Console

VERSION = 1  # of the JSON: counted up when a field goes away or means something else
fields: tuple[str, ...] = ()  # of the JSON, that this command line asks for; none: all

UNLIMITED = 10_000  # columns: what is read by a program is never wrapped
GAP = 2  # columns between two of a table
NARROWEST, LONGEST_WORD = 9, 28  # columns of what is folded; a word longer than that is broken

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(data: Any) -> None:
    """One JSON document: an object or a list of objects, with the fields that were asked for; nothing comes behind."""
    time_zone.footer()
    print(escaped(json.dumps(picked(data) if fields else data, indent=2, ensure_ascii=False)))


def json_line(data: Any) -> str:
    """The same in one line: for what comes one after the other."""
    return escaped(json.dumps(picked(data) if fields else data, ensure_ascii=False))


def picked(data: Any) -> Any:
    """Only those `fields`, in their order. Raises TyperException at one that there is not."""
    if isinstance(data, list):
        return [picked(one) for one in data]
    for name in fields:
        if name not in data:
            raise typer.BadParameter(f"there is no field {name!r}; there are {', '.join(data)}")
    return {name: data[name] for name in fields}


def print_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    free: Container[str] | None = None,
    spare: Sequence[str] = (),
) -> None:
    """A table as wide as the terminal; without colours where the output is no terminal, or NO_COLOR is set.

    Where it is too wide, the columns whose heads are `spare` are left out, the first named first, and those that are
    `free` are folded between words; what a column has in all others stays whole. By default the first stays whole.
    """
    from rich.table import Table
    from rich.text import Text

    found, here = [[printable(cell, "\n\t") for cell in row] for row in rows], console()
    folds = set(heads[1:]) if free is None else {head for head in heads if head in free}
    widths = fitted(heads, found, folds, spare, here.width)
    table = Table(box=None, header_style="bold", padding=(0, GAP, 0, 0), pad_edge=False)
    for place, width in widths.items():
        table.add_column(heads[place], overflow="fold", no_wrap=heads[place] not in folds, width=width)
    for row in found:
        table.add_row(*(Text(row[place]) for place in widths))
    here.width = max(here.width, _whole(widths))  # what does not fit the terminal folds there, and loses nothing
    here.print(table)


def printable(text: str, kept: str = "") -> str:
    """The text with a `?` for what is no letter or sign: what somebody sends along can do nothing to the terminal."""
    if text.isprintable():
        return text
    return "".join(letter if is_shown(letter) or letter in kept else "?" for letter in text)


def cleaned(data: Any) -> Any:
    """The same data with each text printable; lines and tabs stay."""
    match data:
        case str():
            return printable(data, "\n\t")
        case dict():
            return {name: cleaned(value) for name, value in data.items()}
        case list():
            return [cleaned(one) for one in data]
    return data


def escaped(document: str) -> str:
    """A JSON document that says the same and can do nothing to a terminal: U+009B begins a command on some."""
    if document.replace("\n", "").isprintable():
        return document
    return "".join(
        letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1] for letter in document
    )


def fitted(
    heads: Sequence[str], rows: Sequence[Sequence[str]], folds: Container[str], spare: Sequence[str], room: int
) -> dict[int, int]:
    """Which columns there is room for, and how wide each is."""
    from rich.cells import cell_len

    def longest(place: int, least: bool) -> int:
        cells = [heads[place], *(row[place] for row in rows)]
        return max(cell_len(part) for cell in cells for part in ((cell.split() or [""]) if least else cell.split("\n")))

    widths = {place: longest(place, False) for place in range(len(heads))}
    least = {
        place: min(width, max(NARROWEST, min(longest(place, True), LONGEST_WORD))) if heads[place] in folds else width
        for place, width in widths.items()
    }
    for head in spare:
        empty = not any(row[heads.index(head)] for row in rows)
        if _whole(widths if empty else least) > room:
            del widths[place := heads.index(head)], least[place]
    while _whole(widths) > room:
        shrinks = [place for place in widths if widths[place] > least[place]]
        if not shrinks:
            break
        widths[max(shrinks, key=widths.__getitem__)] -= 1
    return widths


def _whole(widths: Mapping[int, int]) -> int:
    return sum(widths.values()) + GAP * (len(widths) - 1)


def console() -> "Console":
    """Where people read."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else UNLIMITED)


def complain(text: object) -> None:
    """One line about what went wrong, to stderr; on a terminal it goes on in the next line between two words."""
    said = printable(f"warmline: {text}", "\n\t")
    if sys.stderr.isatty():
        from shutil import get_terminal_size
        from textwrap import fill

        said = fill(said, get_terminal_size().columns, break_long_words=False, break_on_hyphens=False)
    print(said, file=sys.stderr)
