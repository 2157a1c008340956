"""`warmline lead import`: leads from a CSV file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from warmline import settings
from warmline.cli.output import Json, print_json
from warmline.cli.person import login_name
from warmline.entity import OptionError
from warmline.store.lead_import import Job, Report


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", show_default=False, readable=False)],
    of: Annotated[str, typer.Option("--list", metavar="LIST", help="The list they go to.")],
    columns: Annotated[
        list[str] | None,
        typer.Option(metavar="THEIRS=OURS", help="What a column of the file is of a lead; may be given often."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it, and import nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Import leads from a CSV file, whose first line names the columns by the fields of a lead.

    Each lead once: with the same vendor_lead_code in the list, or without one the same number, it is there already. A
    line that cannot be imported stops nothing: FILE.csv.rejected.csv has it, with its number and the reason. Calls go
    on meanwhile. Broken off, the same import goes on where it was.
    """
    job = Job(file, settings.load().db, of, login_name(), _renamed(columns or []), dry_run)
    try:
        with _bar(file) as progress:
            report = job.run(progress)
    except OSError as error:
        raise OptionError(f"{error.filename or file}: {error.strerror}") from None
    if as_json:
        print_json(asdict(report))
    else:
        print("\n".join(_told(report, of, dry_run=dry_run)))


def _renamed(columns: list[str]) -> dict[str, str]:
    """THEIRS=OURS, several of them in one text with commas between."""
    renamed = {}
    for pair in ",".join(columns).split(",") if columns else ():
        theirs, equals, ours = pair.rpartition("=")
        if not equals or not theirs:
            raise OptionError(f"{pair!r} is no THEIRS=OURS, as Phone=phone_number")
        renamed[theirs] = ours
    return renamed


def _told(report: Report, of: str, *, dry_run: bool) -> Iterator[str]:
    would = "would be imported" if dry_run else "imported"
    yield f"{report.imported} {would} into list {of}, {report.duplicates} there already, {report.rejected} rejected"
    if report.rejected:
        yield f"rejected lines, with the reasons: {report.rejects}"
    if report.unknown:
        yield f"columns left out: {', '.join(report.unknown)}"
    if report.encoding != "utf-8":
        yield f"the file was read as {report.encoding}"


@contextmanager
def _bar(file: Path) -> Iterator[Callable[[int], None]]:
    """A progress bar of the file's bytes, where people watch."""
    if not sys.stderr.isatty():
        yield lambda _bytes: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as shown:
        task = shown.add_task("", total=file.stat().st_size)
        yield lambda done: shown.update(task, completed=done)
