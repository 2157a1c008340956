"""`warmline agent dial|dial-next|preview|skip`, and `warmline callback dial`: the customers whom an agent dials."""

from typing import Annotated

import typer

from cli.agent.agent_request import User, Wait, give
from cli.arguments.completion import callbacks as open_callbacks
from cli.arguments.completion import names
from cli.client.own_agent import ME
from cli.client.whole_id import whole_id
from cli.output.json_output import Json
from warmline.centre import app_client

Number = Annotated[str, typer.Argument(metavar="[NUMBER]", show_default=False, help="The number to dial.")]
Lead = Annotated[
    int,
    typer.Option(
        "--lead",
        metavar="ID",
        min=0,
        show_default=False,
        help="The id of the lead to call. 0 means no lead.",
    ),
]
Alias = Annotated[
    str,
    typer.Option(
        "--alias",
        metavar="NAME",
        help="Use the number of this group alias as the caller id.",
        autocompletion=names("group-alias"),
    ),
]

CallbackId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A callback's id, or the beginning of its id, from `warmline callback list`.",
        show_default=False,
        autocompletion=open_callbacks,
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--agent",
        metavar="USER",
        help="The agent who dials the callback. Without --agent, the agent of your login.",
        show_default=False,
        autocompletion=names("agent"),
    ),
]


def dial(
    user: User, number: Number = "", lead: Lead = 0, alias: Alias = "", wait: Wait = False, as_json: Json = False
) -> None:
    said = f"{'has' if wait else 'dials'} {_whom(number, lead)}"
    give(user, "dial", said, as_json=as_json, wait=wait, number=number, lead=lead, group_alias=alias)


def preview(user: User, number: Number = "", lead: Lead = 0, alias: Alias = "", as_json: Json = False) -> None:
    said = f"looks at {_whom(number, lead)}"
    give(user, "preview", said, as_json=as_json, number=number, lead=lead, group_alias=alias)


def dial_next(
    user: User,
    shows: Annotated[bool, typer.Option("--preview", help="Show the lead before it is dialled.")] = False,
    as_json: Json = False,
) -> None:
    said = "looks at the next lead" if shows else "dials the next lead"
    give(user, "dial-next", said, as_json=as_json, preview=shows)


def _whom(number: str, lead: int) -> str:
    return number or (f"lead {lead}" if lead else "the number")


def skip(user: User, as_json: Json = False) -> None:
    give(user, "skip", "skips it", as_json=as_json)


def dial_callback(callback: CallbackId, agent: By = ME, wait: Wait = False, as_json: Json = False) -> None:
    wanted = whole_id(app_client.here(), "callback", callback)
    give(agent, "dial", "has the customer" if wait else "calls back", as_json=as_json, wait=wait, callback=wanted)
