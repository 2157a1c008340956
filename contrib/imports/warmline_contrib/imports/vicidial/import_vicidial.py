"""`warmline import vicidial`: the configuration of a VICIdial system as files, and what its rows would become."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.options import config_files
from warmline.options.option_table import OptionError
from warmline.system import whole_file
from warmline.text.csv_cell import cell, unmarked
from warmline_contrib.imports.applied_import import SOURCE
from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.vicidial import asterisk_files, source_check
from warmline_contrib.imports.vicidial.conversion import ColumnValue, VicidialConversion
from warmline_contrib.imports.vicidial.new_names import NewName
from warmline_contrib.imports.vicidial.source import opened, shown
from warmline_contrib.imports.vicidial.whole_conversion import convert

FATES, NAMES = "vicidial-fates.csv", "vicidial-names.csv"
FATE_COLUMNS = ("table", "name", "column", "value", "fate", "why")
EXAMPLE = 30  # characters of a value in the table of counts
Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        show_default=False,
        help="The address mysql://USER@HOST/DATABASE of the server, or the file of a dump: .sql or .sql.gz.",
    ),
]
Folder = Annotated[Path, typer.Option("--to", metavar="DIR", show_default=False, help="The folder of the new files.")]


def vicidial(source: Source, to: Folder, as_json: Json = False) -> None:
    kept = read_names(to / NAMES)
    with opened(source) as one:
        found = convert(one, kept)
        said = source_check.said(one)
        counts = source_check.counts(one)
        others = asterisk_files.files(found)
    try:
        written = config_files.write(to, "toml", found.config)
        more = {
            to / FATES: csv_text(FATE_COLUMNS, found.values),
            to / NAMES: csv_text(NewName._fields, found.names.changed()),
            to / SOURCE: shown(source) + "\n",
            **{to / name: text for name, text in others.items()},
        }
        whole_file.write_all(more, 0o600)
    except OSError as error:
        raise OptionError(
            "import_file_not_written",
            "{file} cannot be written: {why}; choose another folder",
            file=error.filename or to,
            why=error.strerror,
        ) from None
    files = [*written, *more]
    if as_json:
        values = [one._asdict() for one in found.values]
        renamed = [one._asdict() for one in found.names.changed()]
        names = [str(one) for one in files]
        print_json({"files": names, "values": values, "renamed": renamed, "rows": counts, "source": said})
        return
    _print(found, said, counts)
    print(f"{len(files)} files written into {to}; to see the changes: warmline config diff {to}")


def _print(found: VicidialConversion, said: list[str], counts: dict[str, int]) -> None:
    for line in said:
        print(line)
    print()
    sums = Counter((one.table, one.column, one.fate.value, _reason(one)) for one in found.values)
    example = {(one.table, one.column, one.fate.value, _reason(one)): one.value for one in found.values}
    print_table(
        ("table", "column", "values", "such as", "fate", "why"),
        [
            (table, column, str(count), _short(example[table, column, fate, why]), fate, why)
            for (table, column, fate, why), count in sums.items()
        ],
    )
    print()
    if counts:
        print_table(("rows of", "rows"), [(table, str(count)) for table, count in counts.items()])
        print()
    if changed := found.names.changed():
        print_table(("kind", "campaign", "was", "is"), [tuple(one) for one in changed])
        print()
    fates = Counter(one.fate.value for one in found.values)
    print(", ".join(f"{count} {fate}" for fate, count in fates.items()) or "no value found")
    print(", ".join(f"{len(entities)} {kind}" for kind, entities in found.config.items()))


def _reason(one: ColumnValue) -> str:
    """Return why, without what is different in each row."""
    _, is_long, difference = one.why.partition("; ")
    if one.fate is Fate.KEPT or (one.fate is Fate.CHANGED and is_long):
        return difference
    return one.why


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= EXAMPLE else plain[: EXAMPLE - 1] + "…"


def csv_text(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table as CSV, in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(map(cell, one) for one in rows)
    return text.getvalue()


def read_names(file: Path) -> tuple[NewName, ...]:
    """Read the new names that an earlier run has kept; none if there is no such file. Raises OptionError."""
    try:
        with file.open(encoding="utf-8", newline="") as opened_file:
            return tuple(map(_name, csv.DictReader(opened_file)))
    except FileNotFoundError:
        return ()
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise OptionError(
            "vicidial_names_unreadable",
            "{file} cannot be read: {why}; it has the new names of codes: bring it back, or choose another folder",
            file=file,
            why=why,
        ) from None


def _name(row: dict[str, str]) -> NewName:
    """Return a row of the file. Raises KeyError (no such column), csv.Error."""
    cells = [row[name] for name in NewName._fields]
    if None in cells:
        raise csv.Error("a line has too few cells")
    return NewName(*map(unmarked, cells))
