"""`warmline dial …`: the leads that are dialled next, and the reason that others are not."""

from typing import Annotated

import msgspec
import typer

from cli.arguments.completion import names
from cli.client import list_records, outbound_records
from cli.leads.list_options import ListName
from cli.output.cell_format import iso_moment
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.progress import working
from cli.output.table import print_table
from warmline.centre import app_client

CampaignName = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", show_default=False, help="The campaign.", autocompletion=names("campaign"))
]


NOT_DIALLED = "status {} is not in dial_statuses"


def reset(
    of: ListName,
    status: Annotated[
        str | None,
        typer.Option(
            metavar="CODES",
            show_default=False,
            help="Only leads with one of these statuses, separated by commas. Without it, all leads.",
            autocompletion=names("disposition"),
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    codes = (status or "").replace(",", " ").split()
    if status is not None and not codes:  # a script's empty variable must not reset every lead
        raise InvalidArgument("reset_no_status", "--status has no code; give codes such as NA,B, or leave it out")
    with working("leads are reset"):
        changed = list_records.at(app_client.records()).reset(of, codes)
    if as_json:
        print_json({"list": of, "leads": changed})
    else:
        print(f"list {of}: {changed} leads reset")
        whys = [NOT_DIALLED.format(code) for code in codes]
        for one in list_records.at(app_client.records()).counts(of).now if codes else ():
            if one.why in whys:
                print(f"{one.leads} leads stay undialled: {one.why}")


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
