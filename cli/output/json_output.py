"""Output for programs: a JSON document, one line of JSON for each row or event, or the rows of a document as CSV.

docs/reference/cli.md describes the documents.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from cli.output import time_zone
from cli.output.invalid_argument import InvalidArgument, with_nearest
from warmline.text.csv_cell import cell

VERSION = 1  # increased when a field is removed or changes its meaning
_fields: tuple[str, ...] = ()  # the fields that this command line names; none for all
_table = ""  # the rows of the document that are printed as CSV; empty for JSON

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def chosen(as_json: bool, json_version: int, json_fields: str = "", table: str = "") -> Iterator[None]:
    """Print only these fields inside the context; the names are separated by commas, "" means all.

    `json_version` is the version that the reader expects; 0 means any. With `table`, print the rows in that member of
    the document as CSV. Without such a member, the document is the rows, or one row. Raises typer.BadParameter.
    """
    global _fields, _table
    one_form({"json": as_json, "csv": bool(table)})
    if json_version not in (0, VERSION):
        raise InvalidArgument(
            "json_version_differs",
            "--json-version {wanted} is not available; this Warmline has version {ours}",
            ours=VERSION,
            wanted=json_version,
        )
    if json_fields and not (as_json or table):
        raise InvalidArgument("fields_without_json", "--fields needs --json; give both")
    _fields, _table = tuple(json_fields.replace(",", " ").split()), table
    try:
        yield
    finally:
        _fields, _table = (), ""


def one_form(wanted: Mapping[str, bool]) -> str:
    """Return the form of the output that an option asks for, "" for none. Raises typer.BadParameter for several."""
    given = [form for form, asked in wanted.items() if asked]
    if len(given) > 1:
        raise InvalidArgument(
            "report_forms_several",
            "{options} exclude each other; give one of them",
            options=" and ".join(f"--{form}" for form in given),
        )
    return "".join(given)


def print_json(data: Any) -> None:
    """Print one document, an object or a list of objects, with the chosen fields; print nothing else after it."""
    time_zone.footer()
    if _table:
        _print_csv(data.get(_table, [data]) if isinstance(data, dict) else data)
        return
    print(escaped(json.dumps(_picked(data) if _fields else data, indent=2, ensure_ascii=False)))


def json_line(data: Any) -> str:
    """Return the same in one line, for output with several documents."""
    return escaped(json.dumps(_picked(data) if _fields else data, ensure_ascii=False))


def print_rows(
    name: str,
    rows: Iterable[Mapping[str, object]],
    head: Mapping[str, object],
    tail: Callable[[], Mapping[str, object]],
) -> None:
    """Print the document of a report row by row: `head`, the rows under `name`, then `tail`.

    `tail` is called after the last row.
    """
    begun = {"version": VERSION, **head}
    print(f"{json.dumps(begun, ensure_ascii=False)[:-1]}, {json.dumps(name)}: [", end="")
    between = "\n "
    for row in rows:
        print(between + json_line(row), end="")
        between = ",\n "
    rest = "".join(f", {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in tail().items())
    print(f"]{rest}}}")


def _picked(data: Any) -> Any:
    """Return only the chosen fields, in their order. Raises typer.BadParameter for an unknown field."""
    if isinstance(data, list):
        return [_picked(one) for one in data]
    for name in _fields:
        if name not in data:
            raise with_nearest(
                InvalidArgument(
                    "json_field_unknown",
                    "there is no field {field!r}; allowed: {allowed}",
                    field=name,
                    allowed=", ".join(data),
                ),
                name,
                data,
            )
    return {name: data[name] for name in _fields}


def _print_csv(rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows with the chosen fields, or with all that any of them has; a part that is no text is JSON."""
    heads = _fields or tuple(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if heads:
        writer.writerow(heads)
    for row in rows:
        known = _picked(row) if _fields else row
        writer.writerow([cell(known.get(name)) for name in heads])


def escaped(document: str) -> str:
    """Return an equal JSON document that is harmless on a terminal: on some, U+009B begins a command."""
    if document.replace("\n", "").isprintable():
        return document
    return "".join(
        letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1] for letter in document
    )
