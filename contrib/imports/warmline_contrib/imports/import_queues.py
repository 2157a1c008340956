"""`warmline import queues`: queues of app_queue as files for `warmline config apply`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments.completion import names
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.options import config_files
from warmline.options.option_table import OptionError
from warmline_contrib.dialplan_lint import dialplan_reading
from warmline_contrib.imports import queue_source
from warmline_contrib.imports.converted_value import ConvertedValue
from warmline_contrib.imports.queue_conversion import convert, counts

DIALPLAN = "extensions.conf"  # the name of a file that is no source of queues
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE…", show_default=False, help="The file queues.conf, or tables of realtime; also extensions.conf."
    ),
]
Folder = Annotated[Path, typer.Option("--to", metavar="DIR", show_default=False, help="The folder of the new files.")]
Campaign = Annotated[
    str,
    typer.Option(
        "--campaign",
        metavar="NAME",
        show_default=False,
        help="The campaign of the agents.",
        autocompletion=names("campaign"),
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", metavar="OLD=NEW", show_default=False, help="Give a queue or an agent another name."),
]


def queues(files: Files, to: Folder, campaign: Campaign = "", name: Names = None, as_json: Json = False) -> None:
    plan = next((dialplan_reading.from_file(one, one.parent) for one in files if one.name == DIALPLAN), None)
    queues = queue_source.read(one for one in files if one.name != DIALPLAN)
    config, values = convert(queues, campaign, renamed(name or []), plan)
    with writing(to):
        written = config_files.write(to, "toml", config)
    totals = counts(values)
    if as_json:
        found = [one._asdict() for one in values]
        print_json({"files": [str(one) for one in written], "values": found, "counts": totals})
        return
    print_table(("queue", "key", "value", "fate", "as, or because"), [_cells(one) for one in values])
    print()
    print(", ".join(f"{count} {fate}" for fate, count in totals.items()) or "no queue found")
    print(f"{len(written)} files written into {to}; to see the changes: warmline config diff {to}")


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Name the file that cannot be written into this folder. Raises OptionError."""
    try:
        yield
    except OSError as error:
        raise OptionError(
            "queues_file_not_written",
            "{file} cannot be written: {why}; choose another folder",
            file=error.filename or folder,
            why=error.strerror,
        ) from None


def renamed(pairs: list[str]) -> dict[str, str]:
    """Return the new names by the old ones. Raises OptionError."""
    found = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not (old and equals and new):
            raise OptionError(
                "queues_name_invalid", "--name {pair} is invalid; allowed: OLD=NEW, such as sales=SALESLINE", pair=pair
            )
        found[old] = new
    return found


def _cells(one: ConvertedValue) -> tuple[str, ...]:
    return one.place, one.key, one.value, one.fate.value, one.why
