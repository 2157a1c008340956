"""`warmline list change` and `list scrub`: many leads of a list, changed at once."""

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments.completion import names
from cli.arguments.entity_arguments import Yes
from cli.client import list_records
from cli.client.list_records import ListRecords
from cli.leads.import_file_reading import Encoding, as_plain_file
from cli.leads.list_options import ListName, Where
from cli.leads.rejected_lines import end
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.progress import progress
from warmline.centre import app_client
from warmline.centre.app_answer import AppRefused
from warmline.leads import phone_numbers
from warmline.options.config_files import unreadable_file
from warmline.store.leads.list_change import LeadsChange, WantedLeads

NUMBERS = 1000  # of a file, in one step
LEFT_OUT = {
    "in_call": "in a live call",
    "with_callback": "with a pending callback",
    "unsure": "with a number of 7 digits, or the end of one, whose area code is unknown; to find them, use --status",
}

Status = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="The new status of the leads.", autocompletion=names("disposition")),
]
Delete = Annotated[bool, typer.Option("--delete", help="Delete the leads. Their calls stay.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many leads would be changed, and change none.")]


def change(
    of: ListName,
    where: Where,
    status: Status = None,
    to_list: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="The list to which the leads are moved. It has the same country.",
            autocompletion=names("list"),
        ),
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The new owner of the leads. '' means no owner.")
    ] = None,
    delete: Delete = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    _yes: Yes = False,
) -> None:
    at, wanted = list_records.at(app_client.records()), LeadsChange(status, to_list, owner, delete)
    sums = _changed(at, of, [WantedLeads(where)], wanted, dry_run=dry_run)
    _tell(of, sums, delete=delete, dry_run=dry_run, as_json=as_json)


def scrub(
    of: ListName,
    against: Annotated[
        str, typer.Option(metavar="LIST", show_default=False, help="The other list.", autocompletion=names("list"))
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="FILE", show_default=False, help="A file with numbers, as `dnc import` reads it."
        ),
    ] = None,
    encoding: Encoding = "",
    where: Where = "",
    status: Status = None,
    delete: Delete = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    _yes: Yes = False,
) -> None:
    if bool(against) == bool(file):
        raise InvalidArgument("scrub_against", "give either --against LIST or --file FILE")
    at, wanted = list_records.at(app_client.records()), LeadsChange(status=status, delete=delete)
    rejected = 0
    parts: Iterable[WantedLeads] = [WantedLeads(where, against)]
    if file:
        numbers, rejected = _read(file, encoding)
        parts = (WantedLeads(where, numbers=some) for some in _steps(numbers))
    sums = _changed(at, of, parts, wanted, dry_run=dry_run)
    _tell(of, sums | ({"rejected": rejected} if file else {}), delete=delete, dry_run=dry_run, as_json=as_json)
    end(rejected)


def _changed(
    at: ListRecords, of: str, parts: Iterable[WantedLeads], wanted: LeadsChange, *, dry_run: bool
) -> dict[str, int]:
    """Change the leads step by step; return the sums of all steps."""
    leads = 0
    sums = dict.fromkeys(("matching", "changed", "in_call", "with_callback", "unsure"), 0)
    with progress("change") as tell:
        for part in parts:
            after: int | None = 0
            while after is not None:
                step = at.change(of, part, wanted, after, dry_run=dry_run)
                sums = {name: number + getattr(step, name) for name, number in sums.items()}
                if step.after is not None and not leads:
                    with suppress(AppRefused):  # a token may change leads that it may not read
                        leads = at.counts(of).leads
                after = step.after
                tell(max(0, leads - sums["matching"]), max(1, leads))
    return sums


def _read(file: Path, encoding: str) -> tuple[list[str], int]:
    """Return the numbers of a file, digits only, and how many lines had none. Raises OSError, OptionError."""
    from warmline.leads import csv_reader, text_encoding
    from warmline.store.leads import dnc_import
    from warmline.store.leads.import_rejects import RejectedLines

    taken = dnc_import.DncImportResult()
    try:
        with (
            as_plain_file(file) as (local, named),
            csv_reader.opened(local, text_encoding.encoding_of(local, encoding)) as text,
            closing(RejectedLines(named)) as rejects,
        ):
            found = list(dict.fromkeys(dnc_import.numbers_in(text, taken, rejects)))
    except OSError as error:
        raise unreadable_file(error.filename or file, error) from None
    return found, taken.rejected


def _steps(numbers: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the numbers in parts. Those with the same end stay together: they may be of the same lead."""
    part: list[str] = []
    for _, same in groupby(sorted(numbers, key=_end), key=_end):
        alike = list(same)
        if part and len(part) + len(alike) > NUMBERS:
            yield tuple(part)
            part = []
        while len(alike) > NUMBERS:
            yield tuple(alike[:NUMBERS])
            alike = alike[NUMBERS:]
        part += alike
    if part:
        yield tuple(part)


def _end(number: str) -> str:
    return number[-phone_numbers.TAIL :]


def _tell(of: str, sums: dict[str, int], *, delete: bool, dry_run: bool, as_json: bool) -> None:
    if as_json:
        print_json({"list": of, "dry_run": dry_run} | sums)
        return
    done = "deleted" if delete else "changed"
    print(f"list {of}: {sums['matching']} leads match, {sums['changed']} {'would be ' if dry_run else ''}{done}")
    for name, why in LEFT_OUT.items():
        if sums[name]:
            print(f"left out: {sums[name]} {why}")
    if sums.get("rejected"):
        print(f"{sums['rejected']} lines of the file have no usable number")
