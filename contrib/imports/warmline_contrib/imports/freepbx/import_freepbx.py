"""`warmline import freepbx`: the configuration of FreePBX as files for `warmline config apply` and for Asterisk."""

from typing import Annotated

import typer

from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.options import config_files
from warmline.system import whole_file
from warmline_contrib.imports.converted_value import ConvertedValue, Fate
from warmline_contrib.imports.freepbx import includes
from warmline_contrib.imports.freepbx.freepbx_conversion import convert
from warmline_contrib.imports.freepbx.freepbx_source import read
from warmline_contrib.imports.import_queues import Campaign, Folder, Names, renamed, writing
from warmline_contrib.imports.queue_conversion import counts

TOGETHER = 4  # keys that have one line
MODE = 0o644  # Asterisk reads the file, which has no secret

Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        show_default=False,
        help="A backup of FreePBX, a dump of its database, or mysql://USER@HOST/asterisk.",
    ),
]
Did = Annotated[
    list[str] | None,
    typer.Option(
        "--did", metavar="NUMBER", show_default=False, help="A number that goes to Warmline; the others stay."
    ),
]


def freepbx(
    source: Source,
    to: Folder,
    did: Did = None,
    campaign: Campaign = "",
    name: Names = None,
    as_json: Json = False,
) -> None:
    config, include, values = convert(read(source), campaign, renamed(name or []), did or [])
    file = to / includes.FOLDER / includes.FILE
    with writing(to):
        file.parent.mkdir(parents=True, exist_ok=True)
        written = config_files.write(to, "toml", config)
        whole_file.write_all({file: include}, MODE)
    totals = counts(values)
    if as_json:
        found = [one._asdict() for one in values]
        print_json({"files": [str(one) for one in [*written, file]], "values": found, "counts": totals})
        return
    print_table(("column", "values", "first", "fate", "as, or because"), _lines(values))
    print()
    print(", ".join(f"{count} {fate}" for fate, count in totals.items()))
    print(f"{len(written)} files written into {to}; to see the changes: warmline config diff {to}")
    print(f"numbers that go to Warmline: {', '.join(did or []) or 'none'}; for Asterisk: {file}")


def _lines(values: list[ConvertedValue]) -> list[tuple[str, ...]]:
    """Return a line for each key with one fate and reason, with its first value; --json has what is not needed.

    Many keys of a table with one reason have one line together: those of a queue that is lost, for example.
    """
    found: dict[tuple[str, Fate, str], dict[str, list[ConvertedValue]]] = {}
    for one in values:
        if one.fate is not Fate.NOT_NEEDED:
            keys = found.setdefault((one.key.partition(".")[0], one.fate, one.why), {})
            keys.setdefault(one.key, []).append(one)
    lines = list[tuple[str, ...]]()
    for (_, fate, why), keys in found.items():
        if len(keys) >= TOGETHER:
            key, *more = keys
            keys = {f"{key} +{len(more)}": [one for several in keys.values() for one in several]}
        for key, several in keys.items():
            lines.append((key, str(len(several)), f"{several[0].place}: {several[0].value}", fate.value, why))
    return lines
