"""`warmline dnc import`: numbers that must not be dialled, from a file."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import completion
from cli.leads import import_file_reading, import_progress
from cli.leads.import_file_reading import Encoding
from cli.leads.rejected_lines import end, print_reasons
from cli.output.json_output import Json, print_json
from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import choose
from warmline.system.current_user import claimed_name
from warmline.system.settings import Settings

OfCampaign = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Use the list of this campaign instead of the system's list.",
        show_default=False,
        autocompletion=completion.names("campaign"),
    ),
]


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
