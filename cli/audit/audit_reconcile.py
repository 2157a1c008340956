"""`warmline audit reconcile`: Warmline's records compared with the records that Asterisk wrote."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import print_table
from warmline.system import settings

if TYPE_CHECKING:
    from warmline.store.asterisk_records.asterisk_comparison import RecordComparison

Cdr = Annotated[
    Path | None,
    typer.Option("--cdr", metavar="FILE", help="Compare with a CDR file, written with loguniqueid=yes in cdr.conf."),
]
Cel = Annotated[
    Path | None,
    typer.Option(
        "--cel", metavar="FILE", help="Compare with a CEL file, written with the mapping of Asterisk's sample."
    ),
]
QueueLog = Annotated[
    Path | None,
    typer.Option(
        "--queue-log",
        metavar="FILE",
        help="Compare with the app's queue_log. The setting queue_log has the path of this file.",
    ),
]
Within = Annotated[
    float,
    typer.Option(
        "--within",
        metavar="SECONDS",
        min=0.0,
        max=3600.0,
        help="Allow times to differ by this many seconds, 0 to 3600.",
    ),
]


def show(
    cdr: Cdr = None, cel: Cel = None, queue_log: QueueLog = None, within: Within = 2.0, as_json: Json = False
) -> None:
    files = {"CDR": cdr, "CEL": cel, "queue_log": queue_log}
    given = {name: path for name, path in files.items() if path}
    if not given:
        raise InvalidArgument("reconcile_file_missing", "no file is given; give one with --cdr, --cel or --queue-log")
    try:
        found = {name: _compared(name, path, within) for name, path in given.items()}
    except OSError as error:
        complain(f"{error.filename} cannot be read: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None
    if as_json:
        print_json({name: asdict(one) for name, one in found.items()})
    else:
        for name, one in found.items():
            _print(name, one)
    if any(one.differences for one in found.values()):
        raise typer.Exit(ExitCode.DIFFERS)


def _compared(name: str, path: Path, within: float) -> "RecordComparison":
    from warmline.store.asterisk_records import asterisk_comparison, cdr_files

    here = settings.load()
    if name == "queue_log":
        return asterisk_comparison.queue_lines(here.db, path.read_text(errors="replace").splitlines())
    read = cdr_files.cdr if name == "CDR" else cdr_files.cel
    channels = read(path, here.ari_app)
    return asterisk_comparison.channels(here.db, channels, int(within * 1e6), whole=name == "CEL")


def _print(name: str, one: "RecordComparison") -> None:
    what = "lines" if name == "queue_log" else "channels"
    print(f"{name}: {one.theirs} {what} of Warmline in the file, {one.ours} in the database, {one.both} in both.")
    if one.differences:
        rows = [(each.what, each.name, each.of, each.text) for each in one.differences]
        print_table(("what", "time" if name == "queue_log" else "channel", "of", "difference"), rows)
