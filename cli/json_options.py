"""What every command with `--json` has besides: `--fields`, which picks fields, and `--json-version`."""

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.main import get_command

from cli.output import json_output


def _both(
    json_fields: Annotated[
        str, typer.Option("--fields", metavar="A,B", help="With --json: only these fields, in this order.")
    ] = "",
    json_version: Annotated[
        int, typer.Option(metavar="N", show_default=False, help="Fail if the JSON is of another version.")
    ] = 0,
) -> None:
    """What the two options look like."""


def add(command: Any) -> Any:
    """The command, and those in it, with both options wherever there is `--json`."""
    for inner in getattr(command, "commands", {}).values():
        add(inner)
    if any("--json" in parameter.opts for parameter in command.params):
        known = {name for parameter in command.params for name in parameter.opts}
        new = [parameter for parameter in _options() if not known & set(parameter.opts)]
        command.params += new
        command.callback = _obeying(command.callback, {parameter.name for parameter in new})
    return command


def _options() -> list[Any]:
    app = typer.Typer(add_completion=False)
    app.command()(_both)
    return [parameter for parameter in get_command(app).params if parameter.name != "help"]


def _obeying(run: Callable[..., Any], new: set[str]) -> Callable[..., Any]:
    """The command, called as before, with what it prints as JSON made what the new options ask for."""

    def command(**given: Any) -> Any:
        asked = {name: given.pop(name) for name in new}
        with json_output.chosen(given["as_json"], **asked):
            return run(**given)

    return command
