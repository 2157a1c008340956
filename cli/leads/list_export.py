"""`warmline list export`: the leads of a list as CSV."""

import csv
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, TextIO

import typer

from cli.client import list_records
from cli.leads.list_options import ListName, Where
from cli.output.json_output import Json, print_json, print_rows
from cli.output.progress import progress
from warmline.centre import app_client
from warmline.leads import custom_fields
from warmline.store.database.errors import Conflict
from warmline.store.database.reading import Row
from warmline.store.leads.list_export import COLUMNS
from warmline.system import whole_file
from warmline.text.csv_cell import cell


def export(
    of: ListName,
    where: Where = "",
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FILE",
            show_default=False,
            help="Write the CSV to this new file, which only you can read. Without it, the CSV is printed.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    at = list_records.at(app_client.records())
    found = at.leads(of, where)
    first = list(islice(found, 1))  # a refusal leaves no file behind
    every = chain(first, found)
    if to is None:
        if as_json:
            print_rows("leads", every, {"list": of}, dict)
        else:
            _write(sys.stdout, every)
        return
    with progress("export") as tell, _new(to) as file:
        leads = at.counts(of).leads
        written = _write(file, _counted(every, lambda done: tell(max(0, leads - done), max(1, leads))))
    if as_json:
        print_json({"list": of, "leads": written, "file": str(to)})
    else:
        print(f"list {of}: {written} leads written to {to}")


def _write(file: TextIO, found: Iterable[Row]) -> int:
    """Write the leads as CSV, and return how many there were."""
    writer, written = csv.writer(file, lineterminator="\n"), 0
    for row in found:
        own = row[custom_fields.COLUMN]
        if not written:
            writer.writerow([*COLUMNS, *own])
        writer.writerow([cell(row[name]) for name in COLUMNS] + list(map(cell, own.values())))
        written += 1
    if not written:
        writer.writerow(COLUMNS)
    return written


def _counted(found: Iterable[Row], tell: Callable[[int], None]) -> Iterator[Row]:
    """Yield the leads, and say after each page how many they were."""
    for number, row in enumerate(found, 1):
        yield row
        if number % app_client.PAGE == 0:
            tell(number)


@contextmanager
def _new(path: Path) -> Iterator[TextIO]:
    """Open a file that only its owner can read; it is removed if the block does not end. Raises Conflict."""
    try:
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w")
    except OSError as error:
        raise _not_written(path, error) from None
    try:
        with file:
            yield file
        whole_file.to_disk(path)
    except OSError as error:
        path.unlink()
        raise _not_written(path, error) from None
    except BaseException:
        path.unlink()
        raise


def _not_written(path: Path, error: OSError) -> Conflict:
    return Conflict(
        "export_not_written",
        "{file} cannot be written: {why}; choose a new file in a folder of yours{hint}",
        file=path,
        why=error.strerror,
        hint=whole_file.way_out(error, path.parent),
    )
