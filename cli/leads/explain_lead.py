"""`warmline explain lead`: whether each number of a lead may be dialled now, rule by rule."""

import time
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli.arguments.completion import names
from cli.client import lead_records
from cli.leads.named_lead import Lead, id_of
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import of_iso
from warmline.centre import app_client

Campaign = Annotated[
    str,
    typer.Option(metavar="NAME", help="The campaign. Without it, that of the list.", autocompletion=names("campaign")),
]


def lead(lead: Lead, campaign: Campaign = "", as_json: Json = False) -> None:
    lead_id = id_of(lead, "explain lead")
    found = lead_records.at(app_client.records()).explained(lead_id, campaign, time.time_ns() // 1000)
    if as_json:
        print_json(found)
        return
    state = f"{found['next_number']} may be dialled now" if found["dialled_now"] else "is not dialled now"
    print(f"lead {lead_id}, campaign {found['campaign'] or '-'}: {state}")
    for one in (found, *found["others"]):
        print()
        _print(one)


def _print(number: Mapping[str, Any]) -> None:
    """Print a number of the lead, and the answer of each rule about it."""
    name = "main number" if number["source"] == "list" else number["source"]
    places = f"time zones: {number['time_zones'] or '-'}; jurisdictions: {number['jurisdictions'] or '-'}"
    until = f"; its hours end at {_moment(number['open_until'])}" if number["open_until"] else ""
    print(f"{name} {number['number']}")
    print(f"{places}{until}")
    rows = [(one["rule"], one["why"] or "allows it", _moment(one["until"])) for one in number["rules"]]
    print_table(("rule", "answer", "until"), rows, free=("answer",))


def _moment(at: str | None) -> str:
    return moment(None if at is None else of_iso(at))
