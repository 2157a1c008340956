"""`warmline password` and `warmline session …`: the own password, and the own sessions at an app."""

import getpass
import sys
from typing import Annotated, Any
from urllib.parse import quote

import typer

from cli.arguments import completion
from cli.entities import all_sessions
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import of_iso, to_the_minute
from warmline.centre import app_client, place
from warmline.centre.login_file import AppLogin, LoginError

Others = Annotated[bool, typer.Option("--others", help="End all your sessions except this one.")]
OfUser = Annotated[
    str,
    typer.Option(
        "--user",
        metavar="USER",
        help="The user, for an administrator. Without USER, your own sessions.",
        autocompletion=completion.names("user"),
    ),
]
AnyUser = Annotated[bool, typer.Option("--any-user", help="End the session also if it is of another user.")]
SessionId = Annotated[
    str,
    typer.Argument(
        metavar="[ID]",
        show_default=False,
        help="The session, as `list` shows it.",
        autocompletion=completion.own_sessions,
    ),
]
COLUMNS = ("session", "user", "program", "address", "begun", "last seen", "here")


def password(as_json: Json = False) -> None:
    session = own_session()
    former = typed("Current password")
    told = choose(session, former, "New password")
    if as_json:
        print_json({"user": session.user} | told)
    else:
        print(f"password changed{and_ended(told['ended'])}")


def choose(session: AppLogin, former: str, prompt: str) -> dict[str, Any]:
    """Ask for a new password, and send it with the former one. Raises AppAway, AppRefused, LoginError."""
    new = typed(prompt)
    if sys.stdin.isatty() and typed("New password again") != new:
        raise LoginError("passwords_differ", "the two new passwords differ; nothing was changed")
    told: dict[str, Any] = app_client.send(session, "POST", "me/password", {"password": former, "new_password": new})
    return told


def list_sessions(
    all_users: Annotated[bool, typer.Option("--all", help="List the sessions of all users.")] = False,
    user: OfUser = "",
    as_json: Json = False,
) -> None:
    found = (
        all_sessions.of_user(user)
        if user
        else all_sessions.listed()
        if all_users
        else app_client.get(own_session(), "me/sessions")
    )
    if as_json:
        print_json(found)
        return
    rows = [
        (
            one["id"],
            one.get("user", ""),
            one["program"],
            one["address"],
            _time(one["begun"]),
            _time(one["seen"]),
            _mark(one),
        )
        for one in found
    ]
    print_table(COLUMNS, rows, free=("program",), if_any=("user", "program", "address", "here"))


def end(
    session_id: SessionId = "",
    others: Others = False,
    any_user: AnyUser = False,
    user: OfUser = "",
    as_json: Json = False,
) -> None:
    if user and not session_id and not others:
        found = all_sessions.of_user(user)
        for one in found:
            all_sessions.end(one["id"])
        _print_ended({"ended": len(found)}, as_json)
        return
    if any_user and session_id and not others:
        all_sessions.end(session_id)
        _print_ended({"ended": 1}, as_json)
        return
    session = own_session()
    if bool(session_id) == others:
        raise LoginError(
            "session_not_named",
            "one session is named by its ID, all others by --others, those of a user by --user; to list them: {list}",
            list="warmline session list",
        )
    told = app_client.send(
        session, "DELETE", f"me/sessions/{quote(session_id, safe='')}" if session_id else "me/sessions"
    )
    _print_ended(told, as_json)


def typed(prompt: str, *, shown: bool = False) -> str:
    """Return a password that is typed, or the next line of stdin without a terminal. Raises LoginError.

    `shown`: the terminal shows what is typed, such as a code.
    """
    if not sys.stdin.isatty():
        text = sys.stdin.readline().rstrip("\n")
    else:
        try:
            text = input(f"{prompt}: ") if shown else getpass.getpass(f"{prompt}: ")
        except EOFError:
            text = ""
        except KeyboardInterrupt:
            print(file=sys.stderr)  # the prompt has no line feed
            raise
    if not text:
        raise LoginError("password_not_typed", "no {prompt} was typed; nothing was changed", prompt=prompt.lower())
    return text


def _print_ended(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(told)
    else:
        print(f"{_count(told['ended'])} ended")


def own_session() -> AppLogin:
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


def and_ended(number: int) -> str:
    """Return the end of a sentence about sessions that have ended elsewhere."""
    return f"; {_count(number)} ended elsewhere" if number else ""
