"""`warmline callback …`: the callbacks that were promised to customers."""

import time
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

import typer

from cli.agent.agent_request import Wait, give
from cli.agent.agent_session import HELP
from cli.arguments.completion import callbacks as open_callbacks
from cli.arguments.completion import names
from cli.arguments.time_options import callback_time
from cli.client import app_client
from cli.output.cell_format import moment, short
from cli.output.json_output import Json, print_json
from cli.output.printing import printable
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.core.model.callback import Callback
from warmline.store.database.id_prefix import whole_id
from warmline.store.leads import callbacks
from warmline.system import settings

Id = Annotated[
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
        help="The agent who dials the callback.",
        show_default=False,
        autocompletion=names("agent"),
    ),
]

TIMES = ("at", "made", "ended")
HEADS = ("due", "state", "number", "by", "in-group", "comments", "id")


class CallbackState(StrEnum):
    PENDING = "pending"
    DUE = "due"
    MISSED = "missed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


def list_all(
    agent: Annotated[
        str,
        typer.Option(
            "--agent",
            metavar="USER",
            help="Only callbacks that this agent can dial: the agent's own, and those that every agent can dial.",
            autocompletion=names("agent"),
        ),
    ] = "",
    state: Annotated[
        CallbackState | None,
        typer.Option(
            metavar="STATE",
            help=f"Only callbacks in this state: {', '.join(CallbackState)}. Without --state: pending, due, missed.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    found = callbacks.listed(settings.load().db, _now(), agent, state or "")
    if as_json:
        print_json([_row(one) for one in found])
    elif found:
        print_table(HEADS, [_line(one) for one in found], free=("comments",), spare=("in-group",))
    else:
        print("No callback is pending.")


def show(callback: Id, as_json: Json = False) -> None:
    path = settings.load().db
    one = callbacks.find(path, whole_id(path, "callback", callback), _now())
    if as_json:
        print_json(_row(one))
        return
    for name, value in (vars(one) | {name: moment(getattr(one, name)) for name in TIMES}).items():
        print(f"{name:10} {printable(str(value)) if value not in (None, '') else '-'}")


def dial(callback: Id, agent: By, wait: Wait = False, as_json: Json = False) -> None:
    wanted = whole_id(settings.load().db, "callback", callback)
    give(agent, "dial", "has the customer" if wait else "calls back", as_json=as_json, wait=wait, callback=wanted)


def take(callback: Id, agent: By, as_json: Json = False) -> None:
    _change(callback, "take", f"agent {agent} calls back", as_json, {"agent": agent})


def reschedule(
    callback: Id,
    at: Annotated[str, typer.Argument(metavar="TIME", help=f"The new time: {HELP}")],
    comments: Annotated[
        str,
        typer.Option(metavar="TEXT", help="New notes for the callback. Without --comments the previous notes stay."),
    ] = "",
    as_json: Json = False,
) -> None:
    when, shown = callback_time(at, "TIME")
    given = {"at": when} | ({"comments": comments} if comments else {})
    _change(callback, "reschedule", f"due {shown}", as_json, given)


def cancel(callback: Id, as_json: Json = False) -> None:
    _change(callback, "cancel", "cancelled", as_json, {})


def _change(callback: str, what: str, said: str, as_json: bool, given: dict[str, str]) -> None:
    place = app_client.settings_of_user()
    callback = whole_id(place.db, "callback", callback)
    receipt = app_client.post(place, f"callbacks/{quote(callback, safe='')}/{what}", given)
    if as_json:
        print_json(receipt)
    else:
        print(f"callback {callback}: {said}")


def _row(one: Callback) -> dict[str, Any]:
    return vars(one) | {name: iso(getattr(one, name)) for name in TIMES}


def _line(one: Callback) -> tuple[str, ...]:
    due, whose = moment(one.at, digits=5), one.agent or "anybody"
    return (due, one.state, one.number, whose, one.ingroup, one.comments, short(one.id))


def _now() -> int:
    return time.time_ns() // 1000
