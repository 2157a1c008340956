"""`warmline campaign start|stop`: the dialler of a campaign."""

from typing import Annotated, Any

import typer

from cli.arguments.completion import names
from cli.client import app_client
from cli.output.json_output import Json, print_json

Campaign = Annotated[
    str,
    typer.Argument(metavar="CAMPAIGN", help="The campaign.", show_default=False, autocompletion=names("campaign")),
]


def start(campaign: Campaign, as_json: Json = False) -> None:
    _give(campaign, "start", "the dialler runs", as_json=as_json)


def stop(campaign: Campaign, as_json: Json = False) -> None:
    _give(campaign, "stop", "the dialler begins no more calls", as_json=as_json)


def _give(campaign: str, command: str, done: str, *, as_json: bool) -> None:
    receipt: dict[str, Any] = app_client.post(app_client.here(), f"diallers/{campaign}/{command}", {})
    if as_json:
        print_json(receipt)
    else:
        print(f"campaign {campaign}: {done}")
