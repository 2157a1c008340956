"""`warmline lead import`: import leads from a CSV file."""

import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import completion
from cli.leads import import_file_reading, import_list, import_progress
from cli.leads.import_file_reading import Encoding
from cli.leads.rejected_lines import end, print_reasons
from cli.output.json_output import Json, print_json
from cli.output.printing import printable
from cli.output.table import print_table
from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import choose
from warmline.options.values.entity import OptionError
from warmline.store.leads.duplicate_leads import IN_CAMPAIGN, IN_LIST, IN_SYSTEM, DuplicateRule
from warmline.store.leads.lead_import import LeadImport, LeadImportReport
from warmline.system.current_user import claimed_name
from warmline.system.settings import Settings


class Where(StrEnum):
    """The lists in which the number of a lead counts as a duplicate."""

    LIST = IN_LIST
    CAMPAIGN = IN_CAMPAIGN
    SYSTEM = IN_SYSTEM


def import_file(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.csv", show_default=False, readable=False, help="The CSV file, or - for stdin."),
    ],
    of: Annotated[
        str,
        typer.Option(
            "--list", metavar="LIST", help="The list that gets the leads.", autocompletion=completion.names("list")
        ),
    ] = "",
    campaign: Annotated[
        str,
        typer.Option(
            metavar="CAMPAIGN",
            help="In place of --list: the campaign whose only active list gets the leads.",
            autocompletion=completion.names("campaign"),
        ),
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            metavar="THEIRS=OURS",
            help="THEIRS is a column of the file, and OURS is the field of a lead, such as Phone=phone_number. You can "
            "repeat the option.",
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--map",
            metavar="FILE.toml",
            help="A file with columns and their fields, in lines such as Phone = 'phone_number'.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Show what would be imported, with three leads as examples, and import nothing."
        ),
    ] = False,
    duplicates: Annotated[
        Where | None,
        typer.Option(
            help="Also leave out a number that the list, the campaign or the system has. Without it, only the same "
            "vendor_lead_code counts, or without one the same number in the list."
        ),
    ] = None,
    duplicate_days: Annotated[
        int,
        typer.Option(metavar="N", min=0, max=3660, help="Count only leads of the last N days; 0 for all."),
    ] = 0,
    encoding: Encoding = "",
    as_json: Json = False,
) -> None:
    of = import_list.chosen(file, of, campaign)
    rule = DuplicateRule(duplicates.value if duplicates else "", duplicate_days)
    fields = _mapped(mapping, file) | _renamed(columns or [])

    def here(settings: Settings, progress: Callable[[int], None]) -> LeadImportReport:
        asked = LeadImport(local, settings.db, of, claimed_name(), fields, dry_run, rule)
        return replace(asked, encoding=encoding, named=named).run(progress)

    def there(login: AppLogin, progress: Callable[[int], None]) -> LeadImportReport:
        from cli.leads import remote_import

        sent = remote_import.SentFile(local, named, encoding)
        return remote_import.leads(login, sent, of, fields, rule, progress, dry_run=dry_run)

    where = app_client.records()
    with import_file_reading.as_plain_file(file) as (local, named), import_progress.shown(local, file) as progress:
        report = choose(where, lambda settings: here(settings, progress), lambda login: there(login, progress))
    if as_json:
        print_json(asdict(report))
    else:
        print("\n".join(map(printable, (*_told(report, of, dry_run=dry_run), *import_list.warning(of)))))
        if dry_run:
            _print_preview(report)
        print_reasons(report.reasons, report.rejects)
    end(report.rejected)


def _mapped(file: Path | None, leads: Path) -> dict[str, str]:
    """Read THEIRS = "OURS" from a TOML file. Raises OptionError, with --columns for pairs of the file of leads."""
    import tomllib

    try:
        found = tomllib.loads(file.read_text()) if file else {}
    except (OSError, ValueError) as error:
        if "=" in str(file) and isinstance(error, OSError):  # `--map Phone=phone_number`
            said = "--map {file}: it takes a file; for columns, write {columns}"
            raise OptionError("map_of_columns", said, file=file, columns=" ".join(_columns(str(file), leads))) from None
        raise OptionError(
            "map_file_unreadable", "--map {file}: {why}", file=file, why=getattr(error, "strerror", None) or error
        ) from None
    for name, ours in found.items():
        if not isinstance(ours, str):
            raise OptionError(
                "map_file_value",
                '--map {file}: {name} must be the name of a field in quotes, such as "phone_number"',
                file=file,
                name=name,
            )
    return found


def _columns(pairs: str, leads: Path) -> Iterator[str]:
    """Yield the words of --columns for pairs in either order: phone=Telephone is Telephone=phone_number."""
    from warmline.leads.lead_fields import field_of

    heads = list[str]()
    if leads.is_file():
        with suppress(OSError), leads.open(encoding="utf-8-sig", errors="replace") as opened:
            heads = re.split(r"[,;\t]", opened.readline().replace('"', "").strip())
    for pair in pairs.split(","):
        left, _, right = pair.partition("=")
        theirs, ours = (left, right) if left in heads else (right, left)
        yield f"--columns {shlex.quote(f'{theirs}={field_of(ours) or ours}')}"


def _renamed(columns: list[str]) -> dict[str, str]:
    """Return the pairs THEIRS=OURS; one text can have several, separated by commas."""
    renamed = {}
    for pair in ",".join(columns).split(",") if columns else ():
        theirs, equals, ours = pair.rpartition("=")
        if not equals or not theirs:
            raise OptionError(
                "column_pair_form", "{pair!r} is not of the form THEIRS=OURS, such as Phone=phone_number", pair=pair
            )
        renamed[theirs] = ours
    return renamed


def _told(report: LeadImportReport, of: str, *, dry_run: bool) -> Iterator[str]:
    would = "would be imported" if dry_run else "imported"
    known = f"{report.duplicates} there already"
    if report.duplicates:
        known += f" ({report.in_database} in the database, {report.duplicates - report.in_database} twice in the file)"
    yield f"{report.imported} {would} into list {of}, {known}, {report.rejected} rejected"
    if renamed := [f"{theirs} → {ours}" for theirs, ours in report.columns if theirs.strip().lower() != ours]:
        yield f"columns: {', '.join(renamed)}"
    if report.unknown:
        yield f"columns left out: {', '.join(report.unknown)}"
    if report.nulls:
        yield f"{report.nulls} values NULL were read as empty"
    if report.unplaced:
        yield (
            f"{report.unplaced} have no place and are not dialled automatically; "
            f"to name the country of their numbers: warmline list set {of} country=DE"
        )
    if report.encoding != "utf-8":
        yield f"the file was read as {report.encoding}"


def _print_preview(report: LeadImportReport) -> None:
    """Print the first leads side by side, with a line for each field of the file."""
    if report.preview:
        print()
        heads = ("field", *(f"lead {place}" for place, _ in enumerate(report.preview, 1)))
        rows = [(name, *(printable(str(one[name])) for one in report.preview)) for name in report.preview[0]]
        print_table(heads, rows)
