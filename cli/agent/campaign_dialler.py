"""`warmline campaign start|stop`: the dialler of a campaign."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.arguments.completion import names
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from warmline.centre import app_client
from warmline.centre.app_answer import AppAway, AppRefused
from warmline.store.database.database import StoreError
from warmline.system.settings import SettingsError

Campaign = Annotated[
    str,
    typer.Argument(metavar="CAMPAIGN", help="The campaign.", show_default=False, autocompletion=names("campaign")),
]


def start(campaign: Campaign, as_json: Json = False) -> None:
    try:
        _give(campaign, "start", "the dialler runs", as_json=as_json)
    except AppRefused as refused:
        if needs := _needs_of_leads(campaign):
            raise refused.hinting(f"it also needs {'; '.join(needs)}") from None
        raise
    for need in [] if as_json else _needs_of_leads(campaign):
        complain(f"campaign {campaign} has nothing to dial without {need}")


def stop(campaign: Campaign, as_json: Json = False) -> None:
    _give(campaign, "stop", "the dialler begins no more calls", as_json=as_json)


def _give(campaign: str, command: str, done: str, *, as_json: bool) -> None:
    receipt: dict[str, Any] = app_client.post(app_client.here(), f"diallers/{campaign}/{command}", {})
    if as_json:
        print_json(receipt)
    else:
        print(f"campaign {campaign}: {done}")


def _needs_of_leads(campaign: str) -> list[str]:
    """Return what keeps a campaign without leads to dial, each with a command; nothing if the lists cannot be read."""
    try:
        return list(_lacking(campaign))
    except (AppAway, AppRefused, StoreError, SettingsError):  # another role than the one that starts diallers
        return []


def _lacking(campaign: str) -> Iterator[str]:
    """Yield what the lists of a campaign lack, judged by the first lead of each."""
    from cli.client import config_records, lead_records

    where = app_client.records()
    lists = config_records.show_all(where, "list")
    own = {name: options for name, options in lists.items() if options["campaign"] == campaign}
    active = [name for name, options in own.items() if options["active"] == "Y"]
    if not own:
        yield f"a list of leads: warmline list create 101 campaign={campaign} country=US"
    elif not active:
        yield f"an active list: warmline list set {min(own)} active=Y"
    leads = lead_records.at(where)
    first = {name: lead for name in active for lead in leads.page(name, 0, 1)}
    if active and not first:
        yield f"leads: warmline lead import FILE.csv --list {active[0]}"
    for name, lead in first.items():
        if not lead["time_zones"] and not own[name]["country"]:
            yield f"the country of list {name}: warmline list set {name} country=US"
