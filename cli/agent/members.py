"""`warmline ingroup members` and `warmline campaign members`: the agents, and those of them who are logged in."""

from collections.abc import Iterator
from typing import Any

import typer

from cli.agent.agent_view import stands
from cli.arguments.completion import entity_of
from cli.arguments.entity_arguments import Name
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import NAME, print_table
from cli.output.time_format import ago
from warmline.centre import app_client
from warmline.centre.app_answer import AppAway
from warmline.options.values.entity import Entity

Member = dict[str, Any]  # of --json; `state` and `since` are None if the agent is not logged in, or if that is unknown

HEADS = ("agent", NAME, "active", "state", "for", "rank", "grade")
NONE = {
    "ingroup": "No agent takes in-group {name}; to add one: warmline agent set USER ingroups={name},…",
    "campaign": "No agent is in campaign {name}; to add one: warmline agent set USER campaign={name}",
}


def members(context: typer.Context, name: Name, as_json: Json = False) -> None:
    from cli.client import config_records

    entity = entity_of(context)
    config_records.show(app_client.records(), entity.kind, name)  # raises NotFound
    tell(entity, name, as_json)


def tell(entity: Entity, name: str, as_json: bool = False) -> None:
    """Print the agents of an in-group or a campaign that exists."""
    from cli.client import config_records

    here, away = _logged_in()
    found = list(_members(entity, name, config_records.show_all(app_client.records(), "agent"), here))
    if as_json:
        print_json(found)
    elif found:
        print_table(HEADS, map(_row, found), free=(), spare=("grade", "rank", NAME), if_any=(NAME, "state", "for"))
    else:
        print(NONE[entity.kind].format(name=name))
    if away:
        complain(f"the agents who are logged in are not known: {away}")


def _logged_in() -> tuple[dict[str, Member], str]:
    """Return the logged-in agents by user; none, and why, if the app does not answer."""
    try:
        return {one["user"]: one for one in app_client.get(app_client.here(), "agents")}, ""
    except AppAway as why:
        return {}, str(why)


def _members(entity: Entity, name: str, agents: dict[str, Member], here: dict[str, Member]) -> Iterator[Member]:
    """Yield the agents of the configuration, and those who serve the in-group or campaign since they logged in."""
    for user in sorted(agents | here):
        known, session = agents.get(user, {}), here.get(user, {})
        if not any(_takes(entity, name, one) for one in (known, session)):
            continue
        yield {
            "agent": user,
            "full_name": known.get("full_name", ""),
            "active": known.get("active", "N"),
            "state": stands(session) if session else None,
            "since": session.get("since"),
            "serves": _takes(entity, name, session),
            "rank": _rated(known, "rank", entity, name),
            "grade": _rated(known, "grade", entity, name),
        }


def _takes(entity: Entity, name: str, agent: Member) -> bool:
    if entity.kind == "campaign":
        return bool(agent.get("campaign") == name)
    return name in agent.get("ingroups", ())


def _rated(agent: Member, what: str, entity: Entity, name: str) -> int:
    """Return the agent's rank or grade in the campaign or in-group."""
    usual = 1 if what == "grade" else 0
    if entity.kind == "campaign":
        return int(agent.get(f"campaign_{what}", usual))
    rated = dict(one.rsplit(":", 1) for one in agent.get(f"ingroup_{what}s", ()))
    return int(rated.get(name, usual))


def _row(one: Member) -> tuple[str, ...]:
    state = "" if one["state"] is None else one["state"] if one["serves"] else f"{one['state']}, not for this"
    since = ago(one["since"]) if one["since"] else ""
    return one["agent"], one["full_name"], one["active"], state, since, str(one["rank"]), str(one["grade"])
