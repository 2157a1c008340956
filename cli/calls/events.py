"""`warmline events …`: print events as they happen."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.arguments.completion import names
from cli.calls.call import live_calls
from cli.client.live_view import AWAY
from cli.output import time_zone
from cli.output.json_output import json_line
from cli.output.printing import complain, console, printable
from cli.output.reader_gone import end_with_reader
from warmline.centre import app_client, event_stream

if TYPE_CHECKING:
    from rich.console import Console

EMPTY: tuple[object, ...] = ("", None, [])  # values that a line leaves out


def tail(
    call: Annotated[
        str, typer.Option(metavar="CALL", help="Only events of the call with this id.", autocompletion=live_calls)
    ] = "",
    agent: Annotated[
        str, typer.Option(metavar="USER", help="Only events of this agent.", autocompletion=names("agent"))
    ] = "",
    after: Annotated[
        str, typer.Option(metavar="ID", help="Begin after the event with this id. 0 means from the first event.")
    ] = "",
    follow: Annotated[
        bool,
        typer.Option(
            help="Continue with new events until Ctrl-C, even after a restart of the app. With --no-follow, print the "
            "stored events and end."
        ),
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print each event as a line of JSON.")] = False,
) -> None:
    asked = {"call": call, "agent": agent, "follow": str(follow).lower()}
    place, mark, out = app_client.here(), event_stream.StreamPosition(after), console()
    if not follow:
        for event in filter(None, event_stream.events(place, mark, **asked)):
            _show(out, event, as_json=as_json)
        return
    end_with_reader()
    for found in event_stream.lasting(place, mark, **asked):
        if found:
            _show(out, found, as_json=as_json)
        else:
            complain(AWAY)


def _show(out: "Console", event: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json_line(event), flush=True)
    else:
        out.print(line(event), markup=False, soft_wrap=True)


def line(event: dict[str, Any]) -> str:
    """Return one event as a line for people."""
    whose = (event["call"], event["agent"] and f"agent {event['agent']}")
    told = (f"{name}={_text(value)}" for name, value in event["data"].items() if value not in EMPTY)
    at = event["at"] and datetime.fromisoformat(event["at"]).astimezone(time_zone.here()).isoformat(
        timespec="milliseconds"
    )
    return printable("  ".join(filter(None, (event["id"], at, event["type"], *whose, *told))))


def _text(value: Any) -> str:
    """Return a value in words; the parts of a list or an object are in one line."""
    if isinstance(value, dict):
        value = list(value.values())
    return " ".join(map(_text, value)) if isinstance(value, list) else str(value)
