"""`warmline callback …`: who is to be called back."""

import time
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

import typer

from warmline import settings
from warmline.cli import running_app
from warmline.cli.agent_order import Wait, give
from warmline.cli.completion import names
from warmline.cli.output import Json, print_json, print_table
from warmline.cli.times import clock, day, iso
from warmline.core.callback import Callback
from warmline.store import callbacks

Id = Annotated[str, typer.Argument(metavar="ID", help="As `warmline callback list` shows it.", show_default=False)]
By = Annotated[
    str,
    typer.Option(
        "--agent", metavar="USER", help="The agent who calls back.", show_default=False, autocompletion=names("agent")
    ),
]

app = typer.Typer(help="Who is to be called back.", no_args_is_help=True)


class State(StrEnum):
    PENDING = "pending"
    DUE = "due"
    MISSED = "missed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@app.callback()
def _group() -> None:
    """Who is to be called back."""


@app.command("list", epilog="Example: warmline callback list --agent 1000")
def list_all(
    agent: Annotated[
        str,
        typer.Option(
            "--agent", metavar="USER", help="What USER may call: own and anybody's.", autocompletion=names("agent")
        ),
    ] = "",
    state: Annotated[State | None, typer.Option(help="Only these; otherwise all that are still to be done.")] = None,
    as_json: Json = False,
) -> None:
    """Who is to be called back, the one who is due first in front."""
    found = callbacks.listed(settings.load().db, _now(), agent, state or "")
    if as_json:
        print_json([_row(one) for one in found])
    elif found:
        heads = ("due", "state", "number", "by", "in-group", "comments", "id")
        print_table(heads, [_line(one) for one in found])
    else:
        print("Nobody waits for a call back.")


@app.command(epilog="Example: warmline callback show 01KAFH8Y3C0000000000000001")
def show(callback: Id, as_json: Json = False) -> None:
    """All that is known of one callback."""
    found = _row(callbacks.find(settings.load().db, callback, _now()))
    if as_json:
        print_json(found)
    else:
        for name, value in found.items():
            print(f"{name:10} {value if value not in (None, '') else '-'}")


@app.command(epilog="Example: warmline callback dial 01KAFH8Y3C0000000000000001 --agent 1000")
def dial(callback: Id, agent: By, wait: Wait = False, as_json: Json = False) -> None:
    """Let an agent call back now. It is completed when the customer answers."""
    give(agent, "dial", "calls back", as_json=as_json, wait=wait, callback=callback)


@app.command(epilog="Example: warmline callback take 01KAFH8Y3C0000000000000001 --agent 1000")
def take(callback: Id, agent: By, as_json: Json = False) -> None:
    """Make it an agent's own, whose ever it was."""
    _change(callback, "take", f"agent {agent} calls back", as_json, {"agent": agent})


@app.command(epilog='Example: warmline callback reschedule 01KAFH8Y3C0000000000000001 "2026-12-24 18:05"')
def reschedule(
    callback: Id,
    at: Annotated[str, typer.Argument(metavar="TIME", help="On the clock of `warmline setting`'s timezone.")],
    comments: Annotated[str, typer.Option(help="What to know when calling.")] = "",
    as_json: Json = False,
) -> None:
    """Put it to another time."""
    given = {"at": at} | ({"comments": comments} if comments else {})
    _change(callback, "reschedule", f"due {at}", as_json, given)


@app.command(epilog="Example: warmline callback cancel 01KAFH8Y3C0000000000000001")
def cancel(callback: Id, as_json: Json = False) -> None:
    """Nobody is to be called back any more."""
    _change(callback, "cancel", "cancelled", as_json, {})


def _change(callback: str, what: str, said: str, as_json: bool, given: dict[str, str]) -> None:
    receipt = running_app.post(settings.load(), f"callbacks/{quote(callback, safe='')}/{what}", given)
    if as_json:
        print_json(receipt)
    else:
        print(f"callback {callback}: {said}")


def _row(one: Callback) -> dict[str, Any]:
    return vars(one) | {"at": iso(one.at), "made": iso(one.made), "ended": iso(one.ended)}


def _line(one: Callback) -> tuple[str, ...]:
    due = f"{day(one.at)} {clock(one.at)[:5]}"
    return (due, one.state, one.number, one.agent or "anybody", one.ingroup, one.comments, one.id)


def _now() -> int:
    return time.time_ns() // 1000
