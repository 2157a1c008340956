"""`warmline call …`: the live calls."""

from typing import Annotated
from urllib.parse import quote

import typer

from warmline import settings
from warmline.cli import running_app
from warmline.cli.output import Json, print_json, print_table
from warmline.cli.since import ago

app = typer.Typer(help="Live calls.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Live calls."""


@app.command("list", epilog="Example: warmline call list")
def list_all(as_json: Json = False) -> None:
    """Every live call, the oldest first, from the running app."""
    calls = running_app.get(settings.load(), "calls")
    if as_json:
        print_json(calls)
    elif calls:
        heads = ("call", "agent API id", "state", "for", "customer", "agent", "third", "in-group")
        print_table(
            heads,
            [
                (
                    *(c["id"], c["agc_id"], c["state"], ago(c["since"])),
                    *(c["customer"], c["agent"] or "", c["third"] or "", c["ingroup"]),
                )
                for c in calls
            ],
        )
    else:
        print("No live calls.")


@app.command(epilog="Example: warmline call hangup 01J9ZK3T5M8Q2W4X6Y7Z0ABCDE")
def hangup(call: Annotated[str, typer.Argument(metavar="ID", show_default=False)], as_json: Json = False) -> None:
    """Hang up everybody in a live call, also one that its agent has left; ID as `call list` shows it, either one."""
    receipt = running_app.post(settings.load(), f"calls/{quote(call, safe='')}/hangup", {"kind": "END_CALL"})
    if as_json:
        print_json(receipt)
    else:
        print(f"call {receipt['call']} hung up")
