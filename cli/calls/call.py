"""`warmline call …`: commands about live calls, and the disposition of any call."""

from contextlib import suppress
from typing import Annotated, Any
from urllib.parse import quote

import typer

from cli.arguments.completion import beginning, names
from cli.client.asterisk_check import check_asterisk
from cli.client.whole_id import whole_id
from cli.output.cell_format import line_of, short
from cli.output.json_output import Json, print_json
from cli.output.table import NAME, print_table
from cli.output.time_format import ago
from warmline.centre import app_client
from warmline.centre.app_answer import AppAway, AppRefused
from warmline.centre.login_file import LoginError
from warmline.store.database.errors import NotFound
from warmline.system import settings
from warmline.system.settings import SettingsError


def live_calls(incomplete: str) -> list[str]:
    """Return the ids of live calls; none if the app does not answer."""
    try:
        return beginning(incomplete, (one["id"] for one in app_client.get(app_client.here(), "calls")))
    except (SettingsError, LoginError, AppAway, AppRefused):
        return []


def talking_channels(incomplete: str) -> list[str]:
    """Return the names of the channels that the dialplan of a server connects; none of a server that is silent."""
    from cli.client import ari_console
    from warmline.system.server_settings import every_server

    found: list[str] = []
    with suppress(SettingsError):
        known = settings.load()
        for server in every_server(known):
            with suppress(AppAway):
                _, channels = ari_console.ask(known, "GET", "channels", server.name)
                found += [one["name"] for one in channels or () if one["dialplan"]["app_name"] != "Stasis"]
    return beginning(incomplete, (name for name in found if not name.startswith("Local/")))


Call = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        show_default=False,
        help="A call's id from `call list`, the beginning of it, its agent API id, or Asterisk's id of its channel.",
        autocompletion=live_calls,
    ),
]
Code = Annotated[
    str,
    typer.Argument(metavar="CODE", show_default=False, help="The new code.", autocompletion=names("disposition")),
]
Why = Annotated[
    str, typer.Option("--why", metavar="TEXT", help="The reason, which the audit stores.", show_default=False)
]

HEADS = ("call", "agent API id", "state", "for", "customer", "agent", NAME, "third", "in-group")


def list_all(as_json: Json = False) -> None:
    place = app_client.here()
    calls = app_client.get(place, "calls")
    if as_json:
        print_json(calls)
    elif calls:
        print_table(
            HEADS,
            free=(),
            spare=("agent API id", NAME, "in-group"),
            if_any=(NAME,),
            rows=[
                (
                    *(short(c["id"]), c["agc_id"], c["state"], ago(c["since"])),
                    *(c["customer"], c["agent"] or "", c["full_name"], c["third"] or "", line_of(c)),
                )
                for c in calls
            ],
        )
    else:
        print("No live calls.")
    check_asterisk(place)


def hangup(call: Call, as_json: Json = False) -> None:
    receipt = _post(call, "hangup", {"kind": "END_CALL"})
    if as_json:
        print_json(receipt)
    else:
        print(f"call {receipt['call']} hung up")


def take(
    call: Call,
    agent: Annotated[
        str,
        typer.Option(
            "--agent",
            metavar="USER",
            help="The agent who gets the call: READY, or in its wrap-up without a code while it waits.",
            show_default=False,
            autocompletion=names("agent"),
        ),
    ],
    as_json: Json = False,
) -> None:
    receipt = _post(call, "take", {"agent": agent})
    if as_json:
        print_json(receipt)
    else:
        print(f"call {receipt['call']} goes to agent {agent}")


def adopt(
    channel: Annotated[
        str,
        typer.Argument(
            metavar="CHANNEL",
            help="The channel of either party, by name or id, or the agent's phone.",
            show_default=False,
            autocompletion=talking_channels,
        ),
    ],
    agent: Annotated[
        str,
        typer.Option(
            "--agent",
            metavar="USER",
            help="The agent of the call. By default the phone shows who it is.",
            show_default=False,
            autocompletion=names("agent"),
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    sent = {"channel": channel} | ({"agent": agent} if agent else {})
    receipt: dict[str, Any] = app_client.post(app_client.here(), "adoptions", sent)
    if as_json:
        print_json(receipt)
    else:
        print(f"call {receipt['call']} is adopted")


def set_disposition(call: Call, code: Code, why: Why, as_json: Json = False) -> None:
    receipt = _post(call, "disposition", {"status": code, "why": why})
    if as_json:
        print_json(receipt)
    else:
        print(f"call {receipt['call']} has the disposition {receipt['status']}")


def vm_message(
    call: Call,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The name of a sound file, without its ending.", show_default=False)
    ],
    as_json: Json = False,
) -> None:
    receipt = _post(call, "vm-message", {"message": file})
    if as_json:
        print_json(receipt)
    else:
        print(f"call {receipt['call']}: the message is {file}")


def _post(call: str, what: str, sent: dict[str, str]) -> dict[str, Any]:
    """Give a command about a call.

    Raises AppAway, NotFound, AppRefused; Conflict if the ids of several calls begin like `call`.
    """
    place = app_client.here()
    wanted = whole_id(place, "call", call)
    try:
        receipt: dict[str, Any] = app_client.post(place, f"calls/{quote(wanted, safe='')}/{what}", sent)
    except NotFound as error:
        if str(error).startswith("live call "):  # not an agent who is unknown
            error.args = (f"{error}; to list live calls: warmline call list",)
        raise
    return receipt
