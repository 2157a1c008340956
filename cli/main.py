"""The command `warmline`: each group of commands is one file of this folder."""

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

from warmline.cli.guard import guard
from warmline.cli.history import history
from warmline.cli.live import live
from warmline.cli.output import complain
from warmline.cli.serve import serve

FAILED, NOT_FOUND, APP_AWAY, REFUSED = 1, 3, 4, 5  # exit codes

# Each is a file of this folder. Only the one that a command line names is loaded: an agent's command is to be quick.
GROUPS = (
    "campaign",
    "ingroup",
    "agent",
    "phone",
    "did",
    "call-time",
    "holiday",
    "container",
    "preset",
    "group-alias",
    "list",
    "lead",
    "dnc",
    "script",
    "disposition",
    "pause-code",
    "setting",
    "api-user",
    "api-token",
    "call",
    "callback",
    "audit",
    "events",
    "route",
    "explain",
    "doctor",
    "db",
    "lab",
)


def command_line(groups: Iterable[str] = GROUPS, order: str = "") -> typer.Typer:
    """The command `warmline` with these groups of commands; with an agent's `order`, that one alone."""
    app = typer.Typer(
        name="warmline",
        help="A call-handoff toolkit for Asterisk.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_whole)
    app.command(epilog="Example: warmline serve")(serve)
    app.command(epilog="Example: warmline guard")(guard)
    app.command(epilog="Example: warmline live")(live)
    app.command(epilog="Example: warmline history 1000")(history)
    if order:
        app.add_typer(import_module("warmline.cli.agent_orders").only(order), name="agent")
        return app
    for name in groups:
        app.add_typer(import_module(f"warmline.cli.{name.replace('-', '_')}").app, name=name)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"warmline {version('warmline')}")
        raise typer.Exit


def _whole(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A call-handoff toolkit for Asterisk."""


def _run(arguments: Sequence[str]) -> int | None:
    """Load what the command line needs, and do it."""
    group, name, *words = *arguments, *("", "")[len(arguments) :]
    order = ""
    if group == "agent":
        from warmline.cli import agent_orders

        if plain := agent_orders.plain(name, words):
            plain()
            return None
        order = name if name in agent_orders.ORDERS else ""
    app = command_line(_groups(group), order)
    code: int | None = app(arguments, prog_name="warmline", standalone_mode=False)
    return code


def _groups(first: str) -> tuple[str, ...]:
    """The group that the first word names; all, where it is to be told what there is."""
    if first in ("--version", "serve", "live", "history"):
        return ()
    return (first,) if first in GROUPS else GROUPS


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line, and end the process: with 0, or one line on stderr and 1, 3, 4 or 5."""
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
    except Exception as error:
        code, text = _ending(error)
        if code is None:
            raise
        if text:
            complain(text)
    sys.exit(code)


def _ending(error: Exception) -> tuple[int | None, str]:
    """What an error ends the process with, and the line that is said about it; None if it is a bug."""
    if isinstance(error, typer.TyperException | typer.Abort):
        return FAILED, _of_command_line(error)
    # Only now: to load them takes longer than many a command.
    from warmline.cli.running_app import AppAway, AppRefused
    from warmline.options import OptionError
    from warmline.settings import SettingsError
    from warmline.store.database import StoreError
    from warmline.store.refusals import Conflict, NotFound

    codes = {NotFound: NOT_FOUND, AppAway: APP_AWAY, AppRefused: REFUSED}
    codes |= dict.fromkeys((OptionError, Conflict, StoreError, SettingsError), FAILED)
    return next((code for kind, code in codes.items() if isinstance(error, kind)), None), str(error)


def _of_command_line(error: Exception) -> str:
    """What is wrong with the command line; nothing when the help has been printed instead."""
    if isinstance(error, typer.Abort):
        return "broken off"
    whole = getattr(error, "format_message", error.__str__)  # with what was meant, where typer has an idea
    return str(whole()).replace("\n", " ")
