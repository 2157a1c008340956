"""Prints a report one way for people and three for programs, row by row: however many there are, few are in memory."""

import csv
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from textwrap import fill
from typing import Annotated, Any, NamedTuple

import typer

from cli.arguments import completion
from cli.output.printing import VERSION, escaped, printable
from cli.output.time_format import date_and_time, iso, length

PAGE = 500  # rows whose columns are measured together
GAP = "  "
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a terminal may take these for commands
# A stranger chose his number and his name. With a plus and digits a number is no harm, and stays one to programs.
FORMULA = re.compile(r"(?!\+[0-9]+\Z)[=+\-@\t\n]")


def fields(context: typer.Context, incomplete: str) -> list[str]:
    """Offers the fields of a report, behind those that are named already."""
    before, comma, begun = incomplete.rpartition(",")
    columns = getattr(import_module(f"{__package__}.audit_{context.info_name}"), "COLUMNS", ())
    named = before.split(",")
    return [
        f"{before}{comma}{one}"
        for one in completion.beginning(begun, (one.field for one in columns))
        if one not in named
    ]


Csv = Annotated[bool, typer.Option("--csv", help="Print CSV, with the fields' names first.")]
Ndjson = Annotated[bool, typer.Option("--ndjson", help="Print a JSON object a line.")]
Fields = Annotated[
    str,
    typer.Option("--fields", metavar="A,B", help="Only these fields, in this order.", autocompletion=fields),
]

Row = Mapping[str, Any]


class ValueFormat(NamedTuple):
    """How a value is shown to people and told to programs; None is empty to both."""

    shown: Callable[[Any], str]
    told: Callable[[Any], object]
    unit: str = ""  # behind the field's name, for programs
    right: bool = False
    least: int = 0  # letters that are kept when the terminal is too narrow; 0: all, for half a number is another one
    cut: str = "…"  # in place of the last letter, if some are gone


def _listed(values: Mapping[str, int]) -> str:
    return "  ".join(f"{name} {values[name]}" for name in sorted(values))


