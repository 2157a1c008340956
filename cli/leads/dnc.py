"""`warmline dnc …`: numbers that must not be dialled."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import completion
from cli.arguments.entity_arguments import Yes
from cli.client import lead_records
from cli.leads import import_file_reading, import_progress
from cli.leads.import_file_reading import Encoding
from cli.leads.rejected_lines import end, print_reasons
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import choose
from warmline.leads import phone_numbers
from warmline.leads.lead_fields import number_invalid
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.store.database.reading import Row
from warmline.system.current_user import claimed_name
from warmline.system.settings import Settings

Number = Annotated[str, typer.Argument(metavar="NUMBER", show_default=False, help="The telephone number.")]
OfCampaign = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Use the list of this campaign instead of the system's list.",
        show_default=False,
        autocompletion=completion.names("campaign"),
    ),
]


def list_all(
    after: Annotated[
        str,
        typer.Option(
            metavar="NUMBER", help="Begin after this number. Without --after the list begins with the first number."
        ),
    ] = "",
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, max=100_000, help="List at most this many numbers, 1 to 100000.")
    ] = 1000,
    as_json: Json = False,
) -> None:
    _print(lead_records.at(app_client.records()).dnc_page(after, limit), as_json, "No number is on a do-not-call list.")


def create(
    number: Number,
    campaign: OfCampaign = "",
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason, which the list stores.")] = "",
    as_json: Json = False,
) -> None:
    new = lead_records.at(app_client.records()).dnc_add(number, campaign, why)
    if as_json:
        print_json({"number": number, "campaign": campaign, "created": new})
    else:
        print(f"{number} is on the list {'now' if new else 'already'}")


def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", show_default=False, readable=False, help="The file with the numbers, or - for stdin."
        ),
    ],
    campaign: OfCampaign = "",
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason, which the list stores.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be imported, and import nothing.")
    ] = False,
    encoding: Encoding = "",
    as_json: Json = False,
) -> None:
    from warmline.store.leads.dnc_import import DncImport, DncImportResult

    def here(settings: Settings, progress: Callable[[int], None]) -> DncImportResult:
        asked = DncImport(local, settings.db, campaign, claimed_name(), why, dry_run)
        return replace(asked, encoding=encoding, named=named).run(progress)

    def there(login: AppLogin, progress: Callable[[int], None]) -> DncImportResult:
        from cli.leads import remote_import

        sent = remote_import.SentFile(local, named, encoding)
        return remote_import.numbers(login, sent, campaign, why, progress, dry_run=dry_run)

    where = app_client.records()
    with import_file_reading.as_plain_file(file) as (local, named), import_progress.shown(local, file) as progress:
        found = choose(where, lambda settings: here(settings, progress), lambda login: there(login, progress))
    if as_json:
        print_json(asdict(found))
    else:
        would = "would be put" if dry_run else "put"
        print(f"{found.created} {would} on the list, {found.there} there already, {found.rejected} rejected")
        print_reasons(found.reasons, found.rejects)
    end(found.rejected)


def delete(number: Number, campaign: OfCampaign = "", as_json: Json = False, _yes: Yes = False) -> None:
    lead_records.at(app_client.records()).dnc_delete(number, campaign)
    if as_json:
        print_json({"number": number, "campaign": campaign, "deleted": True})
    else:
        print(f"{number} may be dialled again")


def find(number: Number, as_json: Json = False) -> None:
    try:
        phone_numbers.checked(number)
    except PhoneNumberError as error:
        raise number_invalid(error) from None
    _print(lead_records.at(app_client.records()).dnc_find(number), as_json, f"{number} is on no do-not-call list.")


def _print(found: list[Row], as_json: bool, none: str) -> None:
    if as_json:
        print_json([row | {"at": iso(row["at"])} for row in found])
    elif found:
        print_table(
            ("number", "campaign", "since", "by", "why"),
            [
                (
                    row["phone_number"],
                    row["campaign"] or "all",
                    moment(row["at"]),
                    row["by"],
                    row["why"],
                )
                for row in found
            ],
            free=("why",),
        )
    else:
        print(none)
