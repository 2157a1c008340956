"""`warmline agent login|logout|pause|ready|mute|dispo`: an agent's day, from a terminal."""

from typing import Annotated

import typer

from warmline.cli.agent_order import User, give, ring
from warmline.cli.output import Json

Off = Annotated[bool, typer.Option("--off", help="The other way round.")]


def login(user: User, as_json: Json = False) -> None:
    """Log an agent in: the phone is called, and the agent is in when it is picked up."""
    ring(user, "login", "", "logged in", as_json=as_json)


def logout(user: User, as_json: Json = False) -> None:
    """Log an agent out, at once or after the call and its disposition."""
    give(user, "logout", "logs out", as_json=as_json)


def pause(
    user: User, code: Annotated[str, typer.Argument(metavar="CODE", show_default=False)] = "", as_json: Json = False
) -> None:
    """Take no calls: at once, or after the call and its disposition. CODE says why."""
    give(user, "pause", f"pauses {code}".rstrip(), as_json=as_json, pause_code=code)


def ready(user: User, as_json: Json = False) -> None:
    """Take calls: at once, or after the call and its disposition."""
    give(user, "resume", "takes calls", as_json=as_json)


def mute(user: User, off: Off = False, as_json: Json = False) -> None:
    """Switch the agent's microphone off until the call is over: nobody hears the agent, who hears everybody."""
    give(user, "unmute" if off else "mute", "heard again" if off else "nobody hears the agent", as_json=as_json)


def dispo(
    user: User,
    code: Annotated[str, typer.Argument(metavar="CODE", show_default=False)],
    notes: Annotated[str, typer.Option("--notes", metavar="TEXT", help="What is to be known of it.")] = "",
    callback: Annotated[str, typer.Option("--callback", metavar="TIME", help="Promise a call back then.")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="By this agent, not by anybody.")] = False,
    comments: Annotated[str, typer.Option("--comments", metavar="TEXT", help="What to know when calling back.")] = "",
    as_json: Json = False,
) -> None:
    """Give the last call its code. During a call it is kept until that ends."""
    if not callback and (mine or comments):
        raise typer.BadParameter("--mine and --comments are about a --callback")
    promise = {"at": callback, "whose": "USERONLY" if mine else "ANYONE", "comments": comments} if callback else {}
    give(user, "disposition", f"disposition {code}", as_json=as_json, status=code, notes=notes, callback=promise)


COMMANDS = (
    (login, "login 1000"),
    (logout, "logout 1000"),
    (pause, "pause 1000 LUNCH"),
    (ready, "ready 1000"),
    (mute, "mute 1000"),
    (dispo, "dispo 1000 SALE --notes 'wants the blue one'"),
)