TEXT = ValueFormat(str, lambda value: value, least=8)
CODE = ValueFormat(str, lambda value: value)
ID = ValueFormat(str, lambda value: value, least=12, cut="")  # its beginning is enough for every command that takes one
TIME = ValueFormat(date_and_time, iso, least=16, cut="")  # without the seconds, if need be
SPAN = ValueFormat(length, lambda microseconds: microseconds / 1000, "_ms", right=True)  # from microseconds
TOOK = ValueFormat(
    lambda took: f"{took / 1000:,.1f} ms", SPAN.told, "_ms", right=True
)  # of what is over in milliseconds
COUNT = ValueFormat(str, lambda value: value, right=True)
SHARE = ValueFormat("{:.1%}".format, lambda value: round(value, 4), right=True)
YES = ValueFormat(lambda value: "yes" if value else "", bool)
SEVERAL = ValueFormat(_listed, lambda value: value, least=12)


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A field of a report. `head` is its name for people, its own if left out; "" is shown when it is asked for.

    Where a terminal is too narrow, only those `spare` ones are shown that there is room for, the lowest first.
    """

    name: str
    form: ValueFormat = TEXT
    head: str | None = None
    spare: int = 0

    @property
    def field(self) -> str:
        """Its name for programs."""
        return self.name + self.form.unit

    @property
    def heading(self) -> str:
        return self.name.replace("_", " ") if self.head in (None, "") else str(self.head)

    def shown(self, rows: Sequence[Row]) -> list[str]:
        """The values for people."""
        name, form = self.name, self.form.shown
        texts = ["" if row[name] is None else form(row[name]) for row in rows]
        return texts if "".join(texts).isprintable() else [printable(text) for text in texts]

    def told(self, row: Row) -> object:
        """The value for programs."""
        value = row[self.name]
        return None if value is None else self.form.told(value)


@dataclass(frozen=True, slots=True)
class ReportWriter:
    """Where a report goes, and how: `style` is table, json, csv or ndjson; `fields` are those wanted, or none: all."""

    style: str = "table"
    fields: tuple[str, ...] = ()

    @property
    def for_people(self) -> bool:
        return self.style == "table"

    def print(
        self,
        name: str,
        columns: Sequence[ReportColumn],
        rows: Iterable[Row],
        head: Mapping[str, object] | None = None,
        tail: Callable[[], Mapping[str, object]] = dict,
    ) -> int:
        """Print the rows; returns how many there were.

        In JSON they are under `name`; `head` goes before them, and `tail`, which is asked after the last, behind.
        A table of no rows is not printed. Raises typer.BadParameter for fields that there are not.
        """
        wanted = self._wanted(columns)
        counted = _Counted(rows)
        match self.style:
            case "json":
                _json(name, wanted, counted, head or {}, tail)
            case "csv":
                _csv(wanted, counted)
            case "ndjson":
                for row in counted:
                    print(escaped(json.dumps(_document(wanted, row), ensure_ascii=False)))
            case _:
                _table(wanted, counted, asked=bool(self.fields))
        return counted.count

    def _wanted(self, columns: Sequence[ReportColumn]) -> list[ReportColumn]:
        if not self.fields:
            return [one for one in columns if one.head != "" or not self.for_people]
        known = {field: one for one in columns for field in (one.name, one.field)}
        if unknown := [field for field in self.fields if field not in known]:
            raise typer.BadParameter(
                f"--fields: there is no field {unknown[0]!r}; there are: {', '.join(one.field for one in columns)}"
            )
        return [known[field] for field in self.fields]


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def sheet(as_json: bool, as_csv: bool, as_ndjson: bool, fields: str) -> ReportWriter:
    """What the four options mean. Raises typer.BadParameter if they ask for two things."""
    given = [style for style, wanted in (("json", as_json), ("csv", as_csv), ("ndjson", as_ndjson)) if wanted]
    if len(given) > 1:
        raise typer.BadParameter(f"{' and '.join(f'--{style}' for style in given)}: give only one of them")
    names = tuple(part.strip() for part in fields.split(",")) if fields else ()
    return ReportWriter(given[0] if given else "table", names)


def _document(columns: Sequence[ReportColumn], row: Row) -> dict[str, object]:
    return {one.field: one.told(row) for one in columns}


def _json(
    name: str,
    columns: Sequence[ReportColumn],
    rows: Iterable[Row],
    head: Mapping[str, object],
    tail: Callable[[], Mapping[str, object]],
) -> None:
    """One document, written as it goes."""
    begun = {"version": VERSION, **head}
    print(f"{json.dumps(begun, ensure_ascii=False)[:-1]}, {json.dumps(name)}: [", end="")
    between = "\n "
    for row in rows:
        print(between + escaped(json.dumps(_document(columns, row), ensure_ascii=False)), end="")
        between = ",\n "
    rest = "".join(f", {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in tail().items())
    print(f"]{rest}}}")


def _csv(columns: Sequence[ReportColumn], rows: Iterable[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([one.field for one in columns])
    for row in rows:
        writer.writerow([_cell(one.told(row)) for one in columns])


def _cell(value: object) -> object:
    """A value as it is in CSV: a text that would be a formula begins with an apostrophe."""
    if isinstance(value, str):
        value = CONTROL.sub("?", value.replace("\r", "\n"))  # which csv quotes
        return f"'{value}" if FORMULA.match(value) else value
    return json.dumps(value) if isinstance(value, dict | list | tuple) else value


def _table(columns: Sequence[ReportColumn], rows: Iterable[Row], *, asked: bool) -> None:
    """Lines of columns, all of them if they were `asked` for. Each page is at least as wide as the one before."""
    terminal = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    widths = [len(one.heading) for one in columns]
    shown, left_out, left, first = columns, list[str](), iter(rows), True
    while page := list(islice(left, PAGE)):
        cells = [one.shown(page) for one in shown]
        widths = [max(width, *map(len, texts)) for width, texts in zip(widths, cells, strict=True)]
        if first and terminal and not asked:
            kept = _room(shown, widths, terminal)
            left_out = [one.heading.strip() or one.name for place, one in enumerate(shown) if place not in kept]
            shown, widths = [shown[place] for place in kept], [widths[place] for place in kept]
            cells = [cells[place] for place in kept]
        shares = _narrowed(shown, widths, terminal) if terminal else widths
        if first:
            [line] = _lines(shown, [[one.heading] for one in shown], shares)
            print(f"\x1b[1m{line}\x1b[0m" if bold else line)
            first = False
        print("\n".join(_lines(shown, cells, shares)))
    if left_out:
        print(fill(f"No room for {', '.join(left_out)}: see --fields", terminal, break_on_hyphens=False))


def _lines(columns: Sequence[ReportColumn], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """The cells of each column side by side, as wide as told."""
    fitted = [
        [_fit(text, width, one.form) for text in texts]
        for one, texts, width in zip(columns, cells, widths, strict=True)
    ]
    return (GAP.join(line).rstrip() for line in zip(*fitted, strict=True))


def _fit(text: str, width: int, form: ValueFormat) -> str:
    if len(text) > width:
        return text[: width - len(form.cut)] + form.cut
    return text.rjust(width) if form.right else text.ljust(width)


def _least(column: ReportColumn, width: int) -> int:
    """How narrow a column of that width may become."""
    return min(width, max(column.form.least, len(column.heading))) if column.form.least else width


def _room(columns: Sequence[ReportColumn], widths: Sequence[int], terminal: int) -> list[int]:
    """The places of the columns that a terminal has room for, as narrow as they can be."""
    kept = [place for place, one in enumerate(columns) if not one.spare]
    for spare in sorted(set(range(len(columns))) - set(kept), key=lambda place: columns[place].spare):
        if _whole([_least(columns[place], widths[place]) for place in (*kept, spare)]) <= terminal:
            kept.append(spare)
    return sorted(kept)


def _narrowed(columns: Sequence[ReportColumn], widths: Sequence[int], terminal: int) -> list[int]:
    """The widths for a terminal of so many letters: what is cut without a trace first, then the widest."""
    found = list(widths)
    least = [_least(one, width) for one, width in zip(columns, widths, strict=True)]
    while _whole(found) > terminal:
        wide = [place for place, width in enumerate(found) if width > least[place]]
        if not wide:
            break
        place = max(wide, key=lambda place: (not columns[place].form.cut, found[place]))
        found[place] = found[place] - 1 if columns[place].form.cut else least[place]
    return found


def _whole(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)
