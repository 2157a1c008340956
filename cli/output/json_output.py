"""What programs read: a JSON document, or a line of JSON for each thing that goes by.

docs/reference/cli.md says what a document looks like.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from cli.output import time_zone
from cli.output.invalid_argument import InvalidArgument, with_nearest

VERSION = 1  # counted up when a field goes away or means something else
_fields: tuple[str, ...] = ()  # that this command line asks for; none: all

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def chosen(as_json: bool, json_version: int, json_fields: str = "") -> Iterator[None]:
    """Have only these fields printed within, with a comma between two; none: all. Raises typer.BadParameter.

    `json_version` is what the reader of the JSON knows; 0: any.
    """
    global _fields
    if json_version not in (0, VERSION):
        raise InvalidArgument(
            "json_version_differs",
            "--json-version {wanted} is not available; this Warmline has version {ours}",
            ours=VERSION,
            wanted=json_version,
        )
    if json_fields and not as_json:
        raise InvalidArgument("fields_without_json", "--fields needs --json; give both")
    _fields = tuple(json_fields.replace(",", " ").split())
    try:
        yield
    finally:
        _fields = ()


def print_json(data: Any) -> None:
    """One JSON document: an object or a list of objects, with the fields that were asked for; nothing comes behind."""
    time_zone.footer()
    print(escaped(json.dumps(_picked(data) if _fields else data, indent=2, ensure_ascii=False)))


def json_line(data: Any) -> str:
    """The same in one line: for what comes one after the other."""
    return escaped(json.dumps(_picked(data) if _fields else data, ensure_ascii=False))


def print_rows(
    name: str,
    rows: Iterable[Mapping[str, object]],
    head: Mapping[str, object],
    tail: Callable[[], Mapping[str, object]],
) -> None:
    """One document of a report, written row by row: `head`, the rows under `name`, and `tail`, asked after the last."""
    begun = {"version": VERSION, **head}
    print(f"{json.dumps(begun, ensure_ascii=False)[:-1]}, {json.dumps(name)}: [", end="")
    between = "\n "
    for row in rows:
        print(between + json_line(row), end="")
        between = ",\n "
    rest = "".join(f", {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in tail().items())
    print(f"]{rest}}}")


def _picked(data: Any) -> Any:
    """Only those fields, in their order. Raises typer.BadParameter at one that there is not."""
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


def escaped(document: str) -> str:
    """A JSON document that says the same and can do nothing to a terminal: U+009B begins a command on some."""
    if document.replace("\n", "").isprintable():
        return document
    return "".join(
        letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1] for letter in document
    )
