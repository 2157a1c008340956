"""`warmline events …`: what happens, as it happens."""

import json
from typing import Annotated, Any

import typer

from warmline import settings
from warmline.cli import event_stream
from warmline.cli.output import console
from warmline.cli.running_app import AppAway

app = typer.Typer(help="What happens, as it happens.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """What happens, as it happens."""


@app.command(epilog="Example: warmline events tail --agent 1000")
def tail(
    call: Annotated[str, typer.Option(metavar="CALL", help="Only what concerns this call.")] = "",
    agent: Annotated[str, typer.Option(metavar="USER", help="Only what concerns this agent.")] = "",
    after: Annotated[int | None, typer.Option(min=0, help="Begin behind this event; 0: with the first one.")] = None,
    follow: Annotated[bool, typer.Option(help="Go on with what comes, until Ctrl-C.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print each event as a line of JSON.")] = False,
) -> None:
    """Print each event of the journal in a line: number, time, what came in, and what became of whom."""
    asked = {"call": call, "agent": agent, "follow": str(follow).lower()}
    found = event_stream.events(settings.load(), **asked, **({} if after is None else {"after": str(after)}))
    out = console()
    for event in found:
        if event:
            out.print(json.dumps(event, ensure_ascii=False) if as_json else line(event), markup=False, soft_wrap=True)
    if follow:
        raise AppAway("the app has ended the stream of events; begin again behind the last one with: --after NUMBER")


def line(event: dict[str, Any]) -> str:
    """One event for people."""
    whose = (event["call"], event["agent"] and f"agent {event['agent']}")
    told = (f"{name}={value}" for name, value in event["data"].items())
    became = ", ".join(f"{one['what']} {one['id']}: {one['state']}" for one in event["became"])
    parts = (str(event["seq"]), event["at"], event["kind"], *whose, *told, became and f"→ {became}")
    return "  ".join(filter(None, parts))
