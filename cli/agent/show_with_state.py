"""`agent show`, `ingroup show` and `ingroup list`: the options, then the state of now, if the app tells it."""

import typer

from cli.agent import agent_status, members
from cli.arguments.completion import entry_names
from cli.arguments.entity_arguments import Name
from cli.entities import entity
from cli.output.json_output import Json
from cli.output.table import print_table
from cli.output.time_format import ago
from warmline.centre import app_client
from warmline.options.values.entity import Entity
from warmline.text.coded_error import CodedError


def show(context: typer.Context, name: Name, as_json: Json = False) -> None:
    entity.show_with(context, name, as_json, _tell)


def list_all(context: typer.Context, as_json: Json = False) -> None:
    entity.list_with(context, as_json, _tell_all)


def _tell_all(kind: Entity) -> None:
    """Print how many callers wait in each in-group, and how many agents take it."""
    try:
        place = app_client.here()
        agents, calls = app_client.get(place, "agents"), app_client.get(place, "calls")
    except CodedError:  # as below
        return
    rows: list[tuple[str, ...]] = []
    for name in entry_names(kind.kind):
        waiting = [one["since"] for one in calls if one["state"] == "waiting" and one["ingroup"] == name]
        takes = [one for one in agents if name in one["ingroups"]]
        ready = sum(one["state"] == "READY" for one in takes)
        longest = ago(min(waiting)) if waiting else ""
        rows.append((name, str(len(waiting)), longest, str(len(takes)), str(ready)))
    print()
    print_table((kind.kind, "waiting", "longest", "agents", "READY"), rows, free=())


def _tell(kind: Entity, name: str) -> None:
    try:
        place = app_client.here()
        agents, calls = app_client.get(place, "agents"), app_client.get(place, "calls")
    except CodedError:  # the app is away, or the user may not see agents; the options do not need it
        return
    print()
    if kind.kind == "agent":
        own = [one for one in agents if one["user"] == name]
        agent_status.print_agents(own, calls) if own else print(f"Agent {name} is not logged in.")
        return
    waiting = [one["since"] for one in calls if one["state"] == "waiting" and one["ingroup"] == name]
    count = "1 caller waits" if len(waiting) == 1 else f"{len(waiting)} callers wait"
    print(f"{count}, the longest for {ago(min(waiting))}." if waiting else "No caller waits.")
    members.tell(kind, name)
