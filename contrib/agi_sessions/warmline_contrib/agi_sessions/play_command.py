"""`warmline own-script test`: play a recorded session against a script, and show what differs."""

import os
import re
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import complain, printable
from warmline.options.config_files import unreadable_file
from warmline.store.agi import failed_scripts
from warmline.store.maintenance.backup_and_vacuum import backup
from warmline.system import settings
from warmline.text.coded_error import ScriptError
from warmline_contrib.agi_sessions import session_file, session_player
from warmline_contrib.agi_sessions.session_file import SessionStep
from warmline_contrib.agi_sessions.session_player import PlayedSession, SessionDifference

SHOWN_MAX_CHARACTERS = 2000  # of a command
SPOOL = "spool"  # the folder of a tested script, in which it notes that it failed
REASON_COMMAND = re.compile(r'SET VARIABLE "?WARMLINE_REASON"? "?(.+?)"?$', re.IGNORECASE)


def test(
    session: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The recorded session.")],
    script: Annotated[
        str, typer.Argument(metavar="SCRIPT", show_default=False, help="The script's path, or agi://HOST:PORT/NAME.")
    ],
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also print what the script wrote to stderr, such as a traceback.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the script's commands to the session.")] = False,
    as_json: Json = False,
) -> None:
    try:
        steps = session_file.read_steps(session)
        comments = session_file.read_comments(session)
    except OSError as error:
        raise unreadable_file(session, error) from None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ExitCode.FAILED))  # removes the copy, and ends the script
    with TemporaryDirectory(prefix="warmline-") as folder:
        played = session_player.play(steps, script, _copy_environment(Path(folder), script))
        failures = failed_scripts.read(Path(folder, SPOOL), 0)
    difference = played.difference
    diff = session_player.diff(steps, played, session.name, Path(script).name)
    if as_json:
        as_dict = difference and difference._asdict()
        print_json({"session": str(session), "commands": len(steps) - 1, "difference": as_dict, "diff": diff})
    elif difference is None:
        print(f"{len(steps) - 1} commands, no difference")
    else:
        _print_difference(difference, len(steps) - 1, diff, played.failure, verbose=verbose)
    if difference and write:
        reason = failures[-1].reason if failures else _find_failure(script, steps, played)
        _approve(session, played, comments, played.failure or reason)
    elif difference:
        raise typer.Exit(ExitCode.DIFFERS)


def _print_difference(
    difference: SessionDifference, last_step: int, diff: list[str], failure: str, *, verbose: bool
) -> None:
    if difference.step > last_step:
        print(f"the script goes on after command {last_step} of {last_step}")
    else:
        print(f"command {difference.step} of {last_step} differs")
    print(*map(_cut, diff), sep="\n")
    if reason := failure or ("" if diff else difference.got):
        print(f"script: {_cut(reason)}")
    if difference.stderr:
        print(printable(difference.stderr, "\n") if verbose else "to see what the script wrote to stderr: add -v")


def _find_failure(script: str, steps: list[SessionStep], played: PlayedSession) -> str:
    """Return why a script at a FastAGI server failed; "" if it did not. Its notes are in the spool of the server."""
    if not script.startswith("agi://"):
        return ""
    matches = (REASON_COMMAND.match(step.command) for step in played.steps if step not in steps)
    return next((match[1] for match in matches if match), "")


def _approve(session: Path, played: PlayedSession, comments: list[str], failure: str) -> None:
    """Write the session as the script has played it. Raises ScriptError if the script failed."""
    if failure:
        raise ScriptError(
            "script_failed",
            "{session} is unchanged, because the script failed: {why}",
            session=session,
            why=_cut(failure),
        )
    try:
        session_file.write_session(session, session_file.to_lines(played.steps), comments)
    except OSError as error:
        complain(f"session {session} cannot be written: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None
    complain(f"session {session} now has these commands of the script: {len(played.steps) - 1}")


def _cut(command: str) -> str:
    """Return a command for a terminal: at most SHOWN_MAX_CHARACTERS."""
    return printable(command if len(command) <= SHOWN_MAX_CHARACTERS else f"{command[:SHOWN_MAX_CHARACTERS]}…")


def _copy_environment(folder: Path, script: str) -> dict[str, str]:
    """Return an environment in which a script works on a copy of the database. Raises StoreError."""
    database, copy, spool = settings.load().db, folder / "warmline.db", folder / SPOOL
    spool.mkdir()
    if Path(database).exists():
        backup(database, copy)
    places = {"WARMLINE_DB": str(copy), "WARMLINE_SPOOL": str(spool), "AST_AGI_DIR": str(Path(script).parent)}
    return {**os.environ, **places}
