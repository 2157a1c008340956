"""`warmline agent status`: who is logged in, and what each is doing."""

from typing import Annotated

import typer

from warmline import settings
from warmline.cli import completion, running_app
from warmline.cli.output import Json, print_json, print_table
from warmline.cli.since import ago
from warmline.store.refusals import NotFound

User = Annotated[str, typer.Argument(metavar="[USER]", show_default=False, autocompletion=completion.names("agent"))]


def status(user: User = "", as_json: Json = False) -> None:
    """Who is logged in and in which state, from the running app; with USER one agent."""
    agents = running_app.get(settings.load(), "agents")
    if user:
        agents = [agent for agent in agents if agent["user"] == user]
        if not agents:
            raise NotFound(f"agent {user} is not logged in; see who is: warmline agent status")
    if as_json:
        print_json(agents[0] if user else agents)
    elif agents:
        heads = ("agent", "state", "for", "call", "phone", "campaign", "pause code")
        print_table(
            heads,
            [
                (a["user"], a["state"], ago(a["since"]), a["call"] or "", a["phone"], a["campaign"], a["pause_code"])
                for a in agents
            ],
        )
    else:
        print("No agent is logged in.")
