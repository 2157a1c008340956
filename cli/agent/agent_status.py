"""`warmline agent status`: the agents who are logged in, with their states."""

from typing import Annotated, Any
from urllib.parse import quote

import typer

from cli.agent.agent_view import stands, supervised
from cli.arguments import completion
from cli.client import own_agent
from cli.client.asterisk_check import check_asterisk
from cli.client.own_agent import ME, named
from cli.output.json_output import Json, print_json
from cli.output.table import NAME, print_table
from cli.output.time_format import ago
from warmline.centre import app_client
from warmline.store.database.errors import NotFound

HEADS = ("agent", NAME, "state", "for", "customer", "third", "phone", "campaign", "supervised")

GREETED = "LOGIN"  # the pause code while the agent hears the greeting of the login

User = Annotated[
    str,
    typer.Argument(
        metavar="[USER]",
        show_default=False,
        help="Only this agent. Without USER all agents are shown.",
        autocompletion=completion.names("agent"),
    ),
]


def status(user: User = "", as_json: Json = False) -> None:
    place = app_client.here()
    if user == ME:
        user = own_agent.of(place).agent
    agents = app_client.get(place, "agents")
    if user:
        agents = [agent for agent in agents if agent["user"] == user]
        if not agents:
            raise NotFound(
                "agent_not_logged_in",
                "agent {agent} is not logged in; to see the agents that are: warmline agent status",
                agent=user,
            )
    calls = app_client.get(place, "calls") if agents else []
    if as_json:
        known = {call["id"]: call for call in calls}
        told = [agent | _parties(known.get(agent["call"], {})) for agent in agents]
        print_json(told[0] if user else told)
    elif agents:
        print_agents(agents, calls)
    else:
        print("No agent is logged in.")
    check_asterisk(place)


def print_agents(agents: list[dict[str, Any]], calls: list[dict[str, Any]]) -> None:
    """Print the table of these agents who are logged in, with the parties of their calls."""
    known = {call["id"]: call for call in calls}
    rows = [_row(agent, known.get(agent["call"], {})) for agent in agents]
    print_table(HEADS, rows, free=(), spare=("campaign", NAME), if_any=(NAME, "supervised"))


def _parties(call: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of the other parties of a call; without a call, both are None."""
    return {"customer": call.get("customer"), "third": call.get("third")}


def _row(agent: dict[str, Any], call: dict[str, Any]) -> tuple[str, ...]:
    with_whom = call.get("customer", ""), call.get("third") or ""
    own = agent["phone"], agent["campaign"], supervised(agent)
    return agent["user"], agent["full_name"], stands(agent), ago(agent["since"]), *with_whom, *own


def how_to_go_on(user: str) -> str:
    """Return what an agent who has just logged in does next."""
    place, here = app_client.here(), f"agents/{quote(user, safe='')}"
    agent = app_client.get(place, here)
    if agent["pause_code"] == GREETED:
        from warmline.centre.event_stream import follow

        for _ in follow(place, "agent", agent["user"]):
            agent = app_client.get(place, here)
            if agent["pause_code"] != GREETED:
                break
    state = f"agent {agent['user']}: {stands(agent)}"
    if agent["state"] == "READY":
        return f"{state}: calls come; each ends with a code: warmline agent dispo{named(user)}"
    return f"{state}: to take calls: warmline agent ready{named(user)}" if agent["state"] == "PAUSED" else state
