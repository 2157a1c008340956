"""`warmline agent watch`: what an agent is doing, as it changes."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from warmline import settings
from warmline.cli import running_app
from warmline.cli.agent_order import User
from warmline.cli.output import Json
from warmline.cli.since import ago
from warmline.store.refusals import NotFound

if TYPE_CHECKING:
    from rich.table import Table

    from warmline.cli.watching import Changed

Picture = dict[str, Any]  # the agent as the app tells of him, and his `call` whole; `state` alone if he is logged out

LOGGED_OUT = "LOGGED OUT"
LOUD = {"READY": "green", "INCALL": "bold", "3-WAY": "bold", "PARK": "yellow", "DEAD": "red", "LOST": "red"}


def watch(user: User, as_json: Json = False) -> None:
    """Follow one agent until Ctrl-C: state, time, customer, third party; piped, a line for each change."""
    from warmline.cli.watching import pictures, show

    place = settings.load()
    calls = {""}

    def look() -> Picture:
        found = picture(place, user)
        calls.add((found["call"] or {}).get("id", ""))
        return found

    def concerns(changed: "Changed") -> bool:
        return any(
            one["id"] == user if one["what"] == "agent" else one["what"] == "call" and one["id"] in calls
            for one in changed
        )

    show(pictures(place, look, concerns), page, lines, as_json)


def picture(place: settings.Settings, user: str) -> Picture:
    """The agent now, with his call. Raises AppAway."""
    try:
        agent: Picture = running_app.get(place, f"agents/{quote(user, safe='')}")
    except NotFound:
        return {"user": user, "state": LOGGED_OUT, "since": None, "call": None}
    try:
        return agent | {"call": running_app.get(place, f"calls/{agent['call']}") if agent["call"] else None}
    except NotFound:  # it has ended meanwhile: an event tells of it
        return agent | {"call": None}


def page(found: Picture) -> "Table":
    """The picture for a terminal; the clocks run with each drawing."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    state = Text(_state(found), style=LOUD.get(found["state"], ""))
    table.add_row("agent", Text.assemble(found["user"], "  ", state, f"  {_for(found['since'])}"))
    if call := found["call"]:
        table.add_row("call", f"{call['state']}  {_for(call['connected'] or call['arrived'])}  {call['ingroup']}")
        table.add_row("customer", call["customer"])
        if call["third"]:
            table.add_row("third", call["third"])
        if call["recording"]:
            table.add_row("recording", call["recording"])
    elif found.get("last_call"):
        table.add_row("last call", f"{found['last_call']}  {found['last_status']}".rstrip())
    return table


def lines(found: Picture) -> list[str]:
    """The picture in one line: what changes with time alone is not in it."""
    call = found["call"] or {}
    parts = (found["user"], _state(found), call.get("state"), call.get("customer"), call.get("third"))
    return ["  ".join(part for part in parts if part)]


def _state(found: Picture) -> str:
    muted = " (muted)" if found.get("muted") else ""
    return f"{found['state']} {found.get('pause_code', '')}".rstrip() + muted


def _for(since: str | None) -> str:
    return ago(since) if since else ""


COMMANDS = ((watch, "watch 1000"),)
