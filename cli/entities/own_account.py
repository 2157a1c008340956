"""`warmline password` and `warmline session …`: the own password, and the own sessions at an app."""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.arguments import completion
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import of_iso, to_the_minute
from warmline.centre import app_client, place
from warmline.centre.login_file import AppLogin, LoginError

if TYPE_CHECKING:
    from warmline.operations.operation import Operation

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
    session = place.own_login()
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
    from warmline.centre import operation_calls
    from warmline.operations import sessions

    if user:
        found = _of_user(user)
    elif all_users:
        found = operation_calls.do_json(sessions.list_all_sessions, app_client.records(), {})
    else:
        found = operation_calls.do_json(sessions.list_sessions, place.own_login(), {})
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
    from warmline.operations import sessions

    if user and not session_id and not others:
        of_user = _of_user(user)
        for session in of_user:
            _end(sessions.end_session_of_user, id=session["id"])
        _print_ended({"ended": len(of_user)}, as_json)
        return
    if any_user and session_id and not others:
        _print_ended(_end(sessions.end_session_of_user, id=session_id), as_json)
        return
    place.own_login()
    if bool(session_id) == others:
        raise LoginError(
            "session_not_named",
            "one session is named by its ID, all others by --others, those of a user by --user; to list them: {list}",
            list="warmline session list",
        )
    ended = _end(sessions.end_session, id=session_id) if session_id else _end(sessions.end_other_sessions)
    _print_ended(ended, as_json)


def _of_user(user: str) -> list[dict[str, Any]]:
    """Return the sessions of one user. Raises NotFound, StoreError, AppAway, AppRefused."""
    from cli.client import config_records
    from warmline.centre import operation_calls
    from warmline.operations import sessions

    where = app_client.records()
    config_records.show(where, "user", user)  # raises NotFound
    listed = operation_calls.do_json(sessions.list_all_sessions, where, {})
    return [session for session in listed if session["user"] == user]


def _end(operation: "Operation[..., Any]", **named: str) -> dict[str, Any]:
    from warmline.centre import operation_calls

    ended: dict[str, Any] = operation_calls.do_json(operation, operation_calls.place_for(operation), named)
    return ended


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


def _time(text: str) -> str:
    return to_the_minute(of_iso(text))


def _mark(one: dict[str, Any]) -> str:
    return "yes" if one["current"] else ""


def _count(number: int) -> str:
    return f"{number} session{'s' * (number != 1)}"


def and_ended(number: int) -> str:
    """Return the end of a sentence about sessions that have ended elsewhere."""
    return f"; {_count(number)} ended elsewhere" if number else ""
