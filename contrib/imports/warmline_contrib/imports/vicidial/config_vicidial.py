"""`warmline config vicidial`: rows of VICIdial's tables as files for `warmline config apply`."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from cli.output.invalid_argument import with_nearest
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.options import config_files
from warmline.options.option_table import OptionError
from warmline_contrib.imports.vicidial.column_conversion import KEYS, OF_TABLE, RECYCLE, ColumnNote, Row, convert

COLUMNS = {**{table: {key} for table, key in KEYS.items()}, RECYCLE: {
    "campaign_id", "status", "attempt_delay", "attempt_maximum",
}}  # fmt: skip

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", show_default=False, help="Files of `mysql --batch`, named after their tables."),
]
Folder = Annotated[Path, typer.Option("--to", metavar="DIR", show_default=False, help="The folder of the new files.")]


def vicidial(files: Files, to: Folder, as_json: Json = False) -> None:
    config, notes = convert({file.stem: _rows(file) for file in files})
    try:
        written = config_files.write(to, "toml", {kind: found for kind, found in config.items() if found})
    except OSError as error:
        raise OptionError(
            "vicidial_file_not_written",
            "{file} cannot be written: {why}; choose another folder",
            file=error.filename or to,
            why=error.strerror,
        ) from None
    if as_json:
        print_json({"files": [str(one) for one in written], "columns": [one._asdict() for one in notes]})
        return
    print_table(("kind", "name", "column", "value", "taken", "as, or because"), [_cells(one) for one in notes])
    print()
    print(f"{len(written)} files written into {to}; to see the changes: warmline config diff {to}")


def _cells(note: ColumnNote) -> tuple[str, ...]:
    return note.kind, note.name, note.column, note.value, note.taken.value, note.why


def _rows(file: Path) -> list[Row]:
    """Read the rows of a table. Raises OptionError."""
    if file.stem not in COLUMNS:
        raise with_nearest(
            OptionError(
                "vicidial_table_unknown",
                "{file} is not named after a table; allowed: {allowed}",
                file=file,
                allowed=", ".join(sorted((*OF_TABLE, RECYCLE))),
            ),
            file.stem,
            COLUMNS,
        )
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            found: list[Row] = [*csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise OptionError("vicidial_table_unreadable", "{file} cannot be read: {why}", file=file, why=why) from None
    for row in found:
        if missing := {column for column in COLUMNS[file.stem] if row.get(column) is None}:
            raise OptionError(
                "vicidial_column_missing",
                "{file} has a row without {columns}; write it with: mysql --batch -e 'SELECT * FROM {table}'",
                file=file,
                columns=", ".join(sorted(missing)),
                table=file.stem,
            )
    return found
