"""`warmline dial …`: the leads that are dialled next, and the reason that others are not."""

from typing import Annotated
from urllib.parse import quote

import msgspec
import typer

from cli.arguments.completion import names
from cli.client import app_client, outbound_records
from cli.output.cell_format import iso_moment
from cli.output.json_output import Json, print_json
from cli.output.progress import working
from cli.output.table import print_table
from cli.place.login_file import AppLogin
from cli.place.place import choose
from warmline.system.settings import Settings

SILENT = 30.0  # seconds; the app answers after a few

CampaignName = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", show_default=False, help="The campaign.", autocompletion=names("campaign"))
]


ListName = Annotated[
    str, typer.Argument(metavar="LIST", show_default=False, help="The list of leads.", autocompletion=names("list"))
]


def reset(of: ListName, as_json: Json = False) -> None:
    with working("leads are reset"):
        changed = choose(
            app_client.records(), lambda settings: _reset_here(settings, of), lambda app: _reset_at(app, of)
        )
    if as_json:
        print_json({"list": of, "leads": changed})
    else:
        print(f"list {of}: {changed} leads reset")


def _reset_here(settings: Settings, of: str) -> int:
    from warmline.store.leads import list_reset

    return list_reset.reset(settings.db, of)


def _reset_at(login: AppLogin, of: str) -> int:
    """Reset a list at the app of a login, which does some of it for each request."""
    changed, after = 0, 0
    while True:
        asked = {"after": str(after)} if after else {}
        done = app_client.send(login, "POST", f"lists/{quote(of, safe='')}/reset", query=asked, silent=SILENT)
        changed, after = changed + int(done["leads"]), done["after"]
        if not after:
            return changed


def hopper(
    campaign: CampaignName,
    limit: Annotated[int, typer.Option(metavar="N", min=0, max=1000, help="Show at most this many leads.")] = 20,
    as_json: Json = False,
) -> None:
    found = outbound_records.at(app_client.records()).hopper(campaign, limit)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    if found.next:
        print_table(
            ("lead", "list", "number", "source", "calls", "open until"),
            [
                (str(one.lead or ""), one.list, one.number, one.source, str(one.passes), iso_moment(one.open_until))
                for one in found.next
            ],
        )
    else:
        print(f"campaign {campaign} has no lead to dial now.")
    if found.leads:
        print()
        print_table(
            ("list", "leads", "source", "why not now", "until"),
            [
                (one.list, str(one.leads), one.source, one.why or "may be dialled", iso_moment(one.until))
                for one in found.leads
            ],
            free=("why not now",),
        )
