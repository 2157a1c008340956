"""`warmline dial …`: the leads that are dialled next, and the reason that others are not."""

import time
from typing import Annotated

import typer

from cli.arguments.completion import names
from cli.leads.list_options import ListName
from cli.output.cell_format import moment
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.system import settings

CampaignName = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", show_default=False, help="The campaign.", autocompletion=names("campaign"))
]


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
    from warmline.store.leads import list_reset

    codes = (status or "").replace(",", " ").split()
    if status is not None and not codes:  # a script's empty variable must not reset every lead
        raise InvalidArgument("reset_no_status", "--status has no code; give codes such as NA,B, or leave it out")
    changed = list_reset.reset(settings.load().db, of, codes)
    if as_json:
        print_json({"list": of, "leads": changed})
    else:
        print(f"list {of}: {changed} leads reset")


def hopper(
    campaign: CampaignName,
    limit: Annotated[int, typer.Option(metavar="N", min=0, max=1000, help="Show at most this many leads.")] = 20,
    as_json: Json = False,
) -> None:
    from warmline.store.database.reading import reading
    from warmline.store.dialling import dial_plan, hopper_counts
    from warmline.store.dialling.hopper import fill

    at = time.time_ns() // 1000
    with reading(settings.load().db) as db:
        plan = dial_plan.load(db, campaign)
        chosen = fill(db, plan, at, limit, start=at)
        counts = hopper_counts.count(db, plan, at)
    if as_json:
        leads = [
            {"lead": one.lead, "list": one.list_id, "number": one.number, "source": one.source, "passes": one.passes,
             "time_zones": one.zones, "open_until": iso(one.open_until or None)}
            for one in chosen.leads
        ]  # fmt: skip
        rest = [
            {"list": one.list_id, "source": one.source, "why": one.why, "leads": one.leads, "until": iso(one.until)}
            for one in counts
        ]
        print_json({"campaign": campaign, "next": leads, "listed": len(chosen.listed), "leads": rest})
        return
    if chosen.leads:
        print_table(
            ("lead", "list", "number", "source", "calls", "open until"),
            [
                (
                    str(one.lead or ""),
                    one.list_id,
                    one.number,
                    one.source,
                    str(one.passes),
                    moment(one.open_until or None),
                )
                for one in chosen.leads
            ],
        )
    else:
        print(f"campaign {campaign} has no lead to dial now.")
    if counts:
        print()
        print_table(
            ("list", "leads", "source", "why not now", "until"),
            [
                (one.list_id, str(one.leads), one.source, one.why or "may be dialled", moment(one.until))
                for one in counts
            ],
            free=("why not now",),
        )
