"""`warmline password` and `warmline session …`: the own password, and the own sessions at an app."""

import getpass
import sys
from typing import Annotated, Any
from urllib.parse import quote

import typer

from cli.arguments import completion
from cli.client import app_client
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import of_iso, to_the_minute
from cli.place import place
from cli.place.login_file import AppLogin, LoginError

Others = Annotated[bool, typer.Option("--others", help="End all your sessions except this one.")]
SessionId = Annotated[
    str,
    typer.Argument(
        metavar="[ID]",
        show_default=False,
        help="The session, as `list` shows it.",
        autocompletion=completion.own_sessions,
    ),
]
COLUMNS = ("session", "program", "address", "begun", "last seen", "here")


def password(as_json: Json = False) -> None:
    session = _session()
    former = typed("Current password")
    told = choose(session, former, "New password")
    if as_json:
        print_json({"user": session.user} | told)
    else:
        print(f"password changed{_and_ended(told['ended'])}")


def choose(session: AppLogin, former: str, prompt: str) -> dict[str, Any]:
    """Ask for a new password, and send it with the former one. Raises AppAway, AppRefused, LoginError."""
    new = typed(prompt)
    if sys.stdin.isatty() and typed("New password again") != new:
        raise LoginError("passwords_differ", "the two new passwords differ; nothing was changed")
    told: dict[str, Any] = app_client.send(session, "POST", "me/password", {"password": former, "new_password": new})
    return told


def list_sessions(as_json: Json = False) -> None:
    found = app_client.get(_session(), "me/sessions")
    if as_json:
        print_json(found)
        return
    rows = [
        (one["id"], one["program"], one["address"], _time(one["begun"]), _time(one["seen"]), _mark(one))
        for one in found
    ]
    print_table(COLUMNS, rows, free=("program",), if_any=("program", "address"))


def end(session_id: SessionId = "", others: Others = False, as_json: Json = False) -> None:
    session = _session()
    if bool(session_id) == others:
        raise LoginError(
            "session_not_named",
            "one session is named by its ID, all others by --others; to list them: {list}",
            list="warmline session list",
        )
    told = app_client.send(
        session, "DELETE", f"me/sessions/{quote(session_id, safe='')}" if session_id else "me/sessions"
    )
    if as_json:
        print_json(told)
    else:
        print(f"{_count(told['ended'])} ended")


def typed(prompt: str) -> str:
    """Return a password that is typed, or the next line of stdin without a terminal. Raises LoginError."""
    if not sys.stdin.isatty():
        text = sys.stdin.readline().rstrip("\n")
    else:
        try:
            text = getpass.getpass(f"{prompt}: ")
        except KeyboardInterrupt:
            print(file=sys.stderr)  # the prompt has no line feed
            raise
    if not text:
        raise LoginError("password_not_typed", "no {prompt} was typed; nothing was changed", prompt=prompt.lower())
    return text


def _session() -> AppLogin:
    """Return the login of the person. Raises LoginError."""
    found = place.login()
    if found is None:
        raise LoginError(
            "own_login_needed",
            "you are not logged in at an app, so you have no password and no session there; to log in: warmline login "
            "URL",
        )
    return found


def _time(text: str) -> str:
    return to_the_minute(of_iso(text))


def _mark(one: dict[str, Any]) -> str:
    return "yes" if one["current"] else ""


def _count(number: int) -> str:
    return f"{number} session{'s' * (number != 1)}"


def _and_ended(number: int) -> str:
    return f"; {_count(number)} ended elsewhere" if number else ""
