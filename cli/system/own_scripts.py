"""`warmline own-script`: write a new AGI or ARI script, and list the ARI scripts."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.ari.script_name import APPLICATION_PREFIX, to_application
from warmline.system import settings
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.ari.script_list import ScriptState

HEADS = ("script", "state", "since", "channels")


def new(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", show_default=False, help="A word of small letters, digits and _; with --ari also -."
        ),
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Write the files to this folder.")] = Path(),
    ari: Annotated[bool, typer.Option("--ari", help="Write an ARI script, a program that serves calls.")] = False,
    as_json: Json = False,
) -> None:
    from cli.system import ari_skeleton, script_skeleton

    files = ari_skeleton.write(name, to) if ari else script_skeleton.write(name, to)
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    if ari:
        script, test, unit = files
        print(f"{script}: the script; send it calls with Stasis({to_application(name)}) in the dialplan")
        print(f"{unit}: a unit for systemd, which runs it; its first lines say how to install it")
    else:
        script, *sessions, test = files
        use = f"copy it to Asterisk's folder of AGI scripts, and call AGI({name}) in the dialplan"
        print(f"{script}: the script; {use}")
        for session in sessions:
            print(f"{session}: a recorded session of it")
    print(f"{test}: its test; run it with: {sys.executable} {test}")


def list_scripts(as_json: Json = False) -> None:
    from warmline.ari import script_list

    config = settings.load_with_secrets()
    try:
        scripts, asterisk_error = asyncio.run(script_list.list_scripts(config))
    except OSError as error:
        raise CodedError(
            "script_locks_unreadable",
            "{spool} cannot be read: {reason}; {fix}",
            spool=config.spool,
            reason=error.strerror,
            fix=settings.may_not(),
        ) from None
    if asterisk_error:
        print(f"warmline: the channels are not known: {asterisk_error}", file=sys.stderr)
    if as_json:
        print_json([_to_document(script) for script in scripts])
    elif scripts:
        print_table(HEADS, map(_to_row, scripts), free=())
    else:
        print("No ARI script runs.")


def _to_document(script: "ScriptState") -> dict[str, object]:
    """Return a script as the JSON has it."""
    since = None if script.started_us is None else iso(script.started_us)
    name = script.application.removeprefix(APPLICATION_PREFIX)
    return {"script": name, "state": script.state, "since": since, "channels": script.channels}


def _to_row(script: "ScriptState") -> tuple[str, str, str, str]:
    channels = "" if script.channels is None else str(script.channels)
    return script.application.removeprefix(APPLICATION_PREFIX), script.state, moment(script.started_us), channels
