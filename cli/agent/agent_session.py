"""`warmline agent login|logout|pause|ready|mute|dispo`: an agent's day, on the command line."""

from typing import Annotated
from urllib.parse import quote

import typer

from cli.agent import agent_codes
from cli.agent.agent_request import User, give, ring
from cli.arguments.completion import names
from cli.client.own_agent import named
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json
from warmline.centre import app_client
from warmline.text.coded_error import CodedError
from warmline.text.written_time import AHEAD_HELP

Off = Annotated[bool, typer.Option("--off", help="Switch the microphone on again.")]


def login(user: User, as_json: Json = False) -> None:
    from cli.agent.agent_status import how_to_go_on

    ring(user, "login", "", "logged in", as_json=as_json)
    if not as_json:
        print(how_to_go_on(user))


def logout(user: User, as_json: Json = False) -> None:
    later = "" if as_json else _after_call(user)
    give(user, "logout", f"logs out{later}", as_json=as_json)


def _after_call(user: str) -> str:
    """Return what follows `logs out` for an agent in a call, who stays until it ends; "" for another agent."""
    try:
        call = app_client.get(app_client.here(), f"agents/{quote(user, safe='')}")["call"]
    except CodedError:  # the command itself tells why
        return ""
    return f" when the call has ended; to end it now: warmline agent hangup{named(user)}" if call else ""


def pause(
    user: User,
    code: Annotated[
        str,
        typer.Argument(
            metavar="[CODE]",
            show_default=False,
            help="The pause code, which is the reason of the pause.",
            autocompletion=names("pause-code"),
        ),
    ] = "",
    codes: Annotated[bool, typer.Option("--codes", help="List the pause codes, and change nothing.")] = False,
    as_json: Json = False,
) -> None:
    if codes:
        agent_codes.show_pause_codes(user, as_json)
        return
    hint = "" if code or as_json else agent_codes.pause_hint(user)

    def order(code: str) -> None:
        give(user, "pause", f"pauses {code}".rstrip() + hint, as_json=as_json, pause_code=code)

    agent_codes.with_choices(user, code, order, "pause-codes")


def ready(user: User, as_json: Json = False) -> None:
    give(user, "resume", "takes calls", as_json=as_json)


def mute(user: User, off: Off = False, as_json: Json = False) -> None:
    give(user, "unmute" if off else "mute", "heard again" if off else "no party hears the agent", as_json=as_json)


def dispo(
    user: User,
    code: Annotated[
        str,
        typer.Argument(
            metavar="[CODE]",
            show_default=False,
            help="The disposition. Without CODE the codes are listed.",
            autocompletion=names("disposition"),
        ),
    ] = "",
    notes: Annotated[str, typer.Option("--notes", metavar="TEXT", help="Notes about the call.")] = "",
    callback: Annotated[
        str, typer.Option("--callback", metavar="TIME", help=f"Promise a callback at this time: {AHEAD_HELP}")
    ] = "",
    mine: Annotated[
        bool, typer.Option("--mine", help="Only this agent can dial the callback. Without --mine every agent can.")
    ] = False,
    comments: Annotated[str, typer.Option("--comments", metavar="TEXT", help="Notes for the callback.")] = "",
    as_json: Json = False,
) -> None:
    if not callback and (mine or comments):
        raise InvalidArgument("callback_options_alone", "--mine and --comments need --callback TIME")
    if not code and (notes or callback):
        raise InvalidArgument(
            "disposition_missing", "CODE is missing; to list the codes: warmline agent dispo{agent}", agent=named(user)
        )
    if not code:
        agent_codes.show_dispositions(user, as_json)
        return
    promise: dict[str, str] = {}
    said = ""
    if callback:
        from cli.arguments.time_options import callback_time

        at, shown = callback_time(callback, "--callback")
        promise = {"at": at, "whose": "USERONLY" if mine else "ANYONE", "comments": comments}
        said = f", to be called back {shown}"

    def order(code: str) -> None:
        told = f"disposition {code}{said}"
        give(user, "disposition", told, as_json=as_json, status=code, notes=notes, callback=promise)

    agent_codes.with_choices(user, code, order, "dispositions", promised=bool(promise))
