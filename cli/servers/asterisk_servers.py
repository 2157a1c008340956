"""`warmline server`: the Asterisk servers of the app, and the drain of one of several."""

from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import quote

import typer

from cli.arguments import completion
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import of_iso
from warmline.centre import app_client

HEADS = ("server", "state", "since", "drain", "weight", "calls", "legs")
Name = Annotated[
    str,
    typer.Argument(
        metavar="SERVER",
        help="A server of the settings: main, or the NAME of a table [server.NAME].",
        show_default=False,
        autocompletion=completion.servers,
    ),
]

ServerState = dict[str, Any]  # as the app sends it


def list_servers(as_json: Json = False) -> None:
    found: list[ServerState] = app_client.get(app_client.here(), "servers")
    if as_json:
        print_json(found)
    else:
        print_table(HEADS, [tuple(_cells(one)) for one in found], free=())


def drain(server: Name, as_json: Json = False) -> None:
    _give(server, "drain", "takes no new calls; its calls go on", as_json=as_json)


def resume(server: Name, as_json: Json = False) -> None:
    _give(server, "resume", "takes new calls", as_json=as_json)


def state(one: ServerState) -> str:
    """Return the connection of a server as a word."""
    return "connected" if one["connected"] else "lost" if one["lost"] else "away"


def _cells(one: ServerState) -> Iterator[str]:
    yield one["name"]
    yield state(one)
    yield moment(of_iso(one["since"]) if one["since"] else None)
    yield f"drains, by {one['by']}" if one["draining"] else ""
    yield "" if one["weight"] is None else str(one["weight"])
    yield str(one["calls"])
    yield str(one["legs"])


def _give(server: str, command: str, done: str, *, as_json: bool) -> None:
    receipt: dict[str, Any] = app_client.post(app_client.here(), f"servers/{quote(server, safe='')}/{command}", {})
    if as_json:
        print_json(receipt)
    else:
        print(f"server {server} {done}")
