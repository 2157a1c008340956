"""Prints a report as a table for people, or as JSON, CSV or NDJSON for programs.

Rows are printed one by one, so that a long report needs little memory.
"""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Annotated, Any, NamedTuple

import typer

from cli.arguments import completion
from cli.output.invalid_argument import InvalidArgument, with_nearest
from cli.output.json_output import json_line, one_form, print_rows
from cli.output.printing import printable
from cli.output.table import LEAST_OF_NAME, Narrow, TableColumn, print_pages
from cli.output.time_format import date_and_time, iso, length
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.daily_reports import report_table
from warmline.text.csv_cell import cell

PAGE = 500  # rows whose columns are measured together


def fields(context: typer.Context, incomplete: str) -> list[str]:
    """Return the completions of `--fields`, after the fields that are already named."""
    before, comma, begun = incomplete.rpartition(",")
    if context.parent and context.parent.info_name == "report":
        known = tuple(report_table.find(str(context.info_name)).columns)
    else:
        of_audit = import_module(f"{__package__}.audit_{context.info_name}")
        known = tuple(one.field for one in getattr(of_audit, "COLUMNS", ()))
    named = before.split(",")
    return [f"{before}{comma}{one}" for one in completion.beginning(begun, known) if one not in named]


Csv = Annotated[bool, typer.Option("--csv", help="Print CSV. The first line has the names of the fields.")]
Ndjson = Annotated[bool, typer.Option("--ndjson", help="Print each row as a line of JSON.")]
Fields = Annotated[
    str,
    typer.Option("--fields", metavar="A,B", help="Print only these fields, in this order.", autocompletion=fields),
]

Row = Mapping[str, Any]


class ValueFormat(NamedTuple):
    """How a value is shown to people and to programs; None is empty for both."""

    shown: Callable[[Any], str]
    told: Callable[[Any], object]
    unit: str = ""  # appended to the field's name, for programs
    right: bool = False
    narrow: Narrow = Narrow.NOTHING  # how it is shortened if the terminal is too narrow
    least: int = 0  # letters that are always kept
    if_any: bool = False  # left out of a table that would have none
    usual: str = ""  # shown only beside another value


def _listed(values: Mapping[str, int]) -> str:
    return "  ".join(f"{name} {values[name]}" for name in sorted(values))


TEXT = ValueFormat(str, lambda value: value, narrow=Narrow.TEXT, least=8)
NAME = ValueFormat(str, lambda value: value, narrow=Narrow.TEXT, least=LEAST_OF_NAME, if_any=True)
CODE = ValueFormat(str, lambda value: value)
ID = ValueFormat(str, lambda value: value, narrow=Narrow.END, least=12)  # enough for every command
TIME = ValueFormat(date_and_time, iso, narrow=Narrow.END, least=16)  # shortened by its seconds
SPAN = ValueFormat(length, lambda microseconds: microseconds / 1000, "_ms", right=True)  # from microseconds
COUNT = ValueFormat(str, lambda value: value, right=True)
SHARE = ValueFormat("{:.1%}".format, lambda value: round(value, 4), right=True)
YES = ValueFormat(lambda value: "yes" if value else "", bool)
SERVER = ValueFormat(str, lambda value: value, if_any=True, usual=MAIN_SERVER)
IF_ANY = ValueFormat(str, lambda value: value, narrow=Narrow.TEXT, least=8, if_any=True)
SEVERAL = ValueFormat(_listed, lambda value: value, narrow=Narrow.TEXT, least=12)


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A field of a report.

    `head` is its heading for people: None for its name; with "" the field is shown only if it is named in `--fields`.

    On a narrow terminal, fields with `spare` are left out until the table fits, the highest number first.
    """

    name: str
    form: ValueFormat = TEXT
    head: str | None = None
    spare: int = 0

    @property
    def field(self) -> str:
        """Return the field's name for programs."""
        return self.name + self.form.unit

    @property
    def heading(self) -> str:
        return self.name.replace("_", " ") if self.head in (None, "") else str(self.head)

    @property
    def column(self) -> TableColumn:
        """Return the column of a table."""
        form = self.form
        return TableColumn(self.heading, self.name, form.right, form.narrow, form.least, self.spare, form.if_any)

    def shown(self, rows: Sequence[Row]) -> list[str]:
        """Return the values for people."""
        name, form = self.name, self.form.shown
        if self.form.usual and all(row[name] in ("", self.form.usual) for row in rows):
            return [""] * len(rows)
        texts = ["" if row[name] is None else form(row[name]) for row in rows]
        return texts if "".join(texts).isprintable() else [printable(text) for text in texts]

    def told(self, row: Row) -> object:
        """Return the value for programs."""
        value = row[self.name]
        return None if value is None else self.form.told(value)


@dataclass(frozen=True, slots=True)
class ReportWriter:
    """The form of a report's output.

    `style` is table, json, csv or ndjson; `fields` are the names of the wanted fields, none for all.
    """

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
        """Print the rows, and return their number.

        In JSON, they are under `name`. The members of `head` come before them, those of `tail` after them; `tail` is
        called after the last row. A table without rows is not printed. Raises typer.BadParameter for unknown fields.
        """
        wanted = self.wanted(columns)
        counted = _Counted(rows)
        match self.style:
            case "json":
                print_rows(name, (_document(wanted, row) for row in counted), head or {}, tail)
            case "csv":
                _csv(wanted, counted)
            case "ndjson":
                for row in counted:
                    print(json_line(_document(wanted, row)))
            case _:
                _table(wanted, counted, asked=bool(self.fields))
        return counted.count

    def wanted(self, columns: Sequence[ReportColumn]) -> list[ReportColumn]:
        """Return the columns that `fields` names, or those that this form shows. Raises typer.BadParameter."""
        if not self.fields:
            return [one for one in columns if one.head != "" or not self.for_people]
        known = {field: one for one in columns for field in (one.name, one.field)}
        if unknown := [field for field in self.fields if field not in known]:
            raise with_nearest(
                InvalidArgument(
                    "report_field_unknown",
                    "--fields: there is no field {field!r}; allowed: {allowed}",
                    field=unknown[0],
                    allowed=", ".join(one.field for one in columns),
                ),
                unknown[0],
                known,
            )
        return [known[field] for field in self.fields]


class _Counted:
    """Rows that are counted while they are read."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def sheet(as_json: bool, as_csv: bool, as_ndjson: bool, fields: str) -> ReportWriter:
    """Return the writer that the four options describe. Raises typer.BadParameter if they contradict each other."""
    given = one_form({"json": as_json, "csv": as_csv, "ndjson": as_ndjson})
    names = tuple(part.strip() for part in fields.split(",")) if fields else ()
    return ReportWriter(given or "table", names)


def _document(columns: Sequence[ReportColumn], row: Row) -> dict[str, object]:
    return {one.field: one.told(row) for one in columns}


def _csv(columns: Sequence[ReportColumn], rows: Iterable[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([one.field for one in columns])
    for row in rows:
        writer.writerow([cell(one.told(row)) for one in columns])


def _table(columns: Sequence[ReportColumn], rows: Iterable[Row], *, asked: bool) -> None:
    """Print a table; with `asked`, the user named the columns, and all are shown."""
    left = iter(rows)
    pages = iter(lambda: list(islice(left, PAGE)), [])
    cells = ([one.shown(page) for one in columns] for page in pages)
    print_pages([one.column for one in columns], cells, every=asked, hint="see --fields")
