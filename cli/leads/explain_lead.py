"""`warmline explain lead`: whether a lead may be dialled now, rule by rule."""

import time
from typing import Annotated

import typer

from cli.arguments.completion import names
from cli.client import app_client, lead_records
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import of_iso

LeadId = Annotated[int, typer.Argument(metavar="LEAD_ID", min=1, show_default=False, help="The lead's id, from 1.")]
Campaign = Annotated[
    str,
    typer.Option(metavar="NAME", help="The campaign. Without it, that of the list.", autocompletion=names("campaign")),
]


def lead(lead: LeadId, campaign: Campaign = "", as_json: Json = False) -> None:
    found = lead_records.explained(app_client.records(), lead, campaign, time.time_ns() // 1000)
    if as_json:
        print_json(found)
        return
    state = "may be dialled now" if found["dialled_now"] else "is not dialled now"
    print(f"lead {lead}, {found['number']}, campaign {found['campaign'] or '-'}: {state}")
    print(f"time zones: {found['time_zones'] or '-'}; jurisdictions: {found['jurisdictions'] or '-'}")
    if found["open_until"]:
        print(f"its hours end at {_moment(found['open_until'])}")
    print()
    rows = [(one["rule"], one["why"] or "allows it", _moment(one["until"])) for one in found["rules"]]
    print_table(("rule", "answer", "until"), rows, free=("answer",))


def _moment(at: str | None) -> str:
    return moment(None if at is None else of_iso(at))
