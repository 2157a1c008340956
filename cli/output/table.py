"""Prints tables: as wide as the terminal allows, or in a pipe as wide as they need.

Rows come in pages, and each page is printed before the next is read. The columns of a page are measured together; those
of a later page are at least as wide.
"""

import os
import shutil
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from enum import Enum
from itertools import zip_longest
from textwrap import fill
from typing import NamedTuple

from cli.output.printing import printable

GAP = "  "
NAME, LEAST_OF_NAME = "name", 16  # the head of a column of names, and the characters of it that are kept
NARROWEST, LONGEST_WORD = 9, 28  # characters of a folded column; a longer word is broken

Cells = Sequence[Sequence[str]]  # the cells of each column


class Narrow(Enum):
    """The part of a column that is cut if the terminal is too narrow."""

    NOTHING = "nothing: half a number is another one"
    END = "the end of its cells, without a trace: an id, or the seconds of a time"
    TEXT = "the end of its cells, with a sign in its place"
    WIDTH = "nothing: its cells go on in the next line between two words"


class TableColumn(NamedTuple):
    """A column: its head, whether cells are aligned right, and how it is narrowed; `least` characters are kept.

    A `spare` column is shown only if there is space, the lowest number first; 0 is always shown. `name` is used in
    hints if the head is empty. A column with `if_any` is left out if the first page has no text in it.
    """

    head: str
    name: str = ""
    right: bool = False
    narrow: Narrow = Narrow.NOTHING
    least: int = 0
    spare: int = 0
    if_any: bool = False


def print_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    free: Container[str] | None = None,
    spare: Sequence[str] = (),
    if_any: Container[str] = (),
) -> None:
    """Print rows of texts.

    If a terminal is too narrow, the columns in `spare` are left out, the first name first. Columns in `free` are folded
    between words, names are cut, and all others stay whole. By default, the first column stays whole. Columns in
    `if_any` are left out if no row has a text in them.
    """
    folds = heads[1:] if free is None else [head for head in heads if head in free]
    columns = [
        TableColumn(
            head,
            narrow=Narrow.WIDTH if head in folds else Narrow.TEXT if head == NAME else Narrow.NOTHING,
            least=LEAST_OF_NAME if head == NAME else 0,
            spare=len(spare) - spare.index(head) if head in spare else 0,
            if_any=head in if_any,
        )
        for head in heads
    ]
    found = [[printable(cell, "\n\t").expandtabs() for cell in row] for row in rows]
    print_pages(columns, [list(zip(*found, strict=True)) or [()] * len(columns)], every=False)


def print_pages(columns: Sequence[TableColumn], pages: Iterable[Cells], *, every: bool = True, hint: str = "") -> None:
    """Print the pages of a table, with the head above the first page; print nothing if there is no page.

    Without `every`, spare columns may be left out; `hint` then says how to see them.
    """
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    widths, first = [_width([one.head]) for one in columns], True
    wanted = kept = list(range(len(columns)))
    for page in pages:
        widths = [max(width, _width(cells)) for width, cells in zip(widths, page, strict=True)]
        least = [_least(one, width, cells) for one, width, cells in zip(columns, widths, page, strict=True)]
        if first and not every:
            wanted = [place for place in wanted if any(page[place]) or not columns[place].if_any]
            kept = _kept(columns, wanted, widths, least, page, room) if room else wanted
        shown = [columns[place] for place in kept]
        shares = [widths[place] for place in kept]
        if room:
            shares = _narrowed(shown, shares, [least[place] for place in kept], room)
        if first:
            for line in _lines(shown, [[one.head] for one in shown], shares):
                print(f"\x1b[1m{line}\x1b[0m" if _bold() else line)
            first = False
        if lines := list(_lines(shown, [page[place] for place in kept], shares)):
            print("\n".join(lines))
    if left_out := [columns[place] for place in wanted if place not in kept] if hint else []:
        heads = ", ".join(one.head.strip() or one.name for one in left_out)
        print(fill(f"No room for {heads}: {hint}", room, break_on_hyphens=False))


def _bold() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _lines(columns: Sequence[TableColumn], cells: Cells, widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the columns side by side, in these widths."""
    fitted = [_fitted(one, texts, width) for one, texts, width in zip(columns, cells, widths, strict=True)]
    for row in zip(*fitted, strict=True):
        if any("\n" in cell for cell in row):
            for line in zip_longest(*(cell.split("\n") for cell in row)):
                filled = (" " * width if part is None else part for part, width in zip(line, widths, strict=True))
                yield GAP.join(filled).rstrip()
        else:
            yield GAP.join(row).rstrip()


def _fitted(column: TableColumn, texts: Sequence[str], width: int) -> list[str]:
    """Return the cells in this width; a folded cell has several lines."""
    together = "".join(texts)
    if together.isascii() and "\n" not in together and max(map(len, texts), default=0) <= width:
        return [text.rjust(width) for text in texts] if column.right else [text.ljust(width) for text in texts]
    return ["\n".join(_padded(line, width, column.right) for line in _parts(column, text, width)) for text in texts]


def _parts(column: TableColumn, text: str, width: int) -> list[str]:
    """Return the lines of a cell, none wider than `width`."""
    if _width([text]) <= width:
        return text.split("\n")
    if column.narrow in (Narrow.NOTHING, Narrow.WIDTH):
        from rich.console import Console
        from rich.text import Text

        return [line.plain.rstrip() for line in Text(text).wrap(Console(width=width), width, overflow="fold")]
    from rich.cells import set_cell_size

    sign = "…" if column.narrow is Narrow.TEXT else ""
    return [set_cell_size(text, width - len(sign)) + sign]


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width([text]))
    return blanks + text if right else text + blanks


def _kept(
    columns: Sequence[TableColumn],
    wanted: Sequence[int],
    widths: Sequence[int],
    least: Sequence[int],
    page: Cells,
    room: int,
) -> list[int]:
    """Return the places of the `wanted` columns that fit at their narrowest.

    An empty spare column does not narrow another one.
    """
    kept = [place for place in wanted if not columns[place].spare]
    folds = any(one.narrow is Narrow.WIDTH for one in columns)
    for place in sorted((place for place in wanted if columns[place].spare), key=lambda one: columns[one].spare):
        taken = widths if folds and not any(page[place]) else least
        if _whole([taken[one] for one in (*kept, place)]) <= room:
            kept.append(place)
    return sorted(kept)


def _narrowed(columns: Sequence[TableColumn], widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return the widths for a terminal: columns that can be cut without a mark are narrowed first, then the widest."""
    found = list(widths)
    while _whole(found) > room:
        wide = [place for place, width in enumerate(found) if width > least[place]]
        if not wide:
            break
        place = max(wide, key=lambda place: (columns[place].narrow is Narrow.END, found[place]))
        found[place] = least[place] if columns[place].narrow is Narrow.END else found[place] - 1
    return found


def _least(column: TableColumn, width: int, cells: Sequence[str]) -> int:
    """Return how narrow a column with these cells can become."""
    if column.narrow is Narrow.WIDTH:
        longest = _width([word for cell in (column.head, *cells) for word in cell.split()])
        return min(width, max(NARROWEST, min(longest, LONGEST_WORD)))
    return width if column.narrow is Narrow.NOTHING else min(width, max(column.least, len(column.head)))


def _whole(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)


def _width(cells: Iterable[str]) -> int:
    """Return the terminal columns of the widest line of the cells."""
    together = "\n".join(cells)
    lines = together.split("\n")
    if together.isascii():
        return max(map(len, lines))
    from rich.cells import cell_len

    return max(map(cell_len, lines))
