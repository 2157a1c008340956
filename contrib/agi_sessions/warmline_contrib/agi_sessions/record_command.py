"""`warmline own-script record`: serve a call by a script, and write what both sides sent."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument
from cli.output.printing import complain
from warmline_contrib.agi_sessions import session_file, session_masks, session_recorder


def record(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The file for the session.")],
    script: Annotated[
        str,
        typer.Argument(
            metavar="SCRIPT",
            show_default=False,
            help="A script: its path, its name in Asterisk's folder of AGI scripts, or agi://HOST:PORT/NAME.",
        ),
    ],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[ARGUMENTS]", show_default=False, help="The script's arguments.")
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="SOUND", help="Do not mask the keys that a caller types after this sound file."),
    ] = None,
) -> None:
    if sys.stdin.isatty():
        raise InvalidArgument(
            "script_record_by_hand", "own-script record runs in the dialplan: AGI({usage})", usage=_usage(file, script)
        )
    lines = session_recorder.record(script, arguments or [], sys.stdin.fileno(), sys.stdout.fileno())
    lines, notes = session_masks.mask_session(lines, keep or [])
    try:
        session_file.write_session(file, lines, notes)
    except OSError as error:
        complain(f"session {file} cannot be written: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None


def _usage(file: Path, script: str) -> str:
    """Return the arguments of AGI() that record a script."""
    command = Path(sys.executable).with_name("warmline")
    return ",".join((str(command), "own-script", "record", "--", str(file.absolute()), script))
